// SPDX-License-Identifier: Apache-2.0
// An id is no number either; its value is one.
// expect: (cannot convert|no viable conversion)
#include <commonweal/network/network_builder.hpp>

using namespace commonweal;

void attempt(network_builder& builder) {
  [[maybe_unused]] const auto org = builder.add<node_kind::organization>("o");
  [[maybe_unused]] const auto person = builder.add<node_kind::person>("p");
  [[maybe_unused]] const auto group = builder.add<node_kind::group>("g");
  [[maybe_unused]] const auto council = builder.add<node_kind::group>("c");
  [[maybe_unused]] const auto indicator = builder.add<node_kind::indicator>("i");
#ifdef MENDED
  const std::uint32_t number = group.value;
  (void)number;
#else
  const std::uint32_t number = group;
  (void)number;
#endif
}
