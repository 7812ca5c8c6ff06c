// SPDX-License-Identifier: Apache-2.0
// The node that an id names, or a message that says which one may have been meant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include <commonweal/core/error.hpp>
#include <commonweal/core/suggest.hpp>
#include <commonweal/network/network.hpp>

namespace commonweal::inline v0 {

/// What may have been meant by an id that no node of the kinds has: "Did you mean council?" by the ids, else "Did you
/// mean council (The Council)?" by the names, else all ids where they are few. O(ids), bounded as nearest_words says.
[[nodiscard]] inline std::string hint_for_node(const network& net, std::initializer_list<node_kind> kinds,
                                               std::string_view typed) {
  nearest_words by_id(typed), by_name(typed, 1);
  std::size_t count = 0;
  std::string all;
  for (const auto kind : kinds)
    for (std::uint32_t i = 0; i < net.size(kind); ++i) {
      const auto id = net.id(node_ref{kind, i});
      by_id.consider(id);
      if (++count <= 12) all.append(count == 1 ? "There are: " : ", ").append(id);
    }
  if (count == 0) return "There is none at all in the data.";
  if (auto hint = by_id.question(); !hint.empty()) return hint;
  for (const auto kind : kinds)
    for (std::uint32_t i = 0; i < net.size(kind); ++i) {
      const node_ref n{kind, i};
      if (const auto name = net.name(n); name != net.id(n))
        by_name.consider(name, std::string(net.id(n)).append(" (").append(name).append(")"));
    }
  if (auto hint = by_name.question(); !hint.empty()) return hint;
  return count <= 12 ? all : std::string();
}

/// "there is no group concil. Did you mean council?", or that it is the id of a node of another kind. `wanted` names
/// the kinds where they are several.
[[nodiscard]] inline std::string no_such_node(const network& net, std::initializer_list<node_kind> kinds,
                                              std::string_view typed, std::string_view wanted = {}) {
  const auto with_article = [](std::string_view word) {
    const bool vowel = !word.empty() && std::string_view("aeiou").find(word[0]) != std::string_view::npos;
    return (vowel ? "an " : "a ") + std::string(word);
  };
  if (wanted.empty()) wanted = to_string(*kinds.begin());
  const auto found = net.find(typed);
  return with_hint(found ? std::string(typed) + " is " + with_article(to_string(found->kind)) + ", not " +
                               with_article(wanted)
                         : "there is no " + std::string(wanted) + " " + std::string(typed),
                   hint_for_node(net, kinds, typed));
}

/// The node of one of the kinds with this id. Throws invalid_argument as no_such_node() says it.
[[nodiscard]] inline node_ref node_named(const network& net, std::initializer_list<node_kind> kinds,
                                         std::string_view id, std::string_view wanted = {}) {
  if (const auto n = net.find(id))
    for (const auto kind : kinds)
      if (n->kind == kind) return *n;
  throw error(error_code::invalid_argument, no_such_node(net, kinds, id, wanted));
}
[[nodiscard]] inline node_ref node_named(const network& net, node_kind kind, std::string_view id) {
  return node_named(net, {kind}, id);
}

} // namespace commonweal::inline v0
