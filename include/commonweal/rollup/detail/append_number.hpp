// SPDX-License-Identifier: Apache-2.0
// Numbers into a column: NaN is null.
#pragma once

#include <cmath>

#include <commonweal/core/table.hpp>

namespace commonweal::inline v0::detail {

inline void append_number(column& to, double x) {
  if (std::isnan(x)) to.append_null();
  else to.append(x);
}

} // namespace commonweal::inline v0::detail
