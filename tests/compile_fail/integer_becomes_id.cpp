// SPDX-License-Identifier: Apache-2.0
// A number becomes an id only where that is said.
// expect: (conversion from|no viable conversion)
#include <commonweal/network/network_builder.hpp>

using namespace commonweal;

void attempt(network_builder& builder) {
  [[maybe_unused]] const auto org = builder.add<node_kind::organization>("o");
  [[maybe_unused]] const auto person = builder.add<node_kind::person>("p");
  [[maybe_unused]] const auto group = builder.add<node_kind::group>("g");
  [[maybe_unused]] const auto council = builder.add<node_kind::group>("c");
  [[maybe_unused]] const auto indicator = builder.add<node_kind::indicator>("i");
#ifdef MENDED
  group_id made(3U);
  (void)made;
#else
  group_id made = 3U;
  (void)made;
#endif
}
