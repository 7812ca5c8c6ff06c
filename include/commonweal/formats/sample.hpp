// SPDX-License-Identifier: Apache-2.0
// A synthetic initiative of any size, for trying the library out and for measuring it.
#pragma once

#include <cstdint>
#include <filesystem>

#include <commonweal/load.hpp>

namespace commonweal::inline v0 {

/// How large the initiative is, and which one of its size.
struct sample_options {
  std::uint32_t reporters = 200; ///< organizations that report, at least 1
  std::uint32_t groups = 20;     ///< groups of a cascade of four levels, at least 4
  std::uint32_t periods = 36;    ///< months from 2020-01, 1 to 1,200
  std::uint32_t indicators = 5;  ///< the first so many of: people served (count), dollars spent (amount), households
                                 ///< housed (ratio), waiting list (stock), well-being (index); 1 to 5
  std::uint64_t seed = 1;
};

/// Writes a folder (see read_folder) that says of itself that it is synthetic.
///
/// Council, sub-initiatives, working groups, subgroups; some groups have two parents, some open late or close early.
/// Reporters sit in one to three groups, join late, leave, move between groups, miss reports and fall silent. The
/// index is reported by the sub-initiatives, every quarter. Everyone and everything has a made-up name
/// ("Organization 17"). Observations are in order of reporter, indicator and period.
///
/// The same options give the same bytes on any platform: integers only, one generator of our own. Streams to disk, so
/// memory does not grow with the number of reporters. O(reporters x periods x indicators).
///
/// Throws invalid_argument where an option is out of range or the folder holds anything but an older sample, io where
/// the system refuses, cancelled where `tell` asks to stop. datapackage.json is written last: without it the folder is
/// incomplete.
void write_sample(const std::filesystem::path& folder, const sample_options& options = {}, const progress& tell = {});

} // namespace commonweal::inline v0
