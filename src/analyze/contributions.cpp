// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of contributions to a change.
#include <commonweal/analyze/detail/decompose_impl.hpp>
#include <commonweal/analyze/detail/group_contributions_impl.hpp>
