// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of the lint.
#include <commonweal/assess/detail/lint_impl.hpp>
