// SPDX-License-Identifier: Apache-2.0
// Bodies of served_people.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include <commonweal/core/error.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/measure/records.hpp>
#include <commonweal/network/detail/field_checks.hpp>
#include <commonweal/rollup/detail/membership_timeline.hpp>
#include <commonweal/rollup/engine/salted_id.hpp>
#include <commonweal/rollup/served_people.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY std::span<const served_people::visit> served_people::series::of(std::uint32_t reporter,
                                                                                std::int32_t when) const {
  const auto own = std::span(visits_).subspan(begin_[reporter], begin_[reporter + std::size_t{1}] - begin_[reporter]);
  const auto less = [](const visit& v, std::int32_t t) { return v.when < t; };
  const auto first = std::lower_bound(own.begin(), own.end(), when, less);
  const auto last = std::lower_bound(first, own.end(), when + 1, less);
  return {first, last};
}

COMMONWEAL_BODY void served_people::series::sort(std::uint32_t reporters) {
  std::sort(visits_.begin(), visits_.end());
  visits_.erase(std::unique(visits_.begin(), visits_.end()), visits_.end());
  begin_.resize(reporters + std::size_t{1});
  for (const auto& v : visits_) ++begin_[v.reporter + std::size_t{1}];
  for (std::size_t r = 0; r < reporters; ++r) begin_[r + 1] += begin_[r];
}

COMMONWEAL_BODY served_people::served_people(const network& net, const measures& data, const record_tables& records) {
  const table* rows = find_records(records, "people_served");
  if (rows == nullptr) return;
  const auto stop = [](std::size_t row, severity s, std::string code, std::string_view field, std::string message) {
    throw error(error_code::invalid_data, diagnostic{s,
                                                     std::move(code),
                                                     "people_served",
                                                     static_cast<std::int64_t>(row) + 2,
                                                     std::string(field),
                                                     {},
                                                     std::move(message)});
  };
  for (const auto& f : schema::served_fields)
    if (const column* c = rows->find(f.name); c == nullptr ? f.required : c->type() != f.type)
      throw error(error_code::invalid_data,
                  "people_served needs a column " + std::string(f.name) + " of type " + std::string(to_string(f.type)));
  detail::check_fields(schema::served_fields, *rows, net, stop);
  detail::check_served_periods(*rows, net, data, stop);
  const detail::reporter_line line(net);
  std::string_view reporter, indicator, breakdown; // of the row before, which the next mostly shares
  std::uint32_t who = 0;
  series* in = nullptr;
  for (std::size_t r = 0; r < rows->rows(); ++r) {
    const auto i = text_at(*rows, "indicator", r);
    const auto b = text_at(*rows, "breakdown", r);
    if (in == nullptr || i != indicator || b != breakdown)
      in = &all_[{*net.find<node_kind::indicator>(indicator = i), std::string(breakdown = b)}];
    if (const auto n = text_at(*rows, "reporter", r); n != reporter) who = *line.of(*net.find(reporter = n));
    in->visits_.push_back(
        {who, (*rows)["period"].values<period>()[r].ordinal(), engine::salted_id(text_at(*rows, "person", r), {})});
  }
  for (auto& [key, s] : all_) s.sort(line.size());
}

COMMONWEAL_BODY const served_people::series* served_people::find(indicator_id indicator,
                                                                 std::string_view breakdown) const {
  const auto it = all_.find({indicator, std::string(breakdown)});
  return it == all_.end() ? nullptr : &it->second;
}

} // namespace commonweal::inline v0
