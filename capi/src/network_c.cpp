// SPDX-License-Identifier: Apache-2.0
// The shape of the network, and the network for graph programs.
#include <algorithm>
#include <sstream>

#include <commonweal/formats/graph_export.hpp>

#include "answers/judge.hpp"
#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

/// Nothing where no kind is named.
template <class Kind>
std::optional<kind_set<Kind>> kinds(const cw_text* items, std::size_t count, const char* name) {
  check_list(items, count, name);
  if (count == 0) return std::nullopt;
  kind_set<Kind> out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto kind = word<Kind>(items[i], name);
    if (!kind) refuse(std::string(name) + ": a kind is blank");
    out = out | kind_set<Kind>(*kind);
  }
  return out;
}

answers::structure_request request_of(const cw_view_options& o) {
  answers::structure_request r;
  r.edges = kinds<edge_kind>(o.edges, o.n_edges, "edges");
  r.nodes = kinds<node_kind>(o.nodes, o.n_nodes, "nodes");
  r.as_of = optional_date(o.as_of, "as_of");
  r.compare = optional_date(o.compare, "compare");
  r.paths.sources = static_cast<std::uint32_t>(std::min<std::uint64_t>(o.sources, UINT32_MAX));
  r.paths.seed = o.seed;
  return r;
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_structure(const cw_initiative* initiative, const char* what, size_t what_size,
                     const cw_view_options* options, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return answer(initiative, out, err, [&](const initiative_object& i) {
    const auto o = capi::options(options, cw_view_options CW_VIEW_OPTIONS_INIT);
    return answers::structure(
        i.value, word<answers::structure_part>({what, what_size}, "what").value_or(answers::structure_part::whole),
        request_of(o), progress_of(o.progress));
  });
}
int32_t cw_graph(const cw_initiative* initiative, const char* format, size_t format_size,
                 const cw_view_options* options, cw_buffer** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    const auto source = hold(initiative);
    const auto o = capi::options(options, cw_view_options CW_VIEW_OPTIONS_INIT);
    const auto as = word<graph_format>({format, format_size}, "format").value_or(graph_format::dot);
    const network_view view(source->value.network(),
                            {.edges = kinds<edge_kind>(o.edges, o.n_edges, "edges").value_or(edge_kinds::all()),
                             .as_of = optional_date(o.as_of, "as_of"),
                             .nodes = kinds<node_kind>(o.nodes, o.n_nodes, "nodes").value_or(node_kinds::all())});
    std::ostringstream drawn;
    drawn.exceptions(std::ios::badbit);
    write_graph(drawn, view, as);
    to.set(capi::publish<cw_buffer>(std::make_unique<buffer_object>(std::move(drawn).str())));
  });
}
