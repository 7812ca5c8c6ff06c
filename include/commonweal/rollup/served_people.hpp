// SPDX-License-Identifier: Apache-2.0
// Whom the reporters served: the rows of people_served.csv checked and typed once, for every rollup that counts people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/cells.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/measure/record_tables.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// Value-only; borrows nothing. An initiative owns one made of its records. Memory: 16 bytes a person in a report, and
/// 8 bytes a reporter for each indicator and breakdown.
class served_people {
 public:
  /// One person in the report of one reporter (by its place in the line of organizations, then groups).
  struct visit {
    std::uint32_t reporter;
    std::int32_t when; ///< ordinal of the base period
    std::uint64_t person;
    friend auto operator<=>(const visit&, const visit&) = default;
  };

  /// The visits of one indicator and breakdown, each person once in each report.
  class series {
   public:
    [[nodiscard]] std::span<const visit> of(std::uint32_t reporter, std::int32_t when) const;

   private:
    friend served_people;
    void sort(std::uint32_t reporters);
    std::vector<visit> visits_;
    std::vector<std::size_t> begin_; // by reporter
  };

  served_people() = default;
  /// Of the table people_served, where there is one. Throws invalid_data, naming the row, for blanks, for ids that are
  /// not there and for periods of another frequency than the observations. O(n log n).
  served_people(const network& net, const measures& data, const record_tables& records);

  /// nullptr where nobody was named.
  [[nodiscard]] const series* find(indicator_id indicator, std::string_view breakdown) const;

 private:
  std::map<std::pair<indicator_id, std::string>, series> all_;
};

namespace detail {

/// Rows of people_served whose period is of another frequency than the observations; of `data` only the panels are
/// read; `say` as in field_checks.hpp.
template <class Say>
void check_served_periods(const table& rows, const network& net, const measures& data, Say&& say) {
  const column* periods = rows.find("period");
  for (std::size_t r = 0; periods != nullptr && r < rows.rows(); ++r) {
    const auto i = net.find<node_kind::indicator>(text_at(rows, "indicator", r));
    const panel* p = i ? data.find(*i, text_at(rows, "breakdown", r)) : nullptr;
    if (p == nullptr || periods->is_null(r)) continue;
    const period when = periods->values<period>()[r];
    if (when.freq() != p->first.freq())
      say(r, severity::error, "people_unreadable", "period",
          std::string(net.id(*i)) + " is reported by the " + std::string(to_string(p->first.freq())) + ", and " +
              when.to_string() + " is of another frequency; name people by the periods of the observations");
  }
}

} // namespace detail

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/rollup/detail/served_people_impl.hpp>
#endif
