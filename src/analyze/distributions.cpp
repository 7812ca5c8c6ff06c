// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of the distributions.
#include <commonweal/analyze/detail/distributions_impl.hpp>
