// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of preconditions, conditions and phases.
#include <commonweal/assess/detail/conditions_impl.hpp>
#include <commonweal/assess/detail/phases_impl.hpp>
#include <commonweal/assess/detail/preconditions_impl.hpp>
