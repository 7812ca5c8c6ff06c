// SPDX-License-Identifier: Apache-2.0
// What a field's text means, by stated rules: numbers, truth, dates and periods, or a reason for refusing it.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/column.hpp>
#include <commonweal/core/date.hpp>
#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/period.hpp>

namespace commonweal::inline v0 {

/// Why a text was refused; the name is the code of the diagnostic.
enum class value_fault : std::uint8_t {
  none,
  not_a_number,
  not_an_integer,
  number_too_large, ///< beyond 64-bit integers
  inexact_integer,  ///< a whole number that no double is equal to
  infinity,         ///< inf, or a number beyond double
  bad_grouping,     ///< 1,23 or 1.234,5
  percent_sign,
  parentheses,             ///< (12), the accountants' minus
  spreadsheet_error,       ///< #DIV/0! and its kin
  undeclared_missing_code, ///< N/A, -, LNE, ... not named under missingValues
  not_a_boolean,
  not_a_date,
  not_a_period,
  period_out_of_range,
};
template <>
struct enum_names<value_fault> {
  static constexpr std::array<std::string_view, 15> values = {"none",
                                                              "not_a_number",
                                                              "not_an_integer",
                                                              "number_too_large",
                                                              "inexact_integer",
                                                              "infinity",
                                                              "bad_grouping",
                                                              "percent_sign",
                                                              "parentheses",
                                                              "spreadsheet_error",
                                                              "undeclared_missing_code",
                                                              "not_a_boolean",
                                                              "not_a_date",
                                                              "not_a_period",
                                                              "period_out_of_range"};
};

/// A list of words that its copies share: however many columns a list holds for, it is in memory once.
class word_list {
 public:
  word_list(std::initializer_list<std::string> words) : word_list(std::vector<std::string>(words)) {}
  word_list(std::vector<std::string> words)
      : words_(std::make_shared<const std::vector<std::string>>(std::move(words))) {}

  [[nodiscard]] const std::vector<std::string>& words() const { return *words_; }
  [[nodiscard]] auto begin() const { return words_->begin(); }
  [[nodiscard]] auto end() const { return words_->end(); }
  friend bool operator==(const word_list& a, const word_list& b) {
    return a.words_ == b.words_ || a.words() == b.words();
  }

 private:
  std::shared_ptr<const std::vector<std::string>> words_; // never null
};

/// The words of Frictionless Table Schema.
[[nodiscard]] inline const word_list& blank_word() {
  static const word_list words = {""};
  return words;
}
[[nodiscard]] inline const word_list& true_words() {
  static const word_list words = {"true", "True", "TRUE", "1"};
  return words;
}
[[nodiscard]] inline const word_list& false_words() {
  static const word_list words = {"false", "False", "FALSE", "0"};
  return words;
}

/// What the package declares about the text of one column. The defaults are those of Frictionless Table Schema.
struct value_rules {
  word_list missing = blank_word();
  word_list true_values = true_words();
  word_list false_values = false_words();
  char decimal_char = '.';
  char group_char = ',';

  /// A text that the package declares to mean "no value": exactly one of `missing`.
  [[nodiscard]] bool is_missing(std::string_view text) const {
    for (const auto& m : missing)
      if (m == text) return true;
    return false;
  }
  friend bool operator==(const value_rules&, const value_rules&) = default;
};

/// A value or a fault; and what was read past, worth a note.
template <class T>
struct read_value {
  T value{};
  value_fault fault = value_fault::none;
  bool grouped = false;  ///< grouping characters were removed
  bool currency = false; ///< a currency sign was removed
};

/// Years that a report may speak of; a period outside is taken for a slip of the pen.
inline constexpr int first_sane_year = 1800;
inline constexpr int last_sane_year = 2199;

/// -12, +12, 1,234 (groups of three), 12.0. O(length), allocates only where there is grouping.
[[nodiscard]] read_value<std::int64_t> read_int64(std::string_view text, const value_rules& rules = {});
/// The nearest double of -1.5e3, 1,234.5, $484,000, -$5; never an infinity or NaN. A whole number written out in digits
/// is kept as it is or refused (inexact_integer); fractions, and what is written with an exponent, are rounded.
[[nodiscard]] read_value<double> read_float64(std::string_view text, const value_rules& rules = {});
[[nodiscard]] read_value<bool> read_boolean(std::string_view text, const value_rules& rules = {});
/// YYYY-MM-DD.
[[nodiscard]] read_value<date> read_date(std::string_view text);
/// 2024, 2024-Q1, 2024-03, 2024-W05, 2024-03-15, of the sane years.
[[nodiscard]] read_value<period> read_period(std::string_view text);

/// One sentence on what is wrong with `text`, by which rule, and how to fix it.
[[nodiscard]] std::string explain_fault(value_fault fault, std::string_view text, const value_rules& rules = {});

/// A value as the folder format writes it: the shortest text that reads back to the same bits; blank for null.
void write_cell(std::string& out, const cell& value);
[[nodiscard]] inline std::string to_text(double value) {
  std::array<char, 32> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

/// The text in quotes for a message, cut to 40 characters, control characters shown as '?'.
[[nodiscard]] std::string in_quotes(std::string_view text);

} // namespace commonweal::inline v0
