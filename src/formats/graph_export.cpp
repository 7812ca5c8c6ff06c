// SPDX-License-Identifier: Apache-2.0
// DOT, GraphML and GEXF, each in one pass over nodes and edges; what data may not steer is escaped here.
#include <commonweal/formats/graph_export.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/core/values.hpp>
#include <commonweal/initiative/model_files.hpp>

namespace commonweal::inline v0 {
namespace {

using vertex = network_view::vertex_descriptor;
using edge = network_view::edge_descriptor;

/// `text` without the characters that XML 1.0 has no place for (and DOT none for NUL): each becomes U+FFFD.
std::string printable(std::string_view text, std::size_t& replaced) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    const auto three = text.substr(i, 3);
    const bool none = three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF"; // U+FFFE, U+FFFF
    if (!control && !none) {
      out += c;
      continue;
    }
    out += "\xEF\xBF\xBD";
    ++replaced;
    if (none) i += 2;
  }
  return out;
}

/// Text as the value of an XML attribute or element: line ends and tabs come back as they are.
std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\t': out += "&#9;"; break;
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      default: out += c;
    }
  return out;
}

/// An identifier of DOT: bare where it is a word and no keyword, else in quotes. Every backslash is doubled, so that
/// none escapes the closing quote or begins one of Graphviz's own sequences (\N, \G, \l), and different texts stay
/// different.
std::string dot_id(std::string_view text) {
  constexpr std::array<std::string_view, 6> keywords = {"node", "edge", "graph", "digraph", "subgraph", "strict"};
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (!text.empty() && letter(text[0]) &&
      std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || digit(c); }) &&
      std::find(keywords.begin(), keywords.end(), lower) == keywords.end())
    return std::string(text);
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) switch (text[i]) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\r':
        if (i + 1 == text.size() || text[i + 1] != '\n') out += "\\n";
        break;
      case '\n': out += "\\n"; break;
      default: out += text[i];
    }
  return out + '"';
}

/// A label of DOT shows its text: Graphviz would read &lt; or &#65; in it as the character.
std::string dot_label(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '&') continue;
    const auto end = text.find_first_not_of("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", i + 1);
    if (end != std::string_view::npos && text[end] == ';') out += "amp;";
  }
  return dot_id(out);
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

/// Any cell as text; blank where null.
std::string text_of(const column* c, std::size_t row, std::size_t& replaced) {
  std::string out;
  if (c == nullptr) return out;
  if (c->type() == column_type::utf8) return printable(c->text(row), replaced);
  write_cell(out, c->at(row));
  return out;
}

/// The columns of all kinds of node, or of edge, that say something: what they are called, and where they are.
class attributes {
 public:
  struct attribute {
    std::string name;         ///< what it is called outside
    std::string_view type;    ///< for GEXF; text where kinds differ
    bool of_the_model = true; ///< false for a column of the caller's own making
  };

  void add(std::size_t kind, std::string_view file, const table& columns) {
    const auto fields = fields_of(file);
    if (of_kind_.size() <= kind) of_kind_.resize(kind + 1);
    for (const auto& c : columns.columns()) {
      if (c.null_count() == c.size()) continue;
      const bool known = std::any_of(fields.begin(), fields.end(), [&](const auto& f) { return f.name == c.name(); });
      auto [it, fresh] = columns_.try_emplace(c.name(), attribute{c.name(), gexf_type(c.type()), known});
      if (it->second.type != gexf_type(c.type())) it->second.type = "string";
      it->second.of_the_model = it->second.of_the_model && known;
      of_kind_[kind][c.name()] = &c;
    }
  }
  /// Gives columns that the predicate names a prefix that no other name has. Then nothing is added any more.
  template <class Clashes>
  void close(Clashes clashes, std::size_t& replaced) {
    std::set<std::string> taken;
    for (auto& [name, a] : columns_) {
      a.name = printable(name, replaced);
      while (!clashes(a) && !taken.insert(a.name).second) a.name += '_'; // two that a replaced character made one
    }
    for (auto& [name, a] : columns_) {
      if (!clashes(a)) continue;
      do a.name.insert(0, "data_");
      while (!taken.insert(a.name).second);
    }
    for (const auto& [name, a] : columns_) list_.push_back(a);
    for (const auto& of : of_kind_) {
      auto& places = places_.emplace_back();
      for (const auto& [name, a] : columns_) {
        const auto it = of.find(name);
        places.push_back(it == of.end() ? nullptr : it->second);
      }
    }
  }
  [[nodiscard]] const std::vector<attribute>& all() const { return list_; }
  /// The column of the attribute `which` at nodes (edges) of a kind; null where that kind has none.
  [[nodiscard]] const column* at(std::size_t kind, std::size_t which) const { return places_[kind][which]; }

 private:
  std::map<std::string, attribute> columns_; // by their own names
  std::vector<std::map<std::string, const column*>> of_kind_;
  std::vector<attribute> list_;
  std::vector<std::vector<const column*>> places_; // [kind][attribute]
};

class writer {
 public:
  writer(std::ostream& out, const network_view& g, graph_format format) : out_(out), g_(g), nodes_(), edges_() {
    const auto& net = g.network();
    for (std::size_t k = 0; k < node_kind_count; ++k)
      if (const auto kind = static_cast<node_kind>(k); g.selected().nodes.contains(kind))
        nodes_.add(k, rule_of(kind).file, net.attributes(kind));
    for (std::size_t k = 0; k < edge_kind_count; ++k)
      if (const auto kind = static_cast<edge_kind>(k); g.selected().edges.contains(kind))
        edges_.add(k, rule_of(kind).file, net.edges(kind).attributes());
    // In GEXF attributes lie apart from what every node has; in DOT each name may mean something to Graphviz (URL,
    // shape, image), of which none of the model's does.
    static const std::set<std::string, std::less<>> own = {"id", "label", "node_kind", "edge_kind", "start", "end"};
    const auto clashes = [format](const attributes::attribute& a) {
      if (format == graph_format::gexf) return false;
      return (format == graph_format::dot && !a.of_the_model) || own.contains(a.name);
    };
    nodes_.close(clashes, replaced_);
    edges_.close(clashes, replaced_);
    name_vertices();
  }

  std::size_t dot();
  std::size_t graphml();
  std::size_t gexf();

 private:
  // A character that was replaced may make two ids one: then the later gets a mark.
  void name_vertices() {
    std::set<std::string> made;
    for (auto [v, end] = vertices(g_); v != end; ++v) {
      const auto before = replaced_;
      std::string id = printable(g_.id(*v), replaced_);
      if (replaced_ != before)
        while (g_.network().find(id) || !made.insert(id).second) id += '_';
      ids_.push_back(std::move(id));
    }
  }
  [[nodiscard]] std::string label(vertex v) { return printable(g_.network().name(g_.node(v)), replaced_); }
  [[nodiscard]] interval span(vertex v) const { return g_.network().validity(g_.node(v)); }
  [[nodiscard]] interval span(const edge& e) const { return g_.network().edges(e.kind).validity(e.row); }
  [[nodiscard]] std::size_t kind(vertex v) const { return static_cast<std::size_t>(g_.node(v).kind); }
  [[nodiscard]] static std::size_t kind(const edge& e) { return static_cast<std::size_t>(e.kind); }
  [[nodiscard]] std::size_t row(vertex v) const { return g_.node(v).index; }
  [[nodiscard]] static std::size_t row(const edge& e) { return e.row; }

  /// Calls `put(name, text)` for all that a node or an edge has, by name, blank where it has none.
  template <class Thing, class Put>
  void each(const attributes& all, const Thing& x, std::vector<std::pair<std::string, std::string>> own, Put put) {
    for (std::size_t i = 0; i < all.all().size(); ++i)
      own.emplace_back(all.all()[i].name, text_of(all.at(kind(x), i), row(x), replaced_));
    std::sort(own.begin(), own.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [name, text] : own) put(name, text);
  }
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> of(vertex v) {
    return {{"label", label(v)},
            {"node_kind", std::string(to_string(g_.node(v).kind))},
            {"start", span(v).start.to_string()},
            {"end", span(v).end.to_string()}};
  }
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> of(const edge& e) const {
    return {{"edge_kind", std::string(to_string(e.kind))},
            {"start", span(e).start.to_string()},
            {"end", span(e).end.to_string()}};
  }

  void gexf_declare(const attributes& all, std::string_view of) {
    out_ << "  <attributes class=\"" << of << "\">\n   <attribute id=\"0\" title=\"kind\" type=\"string\"/>\n";
    for (std::size_t i = 0; i < all.all().size(); ++i)
      out_ << "   <attribute id=\"" << i + 1 << "\" title=\"" << xml(all.all()[i].name) << "\" type=\""
           << all.all()[i].type << "\"/>\n";
    out_ << "  </attributes>\n";
  }
  template <class Thing>
  void gexf_values(const attributes& all, const Thing& x, std::string_view kind_name) {
    out_ << "<attvalues><attvalue for=\"0\" value=\"" << kind_name << "\"/>";
    for (std::size_t i = 0; i < all.all().size(); ++i) {
      const auto* c = all.at(kind(x), i);
      if (c != nullptr && !c->is_null(row(x)))
        out_ << "<attvalue for=\"" << i + 1 << "\" value=\"" << xml(text_of(c, row(x), replaced_)) << "\"/>";
    }
    out_ << "</attvalues>";
  }
  // GEXF ends are inclusive, ours are not.
  [[nodiscard]] static std::string gexf_span(const interval& span) {
    std::string out;
    if (span.start.is_bounded()) out += " start=\"" + span.start.to_string() + "\"";
    if (span.end.is_bounded()) out += " end=\"" + span.end.plus_days(-1).to_string() + "\"";
    return out;
  }

  std::ostream& out_;
  const network_view& g_;
  attributes nodes_, edges_;
  std::vector<std::string> ids_; // by vertex
  std::size_t replaced_ = 0;
};

std::size_t writer::dot() {
  std::vector<std::string> ids;
  for (const auto& id : ids_) ids.push_back(dot_id(id));
  const char* between = "";
  const auto put = [&](const std::string& name, const std::string& text) {
    out_ << between << dot_id(name) << '=' << (name == "label" ? dot_label(text) : dot_id(text));
    between = ", ";
  };
  out_ << "digraph G {\n";
  for (auto [v, end] = vertices(g_); v != end; ++v) {
    out_ << ids[*v] << " [";
    between = "";
    each(nodes_, *v, of(*v), put);
    out_ << "];\n";
  }
  for (auto [e, end] = edges(g_); e != end; ++e) {
    const edge x = *e;
    out_ << ids[x.source] << "->" << ids[x.target] << "  [";
    between = "";
    each(edges_, x, of(x), put);
    out_ << "];\n";
  }
  out_ << "}\n";
  return replaced_;
}

std::size_t writer::graphml() {
  out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
          "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
          "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
  std::size_t keys = 0;
  const auto declare = [&](const attributes& all, std::vector<std::string> own, std::string_view of) {
    for (const auto& a : all.all()) own.push_back(a.name);
    std::sort(own.begin(), own.end());
    std::map<std::string, std::size_t, std::less<>> out;
    for (const auto& name : own) {
      out.emplace(name, keys);
      out_ << "  <key id=\"key" << keys++ << "\" for=\"" << of << "\" attr.name=\"" << xml(name)
           << "\" attr.type=\"string\" />\n";
    }
    return out;
  };
  const auto of_nodes = declare(nodes_, {"id", "label", "node_kind", "start", "end"}, "node");
  const auto of_edges = declare(edges_, {"edge_kind", "start", "end"}, "edge");
  out_ << "  <graph id=\"G\" edgedefault=\"directed\" parse.nodeids=\"canonical\" parse.edgeids=\"canonical\" "
          "parse.order=\"nodesfirst\">\n";
  const auto put = [&](const std::map<std::string, std::size_t, std::less<>>& known) {
    return [&](const std::string& name, const std::string& text) {
      out_ << "      <data key=\"key" << known.find(name)->second << "\">" << xml(text) << "</data>\n";
    };
  };
  for (auto [v, end] = vertices(g_); v != end; ++v) {
    out_ << "    <node id=\"n" << *v << "\">\n";
    auto own = of(*v);
    own.emplace_back("id", ids_[*v]);
    each(nodes_, *v, std::move(own), put(of_nodes));
    out_ << "    </node>\n";
  }
  std::size_t number = 0;
  for (auto [e, end] = edges(g_); e != end; ++e) {
    const edge x = *e;
    out_ << "    <edge id=\"e" << number++ << "\" source=\"n" << x.source << "\" target=\"n" << x.target << "\">\n";
    each(edges_, x, of(x), put(of_edges));
    out_ << "    </edge>\n";
  }
  out_ << "  </graph>\n</graphml>\n";
  return replaced_;
}

std::size_t writer::gexf() {
  out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
          " <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\">\n";
  gexf_declare(nodes_, "node");
  gexf_declare(edges_, "edge");
  out_ << "  <nodes>\n";
  for (auto [v, end] = vertices(g_); v != end; ++v) {
    out_ << "   <node id=\"" << xml(ids_[*v]) << "\" label=\"" << xml(label(*v)) << '"' << gexf_span(span(*v)) << '>';
    gexf_values(nodes_, *v, to_string(g_.node(*v).kind));
    out_ << "</node>\n";
  }
  out_ << "  </nodes>\n  <edges>\n";
  for (auto [e, end] = edges(g_); e != end; ++e) {
    const edge x = *e;
    out_ << "   <edge id=\"" << to_string(x.kind) << '-' << x.row << "\" source=\"" << xml(ids_[x.source])
         << "\" target=\"" << xml(ids_[x.target]) << "\" label=\"" << to_string(x.kind) << '"' << gexf_span(span(x))
         << '>';
    gexf_values(edges_, x, to_string(x.kind));
    out_ << "</edge>\n";
  }
  out_ << "  </edges>\n </graph>\n</gexf>\n";
  return replaced_;
}

} // namespace

std::size_t write_graph(std::ostream& out, const network_view& view, graph_format format) {
  writer to(out, view, format);
  const auto replaced = format == graph_format::dot       ? to.dot()
                        : format == graph_format::graphml ? to.graphml()
                                                          : to.gexf();
  if (!out) throw error(error_code::io, "the graph cannot be written");
  return replaced;
}

} // namespace commonweal::inline v0
