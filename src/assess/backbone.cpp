// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of the backbone's scorecard, choice and budget.
#include <commonweal/assess/detail/budget_impl.hpp>
#include <commonweal/assess/detail/scorecard_impl.hpp>
#include <commonweal/assess/detail/selection_impl.hpp>
