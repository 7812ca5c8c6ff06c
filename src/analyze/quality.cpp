// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of the quality of data.
#include <commonweal/analyze/detail/quality_impl.hpp>
