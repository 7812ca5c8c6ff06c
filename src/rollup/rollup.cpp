// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of rollup() and explain().
#include <commonweal/rollup/detail/explain_impl.hpp>
#include <commonweal/rollup/detail/rollup_impl.hpp>
