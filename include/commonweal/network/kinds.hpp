// SPDX-License-Identifier: Apache-2.0
// The kinds of node and edge an initiative is made of, and typed names for nodes.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string_view>

#include <commonweal/core/enum_text.hpp>
#include <commonweal/core/ids.hpp>

namespace commonweal::inline v0 {

enum class node_kind : std::uint8_t { person, organization, group, goal, strategy, activity, indicator };
inline constexpr std::size_t node_kind_count = 7;

template <>
struct enum_names<node_kind> {
  static constexpr std::array<std::string_view, node_kind_count> values = {
      "person", "organization", "group", "goal", "strategy", "activity", "indicator"};
};

enum class edge_kind : std::uint8_t {
  champions,
  funds,
  serves_as_backbone,
  member_of,
  part_of,
  linked_with,
  employed_by,
  pursues,
  advances,
  measured_by,
  performs,
  implements,
  reinforces,
  endorses,
  communicates_with,
  trusts,
  reports
};
inline constexpr std::size_t edge_kind_count = 17;

template <>
struct enum_names<edge_kind> {
  static constexpr std::array<std::string_view, edge_kind_count> values = {
      "champions",   "funds",    "serves_as_backbone", "member_of",   "part_of",  "linked_with",
      "employed_by", "pursues",  "advances",           "measured_by", "performs", "implements",
      "reinforces",  "endorses", "communicates_with",  "trusts",      "reports"};
};

/// A set of node kinds or of edge kinds, one bit each.
template <named_enum Kind>
struct kind_set {
  std::uint32_t bits = 0;

  constexpr kind_set() = default;
  constexpr kind_set(Kind k) : bits(1U << static_cast<unsigned>(k)) {} // NOLINT: a kind is a set of one
  [[nodiscard]] static constexpr kind_set all() {
    kind_set s;
    s.bits = (1U << enum_names<Kind>::values.size()) - 1U;
    return s;
  }
  [[nodiscard]] constexpr bool contains(Kind k) const { return (bits >> static_cast<unsigned>(k) & 1U) != 0; }
  friend constexpr kind_set operator|(kind_set a, kind_set b) {
    a.bits |= b.bits;
    return a;
  }
  friend constexpr bool operator==(kind_set, kind_set) = default;
};
using node_kinds = kind_set<node_kind>;
using edge_kinds = kind_set<edge_kind>;
constexpr node_kinds operator|(node_kind a, node_kind b) { return node_kinds{a} | node_kinds{b}; }
constexpr edge_kinds operator|(edge_kind a, edge_kind b) { return edge_kinds{a} | edge_kinds{b}; }

template <node_kind K>
struct node_tag;
/// The index of a node among those of its kind. A group_id is no organization_id.
template <node_kind K>
using node_id = strong_index<node_tag<K>>;

using person_id = node_id<node_kind::person>;
using organization_id = node_id<node_kind::organization>;
using group_id = node_id<node_kind::group>;
using goal_id = node_id<node_kind::goal>;
using strategy_id = node_id<node_kind::strategy>;
using activity_id = node_id<node_kind::activity>;
using indicator_id = node_id<node_kind::indicator>;

/// A node of any kind, for code that learns the kind at run time (input, output, generic walks).
struct node_ref {
  node_kind kind = node_kind::person;
  std::uint32_t index = UINT32_MAX;

  constexpr node_ref() = default;
  constexpr node_ref(node_kind k, std::uint32_t i) : kind(k), index(i) {}
  template <node_kind K>
  constexpr node_ref(node_id<K> id) : kind(K), index(id.value) {} // NOLINT: widening a name loses nothing

  [[nodiscard]] constexpr bool valid() const { return index != UINT32_MAX; }
  /// The typed name, or an invalid one when this node is of another kind.
  template <node_kind K>
  [[nodiscard]] constexpr node_id<K> as() const {
    return kind == K ? node_id<K>{index} : node_id<K>{};
  }
  friend constexpr auto operator<=>(node_ref, node_ref) = default;
};

} // namespace commonweal::inline v0

template <>
struct std::hash<commonweal::node_ref> {
  std::size_t operator()(commonweal::node_ref n) const noexcept {
    return std::hash<std::uint64_t>{}((static_cast<std::uint64_t>(n.kind) << 32) | n.index);
  }
};
