// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of report cards, targets and their sentences.
#include <commonweal/analyze/detail/reading_impl.hpp>
#include <commonweal/analyze/detail/report_card_impl.hpp>
#include <commonweal/analyze/detail/target_impl.hpp>
