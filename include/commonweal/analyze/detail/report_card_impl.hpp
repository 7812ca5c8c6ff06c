// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/report_card.hpp.
#pragma once

#include <algorithm>

#include <commonweal/analyze/detail/parallel.hpp>
#include <commonweal/analyze/report_card.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// The part of a series that had ended by a day.
[[nodiscard]] inline series_view ended_by(const series_view& s, const std::optional<date>& day) {
  if (!day) return s;
  std::size_t n = 0;
  if (s.size() > 0 && s.first.last_day() <= *day) {
    const auto last = period::containing(*day, s.first.freq());
    const auto whole = last.last_day() <= *day ? last : last.plus(-1);
    n = std::min(s.size(), static_cast<std::size_t>(whole.ordinal() - s.first.ordinal() + 1));
  }
  return {s.value.first(n), s.first};
}

/// The last index before `end` that has a value, or nothing.
[[nodiscard]] inline std::optional<std::size_t> last_value_before(const series_view& s, std::size_t end) {
  for (std::size_t i = std::min(end, s.size()); i-- > 0;)
    if (!std::isnan(s.value[i])) return i;
  return std::nullopt;
}

[[nodiscard]] inline std::optional<std::size_t> compared_with(const series_view& s, std::size_t latest,
                                                              const card_options& options, std::string& reason) {
  switch (options.basis) {
    case card_basis::since_previous: {
      const auto before = last_value_before(s, latest);
      if (!before) reason = "no value before " + s.at(latest).to_string();
      return before;
    }
    case card_basis::since_year_before: {
      const auto year = static_cast<std::size_t>(std::lround(periods_per_year(s.first.freq())));
      if (latest >= year && !std::isnan(s.value[latest - year])) return latest - year;
      reason = "no value in " + s.at(latest).plus(-static_cast<std::int32_t>(year)).to_string();
      return std::nullopt;
    }
    case card_basis::since_baseline:
    case card_basis::trend: break;
  }
  if (options.baseline) {
    const auto at = options.baseline->freq() == s.first.freq()
                        ? static_cast<std::int64_t>(options.baseline->ordinal()) - s.first.ordinal()
                        : -1;
    if (at >= 0 && at < static_cast<std::int64_t>(latest) && !std::isnan(s.value[static_cast<std::size_t>(at)]))
      return static_cast<std::size_t>(at);
    reason = "no value in the baseline period " + options.baseline->to_string();
    return std::nullopt;
  }
  for (std::size_t i = 0; i < latest; ++i)
    if (!std::isnan(s.value[i])) return i;
  reason = "only one value, in " + s.at(latest).to_string();
  return std::nullopt;
}

/// The value that is compared with goes into from and before; false, and the reason, where there is none.
inline bool take_earlier_value(card_line& line, const series_view& s, std::size_t latest, const card_options& options,
                               const std::optional<stated_baseline>& stated) {
  if (stated && options.basis == card_basis::since_baseline) {
    if (!std::isfinite(stated->value))
      throw error(error_code::invalid_data, "the baseline stated for " + line.name + " is no finite number");
    if (!(stated->when.last_day() < s.at(latest).last_day())) {
      line.reason = "no value after the baseline in " + stated->when.to_string();
      return false;
    }
    line.from = stated->when;
    line.before = stated->value;
    return true;
  }
  const auto before = compared_with(s, latest, options, line.reason);
  if (!before) return false;
  line.from = s.at(*before);
  line.before = s.value[*before];
  return true;
}

[[nodiscard]] inline card_line judged_line(const measured_series& m, const card_options& options,
                                           const std::optional<stated_baseline>& stated, trend_workspace& memory) {
  card_line line;
  line.name = m.name;
  line.wanted = m.wanted;
  require_finite_or_missing(m.values, m.name);
  const auto s = ended_by(m.values, options.as_of);
  const auto latest = last_value_before(s, s.size());
  if (!latest) {
    line.reason = "no value";
    return line;
  }
  line.to = s.at(*latest);
  line.after = s.value[*latest];
  if (options.look_back) {
    const auto due = options.as_of ? period::containing(*options.as_of, s.first.freq()) : s.at(s.size() - 1);
    if (due.ordinal() - line.to.ordinal() > *options.look_back) {
      line.reason = "latest value is of " + line.to.to_string() + ", too old";
      return line;
    }
  }
  if (!take_earlier_value(line, s, *latest, options, stated)) return line;
  if (options.basis == card_basis::trend) {
    const auto t = trend(s, m.wanted, options.trend, memory);
    line.sign = t.trend == trend_direction::rising ? 1 : t.trend == trend_direction::falling ? -1 : 0;
    line.moved = t.moved;
    if (t.moved == movement::unknown) line.reason = "too few values for a trend";
  } else {
    const double change = line.after - line.before;
    const bool flat = std::abs(change) <= options.flat_share * std::abs(line.before);
    line.sign = flat ? 0 : change > 0.0 ? 1 : -1;
    line.moved = movement_of(line.sign, m.wanted);
  }
  if (m.wanted == direction::none) {
    line.moved = movement::neutral;
    line.reason = "no wanted direction is stated";
  }
  return line;
}

inline void require_card_options(const card_options& options) {
  if (!(options.flat_share >= 0.0))
    throw error(error_code::invalid_argument, "flat_share must be zero or more, for example 0.01 for one percent");
  if (options.look_back && *options.look_back < 0)
    throw error(error_code::invalid_argument, "look_back must be zero or more periods");
  require_trend_options(options.trend);
}

} // namespace detail

COMMONWEAL_BODY card_line card_line_of(const measured_series& measure, const card_options& options,
                                       const std::optional<stated_baseline>& baseline) {
  detail::require_card_options(options);
  trend_workspace memory;
  return detail::judged_line(measure, options, baseline, memory);
}

COMMONWEAL_BODY card_result card_of(std::vector<card_line> lines, const card_options& options) {
  detail::require_card_options(options);
  card_result out;
  out.options = options;
  out.lines = std::move(lines);
  for (const auto& line : out.lines) {
    switch (line.moved) {
      case movement::right: ++out.right; break;
      case movement::wrong: ++out.wrong; break;
      case movement::flat: ++out.flat; break;
      case movement::neutral: ++out.no_direction; break;
      case movement::unknown: ++out.missing; break;
    }
  }
  return out;
}

COMMONWEAL_BODY card_result report_card(std::span<const measured_series> measures, const card_options& options) {
  detail::require_card_options(options);
  std::vector<card_line> lines(measures.size());
  detail::for_each_stretch(measures.size(), detail::executor_of(options.trend.where, options.trend.threads),
                           [&](std::size_t first, std::size_t last) {
                             trend_workspace memory;
                             for (std::size_t i = first; i < last; ++i)
                               lines[i] = detail::judged_line(measures[i], options, std::nullopt, memory);
                           });
  return card_of(std::move(lines), options);
}

COMMONWEAL_BODY table card_lines(const card_result& card) {
  table out({{"measure", column_type::utf8},
             {"wanted", column_type::utf8},
             {"from", column_type::period},
             {"to", column_type::period},
             {"before", column_type::float64},
             {"after", column_type::float64},
             {"change", column_type::float64},
             {"movement", column_type::utf8},
             {"reason", column_type::utf8}});
  for (const auto& l : card.lines) {
    using detail::number_cell;
    out.append_row({std::string_view(l.name), to_string(l.wanted), std::isnan(l.before) ? cell{} : cell{l.from},
                    std::isnan(l.after) ? cell{} : cell{l.to}, number_cell(l.before), number_cell(l.after),
                    number_cell(l.after - l.before), to_string(l.moved),
                    l.reason.empty() ? cell{} : cell{std::string_view(l.reason)}});
  }
  return out;
}

COMMONWEAL_BODY table report_cards(std::span<const measured_series> measures, std::span<const date> dates,
                                   const card_options& options) {
  table out({{"as_of", column_type::date},
             {"right", column_type::int64},
             {"evaluated", column_type::int64},
             {"share", column_type::float64},
             {"wrong", column_type::int64},
             {"flat", column_type::int64},
             {"missing", column_type::int64},
             {"no_direction", column_type::int64},
             {"basis", column_type::utf8},
             {"flat_rule", column_type::utf8}});
  for (const date day : dates) {
    auto one = options;
    one.as_of = day;
    const auto card = report_card(measures, one);
    using detail::count_cell;
    out.append_row({day, count_cell(card.right), count_cell(card.evaluated()), detail::number_cell(card.share()),
                    count_cell(card.wrong), count_cell(card.flat), count_cell(card.missing),
                    count_cell(card.no_direction), to_string(options.basis), to_string(options.flat)});
  }
  return out;
}

} // namespace commonweal::inline v0
