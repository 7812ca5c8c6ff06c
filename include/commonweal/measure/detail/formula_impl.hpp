// SPDX-License-Identifier: Apache-2.0
// Bodies of measure/formula.hpp: a recursive-descent parser and the search for cycles.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <unordered_map>
#include <utility>

#include <commonweal/core/linkage.hpp>
#include <commonweal/measure/formula.hpp>

namespace commonweal::inline v0 {

namespace detail {

inline constexpr std::string_view formula_functions =
    "abs, round, min, max, first_non_null, offset, year_to_date, sum_over_time, mean_over_time, min_over_time, "
    "max_over_time, first_over_time, last_over_time, count_over_time, range_over_time, geometric_mean_over_time, "
    "median_over_time, reporting_rate, reported, expected";

/// Reads one formula left to right. Every function returns the index of the node it made.
class formula_parser {
 public:
  formula_parser(std::string_view text, const indicator_lookup& find) : text_(text), find_(find) {}

  formula parse() {
    skip_blanks();
    if (at_end()) fail("the formula is blank");
    expression();
    if (!at_end()) {
      if (peek() == ')') fail("')' closes no parenthesis");
      fail("an operator is missing before '" + std::string(1, peek()) + "'");
    }
    return {std::string(text_), std::move(nodes_)};
  }

 private:
  // Far beyond any formula a person writes, and far below what the stack holds when it is evaluated.
  static constexpr int deepest = 200;
  static constexpr std::size_t longest = 4096;

  [[nodiscard]] bool at_end() const { return next_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[next_]; }
  void skip_blanks() {
    while (!at_end() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) ++next_;
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++next_;
    skip_blanks();
    return true;
  }
  [[noreturn]] void fail_as(const char* code, std::size_t at, const std::string& what) const {
    diagnostic d;
    d.code = code;
    d.field = "formula";
    constexpr std::size_t shown = 200;
    d.message = what + ", at position " + std::to_string(at + 1) + " of " + std::string(text_.substr(0, shown)) +
                (text_.size() > shown ? "..." : "");
    throw error(error_code::invalid_data, std::move(d));
  }
  [[noreturn]] void fail(const std::string& what) const { fail_as("formula_syntax", next_, what); }

  std::uint32_t make(formula_step step, std::vector<std::uint32_t> arguments, std::size_t at) {
    if (nodes_.size() == longest) fail("the formula has more than " + std::to_string(longest) + " terms");
    formula_node n;
    n.step = step;
    n.arguments = std::move(arguments);
    n.position = at + 1;
    nodes_.push_back(std::move(n));
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  std::uint32_t expression() {
    if (++depth_ > deepest) fail("the formula is nested too deeply");
    auto left = product();
    while (peek() == '+' || peek() == '-') {
      const auto at = next_;
      const auto step = peek() == '+' ? formula_step::add : formula_step::subtract;
      take(peek());
      const auto right = product();
      left = make(step, {left, right}, at);
    }
    --depth_;
    return left;
  }

  std::uint32_t product() {
    auto left = unary();
    while (peek() == '*' || peek() == '/') {
      const auto at = next_;
      const auto step = peek() == '*' ? formula_step::multiply : formula_step::divide;
      take(peek());
      const auto right = unary();
      left = make(step, {left, right}, at);
    }
    return left;
  }

  std::uint32_t unary() {
    const auto at = next_;
    if (take('-')) {
      if (++depth_ > deepest) fail("the formula is nested too deeply");
      const auto argument = unary();
      --depth_;
      return make(formula_step::negate, {argument}, at);
    }
    return postfix();
  }

  std::uint32_t postfix() {
    auto left = primary();
    while (peek() == '[') {
      const auto at = next_;
      take('[');
      if (!take('t')) fail("after '[' a period is expected, as in x[t-1]");
      const bool later = peek() == '+';
      if (!take('+') && !take('-')) fail("after '[t' a plus or minus is expected, as in x[t-1]");
      const std::int32_t places = whole_number();
      if (!take(']')) fail("']' is missing after the period");
      left = make(formula_step::offset, {left}, at);
      nodes_[left].periods = later ? places : -places;
    }
    return left;
  }

  std::uint32_t primary() {
    const auto at = next_;
    const char c = peek();
    if (take('(')) {
      const auto inner = expression();
      close(at);
      return inner;
    }
    if ((c >= '0' && c <= '9') || c == '.') return number();
    if (c == '[') return indicator(bracketed(), at);
    if (is_name(c)) {
      const auto name = bare_name();
      if (peek() == '(') return function(name, at);
      return indicator(name, at);
    }
    if (at_end()) fail("the formula ends where a number or an indicator is expected");
    fail("a number, an indicator or '(' is expected, not '" + std::string(1, c) + "'");
  }

  void close(std::size_t opened) {
    if (!take(')'))
      fail_as("formula_syntax", next_,
              "')' is missing for the parenthesis opened at position " + std::to_string(opened + 1));
  }

  static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  }
  std::string_view bare_name() {
    const auto begin = next_;
    while (!at_end() && (is_name(peek()) || (peek() >= '0' && peek() <= '9') || peek() == '.')) ++next_;
    const auto name = text_.substr(begin, next_ - begin);
    skip_blanks();
    return name;
  }
  std::string_view bracketed() {
    const auto begin = next_ + 1;
    const auto end = text_.find(']', begin);
    if (end == std::string_view::npos) fail("']' is missing after the id of an indicator");
    next_ = end + 1;
    skip_blanks();
    return text_.substr(begin, end - begin);
  }
  std::uint32_t indicator(std::string_view id, std::size_t at) {
    const auto found = find_(id);
    if (!found) fail_as("formula_unknown_indicator", at, "no indicator has the id '" + std::string(id) + "'");
    const auto made = make(formula_step::indicator, {}, at);
    nodes_[made].indicator = *found;
    return made;
  }

  std::uint32_t number() {
    const auto at = next_;
    double value = 0;
    const auto [end, ec] = std::from_chars(text_.data() + next_, text_.data() + text_.size(), value);
    if (ec != std::errc{} || !std::isfinite(value)) fail("this is no number");
    next_ = static_cast<std::size_t>(end - text_.data());
    skip_blanks();
    const auto made = make(formula_step::number, {}, at);
    nodes_[made].number = value;
    return made;
  }
  std::int32_t whole_number() {
    std::int32_t value = 0;
    const auto [end, ec] = std::from_chars(text_.data() + next_, text_.data() + text_.size(), value);
    if (ec != std::errc{} || value < 0 || value > 100'000) fail("a whole number up to 100000 is expected");
    next_ = static_cast<std::size_t>(end - text_.data());
    skip_blanks();
    return value;
  }
  std::int32_t signed_whole_number() {
    const bool negative = take('-');
    if (!negative) take('+');
    const std::int32_t value = whole_number();
    return negative ? -value : value;
  }

  std::uint32_t function(std::string_view name, std::size_t at) {
    if (++depth_ > deepest) fail("the formula is nested too deeply");
    const auto opened = next_;
    take('(');
    const std::uint32_t made = call(name, at);
    close(opened);
    --depth_;
    return made;
  }

  std::uint32_t call(std::string_view name, std::size_t at) {
    if (name == "abs") return make(formula_step::absolute, {expression()}, at);
    if (name == "year_to_date") return make(formula_step::year_to_date, {expression()}, at);
    if (name == "min") return make(formula_step::least, list(), at);
    if (name == "max") return make(formula_step::greatest, list(), at);
    if (name == "first_non_null") return make(formula_step::first_non_null, list(), at);
    if (name == "offset" || name == "round") {
      const auto argument = expression();
      if (!take(',')) fail(std::string(name) + " takes two arguments; ',' is missing");
      const auto places = signed_whole_number();
      if (name == "round" && (places < 0 || places > 15)) fail("round takes 0 to 15 decimal places");
      const auto made = make(name == "offset" ? formula_step::offset : formula_step::round, {argument}, at);
      nodes_[made].periods = places;
      return made;
    }
    if (name == "reporting_rate") return of_indicator(formula_step::reporting_rate, at);
    if (name == "reported") return of_indicator(formula_step::reported, at);
    if (name == "expected") return of_indicator(formula_step::expected, at);
    constexpr std::string_view suffix = "_over_time";
    if (name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix) {
      const auto op = parse_enum<aggregate_operator>(name.substr(0, name.size() - suffix.size()));
      if (op && is_simple(*op)) {
        const auto made = of_indicator(formula_step::over_time, at);
        nodes_[made].over_time = *op;
        return made;
      }
    }
    fail_as("formula_syntax", at,
            "there is no function '" + std::string(name) + "'; the functions are " + std::string(formula_functions));
  }
  static bool is_simple(aggregate_operator op) {
    using enum aggregate_operator;
    return op == sum || op == mean || op == min || op == max || op == first || op == last || op == count ||
           op == range || op == geometric_mean || op == median;
  }

  std::vector<std::uint32_t> list() {
    std::vector<std::uint32_t> items = {expression()};
    while (take(',')) items.push_back(expression());
    return items;
  }
  std::uint32_t of_indicator(formula_step step, std::size_t at) {
    const auto where = next_;
    std::string_view id;
    if (peek() == '[') id = bracketed();
    else if (is_name(peek())) id = bare_name();
    else fail("the id of an indicator is expected");
    const auto found = find_(id);
    if (!found) fail_as("formula_unknown_indicator", where, "no indicator has the id '" + std::string(id) + "'");
    const auto made = make(step, {}, at);
    nodes_[made].indicator = *found;
    return made;
  }

  std::string_view text_;
  const indicator_lookup& find_;
  std::size_t next_ = 0;
  int depth_ = 0;
  std::vector<formula_node> nodes_;
};

COMMONWEAL_BODY std::string formula_cycle(std::uint32_t start, std::span<const std::vector<indicator_id>> references,
                                          std::span<const indicator_definition> definitions,
                                          std::vector<std::uint8_t>& done) {
  struct visit {
    std::uint32_t indicator;
    std::size_t next;
  };
  enum : std::uint8_t { unseen, open, finished };
  if (done[start] != unseen) return {};
  std::vector<visit> path = {{start, 0}};
  done[start] = open;
  while (!path.empty()) {
    auto& top = path.back();
    if (top.next == references[top.indicator].size()) {
      done[top.indicator] = finished;
      path.pop_back();
      continue;
    }
    const std::uint32_t to = references[top.indicator][top.next++].value;
    if (done[to] == open) {
      auto from = std::find_if(path.begin(), path.end(), [&](const visit& v) { return v.indicator == to; });
      std::string text;
      for (auto it = from; it != path.end(); ++it) text += definitions[it->indicator].id + " -> ";
      for (const auto& v : path) done[v.indicator] = finished;
      return text + definitions[to].id;
    }
    if (done[to] == unseen) {
      done[to] = open;
      path.push_back({to, 0});
    }
  }
  return {};
}

} // namespace detail

COMMONWEAL_BODY std::vector<indicator_id> formula::references() const {
  std::vector<indicator_id> out;
  for (const auto& n : nodes)
    if (n.indicator.valid() && std::find(out.begin(), out.end(), n.indicator) == out.end()) out.push_back(n.indicator);
  return out;
}

COMMONWEAL_BODY formula parse_formula(std::string_view text, const indicator_lookup& find) {
  return detail::formula_parser(text, find).parse();
}

COMMONWEAL_BODY indicator_lookup lookup_in(std::span<const indicator_definition> definitions) {
  auto index = std::make_shared<std::unordered_map<std::string_view, std::uint32_t>>();
  for (std::uint32_t i = 0; i < definitions.size(); ++i) index->emplace(definitions[i].id, i);
  return [index](std::string_view id) -> std::optional<indicator_id> {
    const auto it = index->find(id);
    if (it == index->end()) return std::nullopt;
    return indicator_id{it->second};
  };
}

COMMONWEAL_BODY void check_formulas(std::span<const indicator_definition> definitions, diagnostics& found) {
  const auto lookup = lookup_in(definitions);
  std::vector<std::vector<indicator_id>> references(definitions.size());
  const auto place = [&](diagnostic d, std::size_t i) {
    d.file = "indicators";
    d.row = static_cast<std::int64_t>(i) + 2;
    d.field = "formula";
    d.record = definitions[i].id;
    return d;
  };
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    if (definitions[i].formula.empty()) continue;
    try {
      references[i] = parse_formula(definitions[i].formula, lookup).references();
    } catch (const error& e) { found.add(place(e.where(), i)); }
  }
  std::vector<std::uint8_t> done(definitions.size(), 0);
  for (std::uint32_t i = 0; i < definitions.size(); ++i) {
    const auto cycle = detail::formula_cycle(i, references, definitions, done);
    if (cycle.empty()) continue;
    diagnostic d;
    d.code = "formula_circular";
    d.message = "a formula may not need its own result: " + cycle;
    found.add(place(std::move(d), i));
  }
}

} // namespace commonweal::inline v0
