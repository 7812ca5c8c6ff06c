// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of rollup(), explain() and served_people.
#include <commonweal/rollup/detail/explain_impl.hpp>
#include <commonweal/rollup/detail/figure_cube_impl.hpp>
#include <commonweal/rollup/detail/rollup_impl.hpp>
#include <commonweal/rollup/detail/served_people_impl.hpp>
