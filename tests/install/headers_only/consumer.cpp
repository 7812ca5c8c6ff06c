// SPDX-License-Identifier: Apache-2.0
// A program of another project that needs headers only: builds a cascade in memory and aggregates a count.
#include <commonweal/commonweal.hpp>

#include <iostream>

int main() {
  using namespace commonweal;

  network_builder build;
  const auto council = build.add<node_kind::group>("council", "Council");
  const auto tutoring = build.add<node_kind::group>("tutoring", "Tutoring");
  const auto library = build.add<node_kind::organization>("library", "Public library");
  const auto club = build.add<node_kind::organization>("club", "Youth club");
  build.add<node_kind::indicator>("hours", "Hours of tutoring");
  build.connect<edge_kind::part_of>(tutoring, council);
  build.connect<edge_kind::member_of>(library, tutoring);
  build.connect<edge_kind::member_of>(club, tutoring);
  build.connect<edge_kind::member_of>(club, council); // a second path, yet it counts once

  panel hours;
  hours.indicator = indicator_id{0};
  hours.first = period::parse("2024-Q1").value();
  hours.reporters = {library, club};
  hours.value = panel_matrix(2, 1);
  hours.value << 30, 12;

  measures data;
  data.indicators.resize(1);
  data.indicators[0].node = indicator_id{0};
  data.indicators[0].id = "hours";
  data.panels.push_back(hours);

  const initiative whole({}, build.finish(), data);
  const table figures = whole.rollup({.groups = {"council"}});
  const double sum = figures["value"].values<double>()[0];
  std::cout << "hours of tutoring under the council: " << sum << '\n';
  return figures.rows() == 1 && sum == 42.0 ? 0 : 1;
}
