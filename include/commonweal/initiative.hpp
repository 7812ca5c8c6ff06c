// SPDX-License-Identifier: Apache-2.0
// The facade: one initiative, its network, its measures and its records, immutable and readable by many threads.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <commonweal/core/table.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/measure/record_tables.hpp>
#include <commonweal/network/network.hpp>
#include <commonweal/rollup/rollup.hpp>
#include <commonweal/rollup/served_people.hpp>

namespace commonweal::inline v0 {

/// What datapackage.json says of the whole.
struct initiative_info {
  std::string name;  ///< short, for machines: "communities-that-care"
  std::string title; ///< for people
  std::string description;
  bool synthetic = false; ///< made up, and said so
  std::string extra_json; ///< other properties of datapackage.json, kept as they are for the round trip
  friend bool operator==(const initiative_info&, const initiative_info&) = default;
};

class initiative {
 public:
  initiative() = default;
  /// Throws invalid_data where records people_served cannot be used (see served_people).
  initiative(initiative_info info, commonweal::network net, commonweal::measures data, record_tables records = {})
      : info_(std::move(info)), network_(std::move(net)), measures_(std::move(data)), records_(std::move(records)),
        people_(network_, measures_, records_) {}

  [[nodiscard]] const initiative_info& info() const { return info_; }
  [[nodiscard]] const commonweal::network& network() const { return network_; }
  [[nodiscard]] const commonweal::measures& measures() const { return measures_; }
  [[nodiscard]] const record_tables& records() const { return records_; }
  /// The records people_served as rollups use them; nullptr where there are none.
  [[nodiscard]] const served_people* people() const {
    return find_records(records_, "people_served") == nullptr ? nullptr : &people_;
  }

  /// See rollup/rollup.hpp.
  [[nodiscard]] table rollup(const rollup_options& options = {}) const {
    return commonweal::rollup(network_, measures_, with_people(options));
  }
  [[nodiscard]] figure_cube figures(const rollup_options& options = {}) const {
    return rollup_figures(network_, measures_, with_people(options));
  }
  [[nodiscard]] table explain(std::string_view group, std::string_view indicator, period when,
                              const rollup_options& options = {}) const {
    return commonweal::explain(network_, measures_, group, indicator, when, with_people(options));
  }

 private:
  [[nodiscard]] rollup_options with_people(rollup_options options) const {
    if (options.people == nullptr) options.people = people();
    return options;
  }

  initiative_info info_;
  commonweal::network network_;
  commonweal::measures measures_;
  record_tables records_;
  served_people people_;
};

} // namespace commonweal::inline v0
