// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of trends and regressions.
#include <commonweal/analyze/detail/kendall_impl.hpp>
#include <commonweal/analyze/detail/regression_impl.hpp>
#include <commonweal/analyze/detail/trend_impl.hpp>
