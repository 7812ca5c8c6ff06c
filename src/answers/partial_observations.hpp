// SPDX-License-Identifier: Apache-2.0
// Partial rollups of an initiative, from observations as the folder has them.
#pragma once

#include <cstddef>
#include <span>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/initiative.hpp>
#include <commonweal/load.hpp>
#include <commonweal/network/network_builder.hpp>
#include <commonweal/rollup/partial_rollup.hpp>

namespace commonweal::inline v0::answers {

/// An empty part, which the initiative must outlive. Throws as the constructor does.
[[nodiscard]] partial_rollup partial_of(const initiative& source, rollup_options options);

/// A part from its bytes. Throws as partial_rollup::deserialize().
[[nodiscard]] partial_rollup partial_from(const initiative& source, std::span<const std::byte> bytes);

/// Adds rows of the table "observations" of the folder format, judged as in loading; other indicators and breakdowns
/// than those asked for are judged and left. Throws invalid_data, with every finding, for rows that are refused, and as
/// partial_rollup::update(); then nothing is added. O(rows x groups of a reporter); cheapest in large pieces.
void add_observations(partial_rollup& to, const initiative& source, const table& observations, const origin& from,
                      diagnostics& found);

/// The table of rollup(). `tell` learns how far it is.
[[nodiscard]] table finish(const partial_rollup& whole, const progress& tell = {});

} // namespace commonweal::inline v0::answers
