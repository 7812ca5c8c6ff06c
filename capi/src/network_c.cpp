// SPDX-License-Identifier: Apache-2.0
// The shape of the network, and the network for graph programs.
#include <algorithm>
#include <set>
#include <sstream>

#include <commonweal/io/graph_export.hpp>
#include <commonweal/network/structure.hpp>
#include <commonweal/network/ties.hpp>

#include "tables.hpp"

namespace commonweal::inline v0::capi {

enum class shape : std::uint8_t { whole, nodes, bridges, mixing, without_backbone, trust, group_trust, changes };

} // namespace commonweal::inline v0::capi

template <>
struct commonweal::enum_names<commonweal::capi::shape> {
  static constexpr std::array<std::string_view, 8> values = {"whole", "nodes", "bridges", "mixing", "without_backbone", "trust", "group_trust", "changes"};
};

namespace commonweal::inline v0::capi {
namespace {

template <class Kind>
kind_set<Kind> kinds(const cw_text* items, std::size_t count, const char* name, kind_set<Kind> otherwise = kind_set<Kind>::all()) {
  check_list(items, count, name);
  if (count == 0) return otherwise;
  kind_set<Kind> out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto kind = word<Kind>(items[i], name);
    if (!kind) refuse(std::string(name) + ": a kind is blank");
    out = out | kind_set<Kind>(*kind);
  }
  return out;
}

table structure(const initiative& source, shape what, const cw_view_options& o) {
  const auto& net = source.network();
  const date day = day_or_last(source, text(o.as_of, "as_of"), "as_of");
  // Ties between partners, unless others are named: who is in touch, who sits together.
  const undirected_view view(net, {.edges = kinds<edge_kind>(o.edges, o.n_edges, "edges", edge_kind::communicates_with | edge_kind::member_of),
                                   .as_of = day,
                                   .nodes = kinds<node_kind>(o.nodes, o.n_nodes, "nodes", node_kind::person | node_kind::organization | node_kinds{node_kind::group})});
  structure_options paths;
  paths.sources = static_cast<std::uint32_t>(std::min<std::uint64_t>(o.sources, UINT32_MAX));
  paths.seed = o.seed;
  switch (what) {
    case shape::whole: return whole_structure(view, paths);
    case shape::nodes: return node_structure(view, paths);
    case shape::bridges: return bridges(view);
    case shape::mixing: return sector_mixing(view);
    case shape::trust: return trust_by_pair(net, day);
    case shape::group_trust: return trust_by_group(net, day);
    case shape::without_backbone: {
      std::set<node_ref> backbones;
      const auto& serves = net.edges(edge_kind::serves_as_backbone);
      for (relation::row_index row = 0; row < serves.size(); ++row)
        if (serves.validity(row).contains(day)) backbones.insert(net.node(serves.from(row)));
      if (backbones.empty()) refuse("no backbone is in force on " + day.to_string());
      return structure_without(view, backbones);
    }
    case shape::changes: break;
  }
  const auto earlier = optional_date(o.compare, "compare");
  if (!earlier) refuse("compare: name the earlier day");
  return changes_between(net, *earlier, day);
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_structure(const cw_initiative* initiative, const char* what, size_t what_size, const cw_view_options* options, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto o = capi::options(options, cw_view_options CW_VIEW_OPTIONS_INIT);
    return structure(i.value, word<shape>({what, what_size}, "what").value_or(shape::whole), o);
  });
}
int32_t cw_graph(const cw_initiative* initiative, const char* format, size_t format_size, const cw_view_options* options, cw_buffer** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto source = hold(initiative);
    const auto o = capi::options(options, cw_view_options CW_VIEW_OPTIONS_INIT);
    const auto as = word<graph_format>({format, format_size}, "format").value_or(graph_format::dot);
    const network_view view(source->value.network(), {.edges = kinds<edge_kind>(o.edges, o.n_edges, "edges"),
                                                      .as_of = optional_date(o.as_of, "as_of"),
                                                      .nodes = kinds<node_kind>(o.nodes, o.n_nodes, "nodes")});
    std::ostringstream drawn;
    drawn.exceptions(std::ios::badbit);
    write_graph(drawn, view, as);
    to.set(capi::publish<cw_buffer>(std::make_unique<buffer_object>(std::move(drawn).str())));
  });
}
