// SPDX-License-Identifier: Apache-2.0
// The reading rules of docs/folder-format.md: a short path for plain numbers, a careful one for the rest.
#include <commonweal/core/values.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <span>

#include "core/blanks.hpp"

namespace commonweal::inline v0 {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
using detail::trim_blanks;

constexpr double exact_whole = 9007199254740992.0; // 2^53: beyond, a double skips whole numbers

/// False where `text`, a sign, digits and perhaps a point, is a whole number that differs from the double nearest to
/// it. REQUIRES: a finite value.
bool keeps_whole(std::string_view text, double value) {
  if (std::fabs(value) < exact_whole || text.find('e') != std::string_view::npos) return true;
  if (text.starts_with('-')) text.remove_prefix(1);
  if (const auto point = text.find('.'); point != std::string_view::npos) {
    if (text.find_first_not_of('0', point + 1) != std::string_view::npos) return true; // a fraction is always rounded
    text = text.substr(0, point);
  }
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
  std::array<char, 320> digits{}; // of the largest double: 309
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), std::fabs(value), std::chars_format::fixed, 0).ptr;
  return text == std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// Words that stand for "no value" in files met in the field; they are refused until declared.
constexpr std::array<std::string_view, 21> usual_missing_codes = {
    "n/a",          "na",           "nan", "null", "none", "nil", "nd",  "n.d.",    "lne",     "-",   "--",
    "\xE2\x80\x93", "\xE2\x80\x94", ".",   "..",   "...",  "?",   "tbd", "missing", "unknown", "n.a."};

value_fault classify(std::string_view text) {
  if (text.starts_with('#')) return value_fault::spreadsheet_error;
  const std::string word = lower(text);
  if (std::find(usual_missing_codes.begin(), usual_missing_codes.end(), word) != usual_missing_codes.end())
    return value_fault::undeclared_missing_code;
  std::string_view bare = word;
  if (bare.starts_with('+') || bare.starts_with('-')) bare.remove_prefix(1);
  if (bare == "inf" || bare == "infinity" || bare == "\xE2\x88\x9E") return value_fault::infinity;
  const bool has_digit = std::any_of(text.begin(), text.end(), is_digit);
  if (has_digit && text.ends_with('%')) return value_fault::percent_sign;
  if (has_digit && text.starts_with('(') && text.ends_with(')')) return value_fault::parentheses;
  return value_fault::not_a_number;
}

/// Removes one currency sign before or after the minus.
bool drop_currency(std::string& text) {
  constexpr std::array<std::string_view, 7> signs = {
      "US$", "$", "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5", "\xE2\x82\xB9", "\xE2\x82\xBD"};
  const std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  for (const auto sign : signs) {
    if (std::string_view(text).substr(at).starts_with(sign)) {
      text.erase(at, sign.size());
      while (at < text.size() && text[at] == ' ') text.erase(at, 1);
      return true;
    }
  }
  return false;
}

struct plain_number {
  std::string text; ///< sign, digits, '.', exponent
  value_fault fault = value_fault::none;
  bool grouped = false;
  bool currency = false;
};

/// Brings a number in one of the accepted dresses to the form that std::from_chars reads.
plain_number normalize_number(std::string_view source, const value_rules& rules, bool allow_currency) {
  plain_number n;
  const std::string_view given = trim_blanks(source);
  n.text = given;
  // U+2212, the typographic minus
  if (n.text.starts_with("\xE2\x88\x92")) n.text.replace(0, 3, "-");
  if (allow_currency) {
    n.currency = drop_currency(n.text);
    // "$-5" as well as "-$5", not "-$-5".
    if (n.currency && n.text.size() > 1 && n.text[0] == '-' && (n.text[1] == '-' || n.text[1] == '+'))
      return {{}, value_fault::not_a_number};
  }
  if (n.text.starts_with('+')) n.text.erase(0, 1);
  std::size_t i = n.text.starts_with('-') ? 1 : 0;
  const std::size_t first = i;
  std::string digits = n.text.substr(0, i);
  std::size_t in_group = 0;
  bool ok = true;
  for (; i < n.text.size() && (is_digit(n.text[i]) || n.text[i] == rules.group_char); ++i) {
    if (n.text[i] == rules.group_char && rules.group_char != rules.decimal_char) {
      // The first group has one to three digits, every later one exactly three.
      ok = ok && in_group >= 1 && in_group <= 3 && (!n.grouped || in_group == 3);
      n.grouped = true;
      in_group = 0;
    } else if (is_digit(n.text[i])) {
      digits += n.text[i];
      ++in_group;
    } else {
      break;
    }
  }
  const bool has_integer_digits = digits.size() > first;
  if (n.grouped) ok = ok && in_group == 3;
  bool has_fraction = false;
  if (i < n.text.size() && n.text[i] == rules.decimal_char) {
    digits += '.';
    for (++i; i < n.text.size() && is_digit(n.text[i]); ++i) {
      digits += n.text[i];
      has_fraction = true;
    }
  }
  if (!has_integer_digits && !has_fraction) {
    n.fault = classify(given);
    return n;
  }
  if (i < n.text.size() && (n.text[i] == 'e' || n.text[i] == 'E')) {
    std::size_t k = i + 1;
    if (k < n.text.size() && (n.text[k] == '+' || n.text[k] == '-')) ++k;
    if (k < n.text.size() && is_digit(n.text[k])) {
      digits += 'e';
      if (n.text[i + 1] == '-') digits += '-';
      for (; k < n.text.size() && is_digit(n.text[k]); ++k) digits += n.text[k];
      i = k;
    }
  }
  if (i != n.text.size()) {
    const bool only_marks = n.text.find_first_not_of("0123456789.,' -+") == std::string::npos;
    const value_fault fault = classify(given);
    n.fault = fault == value_fault::not_a_number && only_marks ? value_fault::bad_grouping : fault;
    return n;
  }
  if (!ok) n.fault = value_fault::bad_grouping;
  n.text = std::move(digits);
  return n;
}

} // namespace

read_value<double> read_float64(std::string_view text, const value_rules& rules) {
  read_value<double> out;
  const char* const stop = text.data() + text.size();
  // "inf", "nan" and hexadecimal never start with these, so from_chars may be asked at once.
  if (!text.empty() && rules.decimal_char == '.' &&
      (is_digit(text[0]) || (text.size() > 1 && text[0] == '-' && (is_digit(text[1]) || text[1] == '.')))) {
    const auto [p, ec] = std::from_chars(text.data(), stop, out.value);
    if (p == stop && ec == std::errc{} && std::fabs(out.value) < exact_whole) return out;
  }
  const plain_number n = normalize_number(text, rules, true);
  out.grouped = n.grouped;
  out.currency = n.currency;
  out.fault = n.fault;
  if (n.fault != value_fault::none) return out;
  const auto [p, ec] = std::from_chars(n.text.data(), n.text.data() + n.text.size(), out.value);
  // from_chars tells overflow and underflow alike as out of range; strtod rounds both.
  if (ec == std::errc::result_out_of_range) out.value = std::strtod(n.text.c_str(), nullptr);
  if (std::isinf(out.value)) out.fault = value_fault::infinity;
  else if (!keeps_whole(n.text, out.value)) out.fault = value_fault::inexact_integer;
  return out;
}

read_value<std::int64_t> read_int64(std::string_view text, const value_rules& rules) {
  read_value<std::int64_t> out;
  const char* const stop = text.data() + text.size();
  const auto [p, ec] = std::from_chars(text.data(), stop, out.value);
  if (p == stop && ec == std::errc{} && !text.empty()) return out;
  plain_number n = normalize_number(text, rules, false);
  out.grouped = n.grouped;
  out.fault = n.fault;
  if (n.fault != value_fault::none) return out;
  if (n.text.find('e') != std::string::npos) {
    out.fault = value_fault::not_an_integer;
    return out;
  }
  // 12.0, as a spreadsheet writes a whole number, is 12.
  if (const auto dot = n.text.find('.'); dot != std::string::npos) {
    if (n.text.find_first_not_of('0', dot + 1) != std::string::npos || dot == (n.text[0] == '-' ? 1U : 0U)) {
      out.fault = value_fault::not_an_integer;
      return out;
    }
    n.text.erase(dot);
  }
  const auto again = std::from_chars(n.text.data(), n.text.data() + n.text.size(), out.value);
  if (again.ec == std::errc::result_out_of_range) out.fault = value_fault::number_too_large;
  return out;
}

read_value<bool> read_boolean(std::string_view text, const value_rules& rules) {
  const std::string_view t = trim_blanks(text);
  read_value<bool> out;
  for (const auto& v : rules.true_values)
    if (v == t) {
      out.value = true;
      return out;
    }
  for (const auto& v : rules.false_values)
    if (v == t) return out;
  out.fault = classify(t);
  if (out.fault != value_fault::undeclared_missing_code && out.fault != value_fault::spreadsheet_error)
    out.fault = value_fault::not_a_boolean;
  return out;
}

read_value<date> read_date(std::string_view text) {
  read_value<date> out;
  const std::string_view t = trim_blanks(text);
  if (const auto d = date::parse(t)) {
    out.value = *d;
    return out;
  }
  out.fault = classify(t);
  if (out.fault != value_fault::undeclared_missing_code && out.fault != value_fault::spreadsheet_error)
    out.fault = value_fault::not_a_date;
  return out;
}

read_value<period> read_period(std::string_view text) {
  read_value<period> out;
  const std::string_view t = trim_blanks(text);
  const auto p = period::parse(t);
  if (!p) {
    out.fault = classify(t);
    if (out.fault != value_fault::undeclared_missing_code && out.fault != value_fault::spreadsheet_error)
      out.fault = value_fault::not_a_period;
    return out;
  }
  out.value = *p;
  // parse() has seen to four digits at the front.
  const int year = (t[0] - '0') * 1000 + (t[1] - '0') * 100 + (t[2] - '0') * 10 + (t[3] - '0');
  if (year < first_sane_year || year > last_sane_year) out.fault = value_fault::period_out_of_range;
  return out;
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  std::size_t shown = 0;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c & 0xC0U) != 0x80U && shown++ == 40) break;
    out += c < 0x20 || c == 0x7F ? '?' : text[i];
  }
  return out + (i < text.size() ? "...\"" : "\"");
}

namespace {
std::string listed(std::span<const std::string> words) {
  constexpr std::size_t shown = 10;
  std::string out;
  for (const auto& w : words.first(std::min(words.size(), shown))) out += (out.empty() ? "" : ", ") + w;
  return words.size() > shown ? out + ", ..." : out;
}
} // namespace

std::string explain_fault(value_fault fault, std::string_view text, const value_rules& rules) {
  const std::string q = in_quotes(text);
  const std::string declare = "declare it under missingValues in datapackage.json";
  switch (fault) {
    case value_fault::none: break;
    case value_fault::not_a_number:
      return q + " is not a number; write digits with a point for decimals, or, if it stands for no value, " + declare;
    case value_fault::not_an_integer: return q + " is not a whole number, and this field takes whole numbers only";
    case value_fault::number_too_large:
      return q + " is too large: whole numbers go from -9223372036854775808 to 9223372036854775807; report it in a "
                 "larger unit";
    case value_fault::inexact_integer:
      return q + " cannot be kept exactly: values are doubles, and beyond 9007199254740992 those skip whole numbers; "
                 "report it in a larger unit, or round it";
    case value_fault::infinity:
      return q + " is infinite, or larger than any double (1.8e308); infinities are not values; leave the field blank "
                 "where there is none";
    case value_fault::bad_grouping:
      return q + " has grouping marks where they may not stand: " + std::string(1, rules.group_char) +
             " parts groups of three digits, " + std::string(1, rules.decimal_char) +
             " begins the decimals; write the number without grouping, or declare groupChar and decimalChar of the "
             "field in datapackage.json";
    case value_fault::percent_sign:
      return q + " has a percent sign, and 50% could be meant as 50 or as 0.5; write the bare number and name the unit "
                 "in indicators.csv";
    case value_fault::parentheses: return q + " is in parentheses; write a number below zero with a minus sign";
    case value_fault::spreadsheet_error:
      return q + " is the error message of a spreadsheet, not a value; fix the formula there, or " + declare;
    case value_fault::undeclared_missing_code:
      return q + " looks like a code for a missing value, and no such code is declared; leave the field blank or " +
             declare;
    case value_fault::not_a_boolean:
      return q + " is neither true nor false; write one of " + listed(rules.true_values.words()) + " or one of " +
             listed(rules.false_values.words()) +
             ", or declare trueValues and falseValues of the field in datapackage.json";
    case value_fault::not_a_date: return q + " is not a valid date in the form YYYY-MM-DD";
    case value_fault::not_a_period:
      return q +
             " is not a valid period; write a year 2024, a quarter 2024-Q1, a month 2024-03, a week 2024-W05 or a day "
             "2024-03-15";
    case value_fault::period_out_of_range:
      return q + " lies outside the years " + std::to_string(first_sane_year) + " to " +
             std::to_string(last_sane_year) + " that a report may speak of; correct the year";
  }
  return {};
}

void write_cell(std::string& out, const cell& value) {
  std::visit(
      [&out](const auto& v) {
        using V = std::remove_cvref_t<decltype(v)>;
        if constexpr (std::is_same_v<V, std::monostate>) return;
        else if constexpr (std::is_same_v<V, std::int64_t>) out += std::to_string(v);
        else if constexpr (std::is_same_v<V, double>) out += to_text(v);
        else if constexpr (std::is_same_v<V, std::string_view>) out += v;
        else if constexpr (std::is_same_v<V, bool>) out += v ? "true" : "false";
        else out += v.to_string();
      },
      value);
}

} // namespace commonweal::inline v0
