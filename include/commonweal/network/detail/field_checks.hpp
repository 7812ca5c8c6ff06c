// SPDX-License-Identifier: Apache-2.0
// The one pass over the cells of a table that reads the schema: nodes, edges and records, from every door.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/field_rule.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/core/text.hpp>
#include <commonweal/core/values.hpp>
#include <commonweal/network/detail/attributes.hpp>
#include <commonweal/network/detail/edge_checks.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0::detail {

/// "organization|group" as a set, "any" as all; empty where `refers_to` names a column of another table.
[[nodiscard]] constexpr node_kinds kinds_named(std::string_view refers_to) {
  if (refers_to == "any") return node_kinds::all();
  node_kinds out;
  for (std::size_t begin = 0; begin < refers_to.size();) {
    const auto end = std::min(refers_to.find('|', begin), refers_to.size());
    if (const auto kind = parse_enum<node_kind>(refers_to.substr(begin, end - begin))) out = out | node_kinds(*kind);
    begin = end + 1;
  }
  return out;
}

/// The number in a cell, or the one that a blank means, days of dates among them; nothing where it is not finite.
[[nodiscard]] inline std::optional<double> number_in(std::span<const field_rule> fields, const table& cells,
                                                     std::string_view field, std::size_t row) {
  const column* c = cells.find(field);
  const field_rule* rule = find_rule(fields, field);
  const auto value = c != nullptr && !c->is_null(row) ? c->at(row) : rule != nullptr ? fallback_cell(*rule) : cell{};
  if (const auto* day = std::get_if<date>(&value)) return day->days_since_1970();
  const auto* x = std::get_if<double>(&value);
  return x != nullptr && std::isfinite(*x) ? std::optional(*x) : std::nullopt;
}

/// Fields that are not above the field of their row that they have to be above.
template <class Say>
void check_order(std::span<const field_rule> fields, const table& cells, Say&& say) {
  for (const auto& f : fields) {
    const bool days = f.type == column_type::date;
    const auto text = [&](double x) { return days ? date(static_cast<std::int32_t>(x)).to_string() : to_text(x); };
    for (std::size_t r = 0; !f.above.empty() && r < cells.rows(); ++r) {
      const auto x = number_in(fields, cells, f.name, r);
      const auto low = number_in(fields, cells, f.above, r);
      if (x && low && *x <= *low)
        say(r, severity::error, days ? "interval_reversed" : "out_of_range", f.name,
            std::string(f.name) + ", " + text(*x) + ", must be " + (days ? "later" : "greater") + " than " +
                std::string(f.above) + ", " + text(*low) + " (" + std::string(f.name) + ": " + std::string(f.meaning) +
                ")");
    }
  }
}

/// Numbers off the scale of their row; with `loading`, only those that keep a row from being loaded.
template <class Say>
void check_scales(std::span<const field_rule> fields, const table& cells, bool loading, Say&& say) {
  for (const auto& f : fields) {
    const column* c = cells.find(f.name);
    if (f.scale.code.empty() || (loading && f.scale.loads) || c == nullptr || c->null_count() == c->size()) continue;
    for (std::size_t r = 0; r < c->size(); ++r) {
      const auto x = number_in(fields, cells, f.name, r);
      const double low = f.scale.low.empty() ? 0 : number_in(fields, cells, f.scale.low, r).value_or(0);
      const auto high = number_in(fields, cells, f.scale.high, r);
      if (x && (*x < low || (high && (*high > low || f.scale.low.empty()) && *x > *high)))
        say(r, severity::error, std::string(f.scale.code), f.name,
            "the " + std::string(f.name) + " " + to_text(*x) + " is off its scale " + to_text(low) + " to " +
                (high ? to_text(*high) : "?"));
    }
  }
}

// What is wrong with a value by its field's rule; blank where nothing is.

[[nodiscard]] inline std::string range_fault(const field_rule& f, double x) {
  if (x > f.min && x <= f.max && std::isfinite(x)) return {};
  const std::string must = std::string(f.name) + " must be ";
  if (!std::isfinite(x)) return must + "a finite number; leave it blank where it is not known";
  if (x > f.max) return must + "at most " + to_text(f.max);
  if (f.above_min) return must + "above " + to_text(f.min);
  return x < f.min ? must + "at least " + to_text(f.min) : std::string();
}

[[nodiscard]] inline std::string word_fault(const field_rule& f, std::string_view text) {
  const std::string word(f.takes_number);
  if (f.allowed.empty() || std::ranges::find(f.allowed, text) != f.allowed.end() ||
      number_after(word, text, f.min, f.max))
    return {};
  const std::string given = "\"" + std::string(text) + "\"";
  if (!word.empty() && text.starts_with(word))
    return given + " does not say which " + word + "; write " + word + "(90), with a number from " + to_text(f.min) +
           " to " + to_text(f.max) + " in parentheses";
  return given + " is not a known " + std::string(f.name) +
         (f.open_list ? " and is kept; known are " : "; use one of ") + text::joined(f.allowed) +
         (word.empty() ? "" : " or " + word + "(N)");
}

[[nodiscard]] inline std::string node_fault(node_kinds kinds, std::string_view id, const std::optional<node_ref>& n) {
  const auto with_article = [](std::string_view word) {
    return (std::string_view("aeiou").find(word.front()) == std::string_view::npos ? "a " : "an ") + std::string(word);
  };
  const auto wanted = kinds == node_kinds::all() ? "node" : names_of(kinds);
  return n ? std::string(id) + " is " + with_article(to_string(n->kind)) + "; this field takes " + with_article(wanted)
           : "no node has the id \"" + std::string(id) + "\"; correct it, or add the " + wanted;
}

/// Checks every cell that has a rule, but for what only whole tables show: required, finite, in range, a word of the
/// list, above another field, on its scale, a node of the right kind. `say(row, severity, code, field, message)` hears
/// of each that breaks one. Columns that are not there, or of another type, are passed over. O(cells).
template <class Say>
void check_fields(std::span<const field_rule> fields, const table& cells, const network& net, Say&& say) {
  for (const auto& f : fields) {
    const column* c = cells.find(f.name);
    const auto kinds = kinds_named(f.refers_to);
    const bool number = f.type == column_type::float64 || f.type == column_type::int64;
    const bool has_rule = f.required || number || !f.allowed.empty() || kinds != node_kinds{};
    if (c == nullptr || c->type() != f.type || !has_rule || (!f.required && c->null_count() == c->size())) continue;
    std::string_view last; // id that was found: rows that share it cost nothing
    for (std::size_t r = 0; r < c->size(); ++r) {
      const auto text = f.type == column_type::utf8 && !c->is_null(r) ? c->text(r) : std::string_view();
      if (c->is_null(r) || (f.type == column_type::utf8 && text.empty())) {
        if (f.required) say(r, severity::error, "required", f.name, std::string(f.name) + " may not be blank");
      } else if (number) {
        const double x =
            f.type == column_type::float64 ? c->values<double>()[r] : static_cast<double>(c->values<std::int64_t>()[r]);
        if (auto fault = range_fault(f, x); !fault.empty())
          say(r, severity::error, std::isfinite(x) ? "out_of_range" : "not_finite", f.name, std::move(fault));
      } else if (auto fault = word_fault(f, text); !fault.empty()) {
        say(r, f.open_list ? severity::warning : severity::error, "not_allowed", f.name, std::move(fault));
      } else if (kinds != node_kinds{} && text != last) {
        const auto n = net.find(text);
        if (n && kinds.contains(n->kind)) last = text;
        else say(r, severity::error, n ? "wrong_kind" : "unknown_id", f.name, node_fault(kinds, text, n));
      }
    }
  }
  check_order(fields, cells, say);
  check_scales(fields, cells, true, say);
}

} // namespace commonweal::inline v0::detail
