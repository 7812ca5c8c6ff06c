// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of control charts.
#include <commonweal/analyze/detail/chart_impl.hpp>
