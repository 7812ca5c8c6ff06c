// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of formulas.
#include <commonweal/measure/detail/formula_impl.hpp>
