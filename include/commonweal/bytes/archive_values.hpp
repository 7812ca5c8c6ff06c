// SPDX-License-Identifier: Apache-2.0
// How the values of core are written: dates, periods, intervals, indices, text columns, tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <commonweal/bytes/archive.hpp>
#include <commonweal/core/ids.hpp>
#include <commonweal/core/interval.hpp>
#include <commonweal/core/table.hpp>

namespace commonweal::inline v0 {

// Every function holds the same conditions when writing as when reading: what is packed can be unpacked.

/// i32 days since 1970-01-01; years 0001 to 9999, or the lowest or highest number for an open side.
template <class Archive>
void serialize(Archive& ar, date& d, unsigned);

/// u8 frequency, i32 ordinal; years 0001 to 9999.
template <class Archive>
void serialize(Archive& ar, period& p, unsigned);

/// Start, then end; start < end.
template <class Archive>
void serialize(Archive& ar, interval& span, unsigned);

/// u32; all ones is "none".
template <class Archive, class Tag>
void serialize(Archive& ar, strong_index<Tag>& index, unsigned) {
  ar& index.value;
}

/// u64 count, u32 length of each text, then all bytes end to end.
template <class Archive>
void serialize(Archive& ar, utf8_values& texts, unsigned);

/// u64 rows, u64 columns; for each its name, u8 type, bool "has nulls" and, if so, a bitmap of u64 words (bit r % 64 of
/// word r / 64 is set where row r has a value); then the values that are not null.
template <class Archive>
void serialize(Archive& ar, table& rows, unsigned);

} // namespace commonweal::inline v0

#include <commonweal/bytes/detail/archive_values_impl.hpp>
