// SPDX-License-Identifier: Apache-2.0
// Iterators over the edges that a view shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <boost/iterator/iterator_facade.hpp>

#include <commonweal/network/view_base.hpp>

namespace commonweal::inline v0::views {

inline view_base::view_base(const commonweal::network& net, const selection& what)
    : network_(&net), selected_(what), vertices_([&] {
        bool whole = true;
        for (std::size_t k = 0; k < node_kind_count; ++k) {
          const auto kind = static_cast<node_kind>(k);
          if (net.size(kind) == 0) continue;
          whole = whole && what.nodes.contains(kind) && (!what.as_of || net.rows(kind).lives.empty());
        }
        if (whole) return detail::vertex_subset(net.vertex_count());
        return detail::vertex_subset(net.vertex_count(), [&](vertex_index v) {
          const auto n = net.node(v);
          return what.nodes.contains(n.kind) && (!what.as_of || net.validity(n).contains(*what.as_of));
        });
      }()) {
  for (std::size_t k = 0; k < edge_kind_count; ++k) {
    const auto kind = static_cast<edge_kind>(k);
    first_index_[k + 1] = first_index_[k] + (what.edges.contains(kind) ? net.edges(kind).size() : 0);
  }
  next_kind_.back() = edge_kind_count;
  for (auto k = edge_kind_count; k-- > 0;)
    next_kind_[k] = first_index_[k + 1] > first_index_[k] ? static_cast<std::uint8_t>(k) : next_kind_[k + 1];
}

/// The edges at one vertex: kind by kind, in each those that leave it, then those that enter it, as D asks.
template <direction D>
class incident_iterator : public boost::iterator_facade<incident_iterator<D>, edge_descriptor,
                                                        boost::forward_traversal_tag, edge_descriptor> {
 public:
  incident_iterator() = default;
  incident_iterator(const view_base& view, vertex_descriptor v, bool at_end) : view_(&view), vertex_(v) {
    member_ = view.vertices_.member(v);
    kind_ = at_end ? static_cast<std::uint8_t>(edge_kind_count) : view.next_kind_[0];
    if (kind_ == edge_kind_count) return;
    enter();
    settle();
  }

 private:
  friend class boost::iterator_core_access;

  [[nodiscard]] edge_descriptor dereference() const {
    const auto row = leaving_ ? position_ : rows_[position_];
    if (D == direction::in) return {far_, vertex_, row, static_cast<edge_kind>(kind_)};
    return {vertex_, far_, row, static_cast<edge_kind>(kind_)};
  }
  [[nodiscard]] bool equal(const incident_iterator& o) const {
    return kind_ == o.kind_ && leaving_ == o.leaving_ && position_ == o.position_;
  }
  void increment() {
    ++position_;
    settle();
  }
  [[nodiscard]] const relation& edges() const { return view_->network_->edges(static_cast<edge_kind>(kind_)); }
  void enter() {
    if constexpr (D == direction::in) enter_arriving();
    else {
      const auto rows = edges().out(member_);
      leaving_ = true;
      position_ = rows.first;
      end_ = rows.last;
    }
  }
  void enter_arriving() {
    const auto rows = edges().in(member_);
    leaving_ = false;
    rows_ = rows.data();
    position_ = 0;
    end_ = static_cast<relation::row_index>(rows.size());
  }
  /// Moves on to the nearest edge that the view shows, from where we are.
  void settle() {
    for (;;) {
      const auto& all = edges();
      for (; position_ != end_; ++position_) {
        const auto row = leaving_ ? position_ : rows_[position_];
        far_ = view_->vertices_.number(leaving_ ? all.to(row) : all.from(row));
        if (far_ != detail::vertex_subset::none && view_->in_force(all, row)) return;
      }
      if (D == direction::both && leaving_) {
        enter_arriving();
        continue;
      }
      kind_ = view_->next_kind_[kind_ + 1U];
      if (kind_ == edge_kind_count) {
        leaving_ = true; // one end, however it was reached
        position_ = 0;
        return;
      }
      enter();
    }
  }

  const view_base* view_ = nullptr;
  const relation::row_index* rows_ = nullptr; // rows that arrive, while we are among them
  vertex_descriptor vertex_ = 0;
  vertex_index member_ = 0;
  vertex_descriptor far_ = 0;
  relation::row_index position_ = 0;
  relation::row_index end_ = 0;
  std::uint8_t kind_ = edge_kind_count;
  bool leaving_ = true;
};

/// All edges: kind by kind, in the order of the rows.
class edge_iterator
    : public boost::iterator_facade<edge_iterator, edge_descriptor, boost::forward_traversal_tag, edge_descriptor> {
 public:
  edge_iterator() = default;
  edge_iterator(const view_base& view, bool at_end) : view_(&view) {
    kind_ = at_end ? static_cast<std::uint8_t>(edge_kind_count) : view.next_kind_[0];
    if (kind_ != edge_kind_count) settle();
  }

 private:
  friend class boost::iterator_core_access;

  [[nodiscard]] edge_descriptor dereference() const { return {source_, target_, row_, static_cast<edge_kind>(kind_)}; }
  [[nodiscard]] bool equal(const edge_iterator& o) const { return kind_ == o.kind_ && row_ == o.row_; }
  void increment() {
    ++row_;
    settle();
  }
  void settle() {
    for (;;) {
      const auto& all = view_->network_->edges(static_cast<edge_kind>(kind_));
      for (; row_ != all.size(); ++row_) {
        source_ = view_->vertices_.number(all.from(row_));
        target_ = view_->vertices_.number(all.to(row_));
        if (source_ != detail::vertex_subset::none && target_ != detail::vertex_subset::none &&
            view_->in_force(all, row_))
          return;
      }
      row_ = 0;
      kind_ = view_->next_kind_[kind_ + 1U];
      if (kind_ == edge_kind_count) return;
    }
  }

  const view_base* view_ = nullptr;
  vertex_descriptor source_ = 0;
  vertex_descriptor target_ = 0;
  relation::row_index row_ = 0;
  std::uint8_t kind_ = edge_kind_count;
};

/// In an undirected view an edge that enters is one that leaves, seen from its other end.
class entering_iterator
    : public boost::iterator_facade<entering_iterator, edge_descriptor, boost::forward_traversal_tag, edge_descriptor> {
 public:
  entering_iterator() = default;
  explicit entering_iterator(incident_iterator<direction::both> base) : base_(base) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] edge_descriptor dereference() const {
    auto e = *base_;
    std::swap(e.source, e.target);
    return e;
  }
  [[nodiscard]] bool equal(const entering_iterator& o) const { return base_ == o.base_; }
  void increment() { ++base_; }
  incident_iterator<direction::both> base_;
};

} // namespace commonweal::inline v0::views
