// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of gaps, inequality and standardized rates.
#include <commonweal/analyze/detail/breakdown_sums_impl.hpp>
#include <commonweal/analyze/detail/equity_impl.hpp>
#include <commonweal/analyze/detail/equity_tables_impl.hpp>
#include <commonweal/analyze/detail/stratify_impl.hpp>
