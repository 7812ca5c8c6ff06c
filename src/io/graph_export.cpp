// SPDX-License-Identifier: Apache-2.0
// DOT and GraphML by Boost's writers, GEXF by hand (no kept library writes it).
#include <commonweal/io/graph_export.hpp>

#include <array>
#include <charconv>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/property_map/dynamic_property_map.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <commonweal/core/error.hpp>

namespace commonweal::inline v0 {
namespace {

using vertex = network_view::vertex_descriptor;
using edge = network_view::edge_descriptor;

std::string number_text(double x) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), x).ptr};
}

/// Any cell as text; blank where null.
std::string text_of(const column& c, std::size_t row) {
  if (c.is_null(row)) return {};
  switch (c.type()) {
    case column_type::int64: return std::to_string(c.values<std::int64_t>()[row]);
    case column_type::float64: return number_text(c.values<double>()[row]);
    case column_type::utf8: return std::string(c.text(row));
    case column_type::boolean: return c.values<std::uint8_t>()[row] != 0 ? "true" : "false";
    case column_type::date: return c.values<date>()[row].to_string();
    case column_type::period: break;
  }
  return c.values<period>()[row].to_string();
}

std::string text_of(const table& attributes, const std::string& name, std::size_t row) {
  const auto* c = attributes.find(name);
  return c == nullptr ? std::string() : text_of(*c, row);
}

/// Control characters have no place in XML 1.0, and NUL none in DOT.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return out;
}

const table& attributes_of(const network_view& g, vertex v) { return g.network().attributes(g.node(v).kind); }
const table& attributes_of(const network_view& g, const edge& e) { return g.network().edges(e.kind).attributes(); }
std::size_t row_of(const network_view& g, vertex v) { return g.node(v).index; }
std::size_t row_of(const network_view&, const edge& e) { return e.row; }
interval span_of(const network_view& g, vertex v) { return g.network().life(g.node(v)); }
interval span_of(const network_view& g, const edge& e) { return g.network().edges(e.kind).validity(e.row); }

/// Names of all attributes that some node (edge) of the view has; "id", "name", "kind", "start" and "end" come apart.
std::set<std::string> node_columns(const network_view& g) {
  std::set<std::string> names;
  for (std::size_t k = 0; k < node_kind_count; ++k)
    if (g.selected().nodes.contains(static_cast<node_kind>(k)))
      for (const auto& c : g.network().attributes(static_cast<node_kind>(k)).columns())
        if (c.null_count() < c.size()) names.insert(c.name());
  return names;
}
std::set<std::string> edge_columns(const network_view& g) {
  std::set<std::string> names;
  for (std::size_t k = 0; k < edge_kind_count; ++k)
    if (g.selected().edges.contains(static_cast<edge_kind>(k)))
      for (const auto& c : g.network().edges(static_cast<edge_kind>(k)).attributes().columns())
        if (c.null_count() < c.size()) names.insert(c.name());
  return names;
}

/// Properties as Boost's writers want them. An attribute called like a property of every node keeps its name apart.
boost::dynamic_properties properties_of(const network_view& g) {
  boost::dynamic_properties out;
  const auto node = [&](const std::string& name, auto f) {
    out.property(name, boost::make_function_property_map<vertex>(f));
  };
  const auto link = [&](const std::string& name, auto f) {
    out.property(name, boost::make_function_property_map<edge>(f));
  };
  node("id", [&g](vertex v) { return printable(g.id(v)); });
  node("label", [&g](vertex v) { return printable(g.network().name(g.node(v))); });
  node("node_kind", [&g](vertex v) { return std::string(to_string(g.node(v).kind)); });
  node("start", [&g](vertex v) { return span_of(g, v).start.to_string(); });
  node("end", [&g](vertex v) { return span_of(g, v).end.to_string(); });
  for (const auto& name : node_columns(g))
    node(name, [&g, name](vertex v) { return printable(text_of(attributes_of(g, v), name, row_of(g, v))); });
  link("edge_kind", [](const edge& e) { return std::string(to_string(e.kind)); });
  link("start", [&g](const edge& e) { return span_of(g, e).start.to_string(); });
  link("end", [&g](const edge& e) { return span_of(g, e).end.to_string(); });
  for (const auto& name : edge_columns(g))
    link(name, [&g, name](const edge& e) { return printable(text_of(attributes_of(g, e), name, row_of(g, e))); });
  return out;
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  return out;
}

std::string_view gexf_type(column_type t) {
  switch (t) {
    case column_type::int64: return "long";
    case column_type::float64: return "double";
    case column_type::boolean: return "boolean";
    case column_type::utf8:
    case column_type::date:
    case column_type::period: break;
  }
  return "string";
}

/// Attributes of one class (node or edge): name -> (number, type). A name with two types is text.
class gexf_attributes {
 public:
  void add(const table& attributes) {
    for (const auto& c : attributes.columns()) {
      if (c.null_count() == c.size()) continue;
      const auto [it, fresh] = types_.try_emplace(c.name(), gexf_type(c.type()));
      if (!fresh && it->second != gexf_type(c.type())) it->second = "string";
    }
  }
  void declare(std::ostream& out, std::string_view of) const {
    out << "  <attributes class=\"" << of << "\">\n   <attribute id=\"0\" title=\"kind\" type=\"string\"/>\n";
    for (std::size_t i = 1; const auto& [name, type] : types_)
      out << "   <attribute id=\"" << i++ << "\" title=\"" << xml(name) << "\" type=\"" << type << "\"/>\n";
    out << "  </attributes>\n";
  }
  void write(std::ostream& out, std::string_view kind, const table& attributes, std::size_t row) const {
    out << "<attvalues><attvalue for=\"0\" value=\"" << kind << "\"/>";
    for (std::size_t i = 0; const auto& [name, type] : types_) {
      ++i;
      const auto* c = attributes.find(name);
      if (c != nullptr && !c->is_null(row))
        out << "<attvalue for=\"" << i << "\" value=\"" << xml(text_of(*c, row)) << "\"/>";
    }
    out << "</attvalues>";
  }

 private:
  std::map<std::string, std::string_view> types_;
};

// GEXF ends are inclusive, ours are not.
std::string gexf_span(const interval& span) {
  std::string out;
  if (span.start.is_bounded()) out += " start=\"" + span.start.to_string() + "\"";
  if (span.end.is_bounded()) out += " end=\"" + span.end.plus_days(-1).to_string() + "\"";
  return out;
}

void write_gexf(std::ostream& out, const network_view& g) {
  gexf_attributes of_nodes, of_edges;
  for (std::size_t k = 0; k < node_kind_count; ++k)
    if (g.selected().nodes.contains(static_cast<node_kind>(k)))
      of_nodes.add(g.network().attributes(static_cast<node_kind>(k)));
  for (std::size_t k = 0; k < edge_kind_count; ++k)
    if (g.selected().edges.contains(static_cast<edge_kind>(k)))
      of_edges.add(g.network().edges(static_cast<edge_kind>(k)).attributes());
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
         " <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\">\n";
  of_nodes.declare(out, "node");
  of_edges.declare(out, "edge");
  out << "  <nodes>\n";
  for (auto [v, end] = vertices(g); v != end; ++v) {
    out << "   <node id=\"" << xml(g.id(*v)) << "\" label=\"" << xml(g.network().name(g.node(*v))) << '"'
        << gexf_span(span_of(g, *v)) << '>';
    of_nodes.write(out, to_string(g.node(*v).kind), attributes_of(g, *v), row_of(g, *v));
    out << "</node>\n";
  }
  out << "  </nodes>\n  <edges>\n";
  for (auto [e, end] = edges(g); e != end; ++e) {
    const edge x = *e;
    out << "   <edge id=\"" << to_string(x.kind) << '-' << x.row << "\" source=\"" << xml(g.id(x.source))
        << "\" target=\"" << xml(g.id(x.target)) << "\" label=\"" << to_string(x.kind) << '"'
        << gexf_span(span_of(g, x)) << '>';
    of_edges.write(out, to_string(x.kind), attributes_of(g, x), row_of(g, x));
    out << "</edge>\n";
  }
  out << "  </edges>\n </graph>\n</gexf>\n";
}

} // namespace

void write_graph(std::ostream& out, const network_view& view, graph_format format) {
  const auto numbers = boost::make_function_property_map<vertex>([](vertex v) { return static_cast<std::size_t>(v); });
  switch (format) {
    case graph_format::dot: boost::write_graphviz_dp(out, view, properties_of(view), "id"); break;
    case graph_format::graphml: boost::write_graphml(out, view, numbers, properties_of(view), true); break;
    case graph_format::gexf: write_gexf(out, view); break;
  }
  if (!out) throw error(error_code::io, "cannot write the graph");
}

} // namespace commonweal::inline v0
