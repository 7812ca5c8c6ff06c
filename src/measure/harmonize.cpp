// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of local measures made shared.
#include <commonweal/measure/detail/harmonize_impl.hpp>
#include <commonweal/measure/detail/match_impl.hpp>
