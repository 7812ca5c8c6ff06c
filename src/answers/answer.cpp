// SPDX-License-Identifier: Apache-2.0
// An answer: rows, and the sentences that say in words what they hold.
#include "answers/answer.hpp"

namespace commonweal::inline v0::answers {

void refuse(const std::string& why) { throw error(error_code::invalid_argument, why); }

table with_readings(answer made) {
  if (made.rows.find("reading") != nullptr) return std::move(made.rows);
  column words("reading", column_type::utf8);
  std::size_t next = 0;
  for (std::size_t row = 0; row < made.rows.rows(); ++row) {
    std::string all;
    for (; next < made.readings.size() && made.readings[next].row <= row; ++next)
      all += (all.empty() ? "" : " ") + made.readings[next].text;
    if (all.empty()) words.append_null();
    else words.append(std::string_view(all));
  }
  made.rows.add_column(std::move(words));
  return std::move(made.rows);
}

} // namespace commonweal::inline v0::answers
