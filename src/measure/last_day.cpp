// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of the day of a question.
#include <commonweal/measure/detail/last_day_impl.hpp>
