// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of forecasts and their reconciliation.
#include <commonweal/analyze/detail/cascade_impl.hpp>
#include <commonweal/analyze/detail/forecast_impl.hpp>
#include <commonweal/analyze/detail/reconcile_impl.hpp>
