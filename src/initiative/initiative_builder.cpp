// SPDX-License-Identifier: Apache-2.0
// Where each table goes, and what holds between them.
#include <commonweal/initiative/initiative_builder.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_set>
#include <utility>

#include <commonweal/core/error.hpp>
#include <commonweal/initiative/model_files.hpp>
#include <commonweal/measure/formula.hpp>
#include <commonweal/measure/records.hpp>

#include "initiative/observation_reader.hpp"
#include "initiative/record_reader.hpp"
#include "initiative/table_checks.hpp"

namespace commonweal::inline v0 {

namespace {

std::optional<node_kind> node_file(std::string_view file) {
  for (const auto& r : schema::node_rules)
    if (r.file == file) return r.kind;
  return std::nullopt;
}
std::optional<edge_kind> edge_file(std::string_view file) {
  for (const auto& r : schema::edge_rules)
    if (r.file == file) return r.kind;
  return std::nullopt;
}

/// The ids alone, kept beside the builder: where the network is refused, they still tell whether an id is known, so
/// that the findings of all files come at once.
class id_keeper {
 public:
  void keep(node_kind kind, const table& rows) {
    const column* ids = rows.find("id");
    if (ids == nullptr || ids->type() != column_type::utf8) return;
    for (std::size_t r = 0; r < rows.rows(); ++r) {
      if (ids->is_null(r) || ids->text(r).empty()) continue;
      kinds_.push_back(kind);
      ids_.push_back(ids->text(r));
      if (kind == node_kind::indicator) definitions_.push_back(rough(rows, r));
    }
  }
  /// A network of nodes without edges and dates, and rough definitions for its indicators.
  network skeleton(std::vector<indicator_definition>& definitions) const {
    network_builder b;
    std::unordered_set<std::string_view> taken;
    std::size_t indicators = 0;
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      const bool is_indicator = kinds_[i] == node_kind::indicator;
      const std::size_t at = indicators;
      indicators += is_indicator ? 1 : 0;
      if (!taken.insert(ids_[i]).second) continue;
      add(b, kinds_[i], ids_[i]);
      if (!is_indicator) continue;
      definitions.push_back(definitions_[at]);
      definitions.back().node = indicator_id{static_cast<std::uint32_t>(definitions.size() - 1)};
      definitions.back().id = ids_[i];
    }
    return b.finish();
  }
  void drop() { *this = {}; }

 private:
  static indicator_definition rough(const table& rows, std::size_t r) {
    const auto text = [&](const char* name) {
      const column* c = rows.find(name);
      return c == nullptr || c->type() != column_type::utf8 || c->is_null(r) ? std::string() : std::string(c->text(r));
    };
    indicator_definition d;
    d.kind = parse_enum<indicator_kind>(text("kind")).value_or(indicator_kind::amount);
    d.over_groups = aggregate_operator::none;
    d.formula = text("formula");
    return d;
  }
  static void add(network_builder& b, node_kind kind, std::string_view id) {
    switch (kind) {
      case node_kind::person: b.add<node_kind::person>(id); break;
      case node_kind::organization: b.add<node_kind::organization>(id); break;
      case node_kind::group: b.add<node_kind::group>(id); break;
      case node_kind::goal: b.add<node_kind::goal>(id); break;
      case node_kind::strategy: b.add<node_kind::strategy>(id); break;
      case node_kind::activity: b.add<node_kind::activity>(id); break;
      case node_kind::indicator: b.add<node_kind::indicator>(id); break;
    }
  }
  std::vector<node_kind> kinds_;
  utf8_values ids_;
  std::vector<indicator_definition> definitions_; // of the indicators among them, in order
};

} // namespace

struct initiative_builder::state {
  /// What is there once the network is closed; the readers borrow from the rest, so this never moves.
  struct closed {
    closed(network n, std::vector<indicator_definition> d, bool sound)
        : net(std::move(n)), definitions(std::move(d)), observations(net, definitions, sound), records(net) {}
    network net;
    std::vector<indicator_definition> definitions;
    detail::observation_reader observations;
    detail::record_reader records;
  };

  initiative_info info;
  network_builder builder;
  id_keeper ids;
  detail::row_origins indicator_rows;
  bool node_errors = false; // of an append, from files before the network was closed
  std::unique_ptr<closed> after;
  std::set<std::string, std::less<>> unread_told;

  void close(network net, std::vector<indicator_definition> definitions, bool sound, diagnostics& found) {
    after = std::make_unique<closed>(std::move(net), std::move(definitions), sound);
    check_definitions(found);
  }
  void close(diagnostics& found) {
    if (after) return;
    diagnostics of_network;
    network net = builder.finish(of_network);
    found.merge(of_network);
    if (!of_network.has_errors() && !node_errors) {
      ids.drop();
      auto definitions = definitions_of(net);
      close(std::move(net), std::move(definitions), true, found);
      return;
    }
    std::vector<indicator_definition> definitions;
    net = ids.skeleton(definitions);
    ids.drop();
    close(std::move(net), std::move(definitions), false, found);
  }

  void check_definitions(diagnostics& found) {
    diagnostics raw;
    check_formulas(after->definitions, raw);
    const auto place = [&](diagnostic d, std::uint64_t i) {
      // Where rows were refused, definitions and rows no longer correspond; the record still names the indicator.
      const bool corresponds = indicator_rows.size() == after->definitions.size();
      d.file = indicator_rows.size() > 0 ? indicator_rows.file(std::min(i, indicator_rows.size() - 1)) : "indicators";
      d.row = corresponds ? indicator_rows.row(i) : -1;
      return d;
    };
    for (const auto& d : raw.items()) found.add(place(d, static_cast<std::uint64_t>(d.row - 2)));
    for (std::uint64_t i = 0; i < after->definitions.size(); ++i) {
      const auto& d = after->definitions[i];
      if (d.factor == 0)
        found.add(place({severity::error,
                         "zero_factor",
                         {},
                         -1,
                         "factor",
                         d.id,
                         "a factor of zero makes every ratio zero; write 1 for a share, 100 for percent"},
                        i));
    }
  }

  /// Columns that the schema of observations or targets does not have cannot be kept in panels.
  void tell_unread(std::span<const field_rule> fields, const table& rows, const origin& from, diagnostics& found) {
    for (const auto& c : rows.columns()) {
      const bool known =
          std::any_of(fields.begin(), fields.end(), [&](const field_rule& f) { return f.name == c.name(); });
      if (known || !unread_told.insert(from.file + "/" + c.name()).second) continue;
      found.add({severity::warning,
                 "unread_column",
                 from.file,
                 1,
                 c.name(),
                 {},
                 "the schema has no column of this name, and it is not read"});
    }
  }
};

initiative_builder::initiative_builder(initiative_info info) : state_(std::make_unique<state>()) {
  state_->info = std::move(info);
}
initiative_builder::initiative_builder(initiative_info info, network net) : initiative_builder(std::move(info)) {
  diagnostics found;
  auto definitions = definitions_of(net);
  state_->close(std::move(net), std::move(definitions), true, found);
  if (found.has_errors()) throw error(error_code::invalid_data, found);
}
initiative_builder::~initiative_builder() = default;
initiative_builder::initiative_builder(initiative_builder&&) noexcept = default;
initiative_builder& initiative_builder::operator=(initiative_builder&&) noexcept = default;

void initiative_builder::append(std::string_view resource, const table& given, const origin& from, diagnostics& found) {
  state& s = *state_;
  const auto fields = fields_of(resource);
  diagnostics of_text;
  detail::check_writable(fields, given, from, of_text);
  s.node_errors = s.node_errors || (!s.after && of_text.has_errors());
  found.merge(of_text);
  std::optional<table> fitted;
  if (!detail::fits_schema(fields, given)) {
    fitted = given;
    if (!detail::fit_to_schema(fields, *fitted, from, found)) {
      s.node_errors = s.node_errors || !s.after;
      if (node_file(resource) && !s.after) s.ids.keep(*node_file(resource), *fitted);
      return;
    }
  }
  const table& rows = fitted ? *fitted : given;

  const auto node = node_file(resource);
  const auto edge = edge_file(resource);
  if (node || edge) {
    if (s.after)
      throw error(error_code::invalid_argument,
                  "the table " + std::string(resource) +
                      " came after the network was closed; append nodes and edges before all other tables");
    diagnostics here;
    if (node) {
      if (*node == node_kind::indicator) s.indicator_rows.add(from, rows.rows());
      s.ids.keep(*node, rows);
      s.builder.append_nodes(*node, rows, from, here);
    } else {
      s.builder.append_edges(*edge, rows, from, here);
    }
    s.node_errors = s.node_errors || here.has_errors();
    found.merge(here);
    return;
  }
  s.close(found);
  if (resource == "observations") {
    s.tell_unread(fields, rows, from, found);
    s.after->observations.append(rows, from, found);
  } else {
    if (resource == "targets") s.tell_unread(fields, rows, from, found);
    s.after->records.append(resource, rows, from, found);
  }
}

initiative initiative_builder::finish(diagnostics& found) {
  state& s = *state_;
  s.close(found);
  measures data;
  data.panels = s.after->observations.finish(found);
  record_tables records = s.after->records.finish(data, found);
  const std::unique_ptr<state> last = std::exchange(state_, std::make_unique<state>());
  if (found.has_errors()) throw error(error_code::invalid_data, found);
  data.indicators = std::move(last->after->definitions);
  return {std::move(last->info), std::move(last->after->net), std::move(data), std::move(records)};
}

} // namespace commonweal::inline v0
