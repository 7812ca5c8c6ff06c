// SPDX-License-Identifier: Apache-2.0
// A finished network is not changed.
// expect: (discards qualifiers|drops .const. qualifier|binding reference|binding value)
#include <commonweal/network/network_builder.hpp>

using namespace commonweal;

void attempt(network_builder& builder) {
  [[maybe_unused]] const auto org = builder.add<node_kind::organization>("o");
  [[maybe_unused]] const auto person = builder.add<node_kind::person>("p");
  [[maybe_unused]] const auto group = builder.add<node_kind::group>("g");
  [[maybe_unused]] const auto council = builder.add<node_kind::group>("c");
  [[maybe_unused]] const auto indicator = builder.add<node_kind::indicator>("i");
#ifdef MENDED
  const network net = builder.finish();
  const table& cells = net.attributes(node_kind::group);
  (void)cells;
#else
  const network net = builder.finish();
  table& cells = net.attributes(node_kind::group);
  (void)cells;
#endif
}
