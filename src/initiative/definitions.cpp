// SPDX-License-Identifier: Apache-2.0
// Indicator definitions out of the attributes of indicator nodes.
#include <commonweal/initiative/initiative_builder.hpp>

#include <cstdint>
#include <string>

#include <commonweal/measure/operator_text.hpp>

namespace commonweal::inline v0 {

namespace {

/// The attributes of one indicator; blank where a column is absent or null.
class attribute_row {
 public:
  attribute_row(const table& attributes, std::size_t row) : attributes_(attributes), row_(row) {}

  [[nodiscard]] std::string text(std::string_view name) const {
    const column* c = given(name, column_type::utf8);
    return c == nullptr ? std::string() : std::string(c->text(row_));
  }
  /// The named enumerator, or `otherwise` where blank. The network has refused all that the schema does not allow.
  template <named_enum E>
  [[nodiscard]] E choice(std::string_view name, E otherwise) const {
    return parse_enum<E>(text(name)).value_or(otherwise);
  }
  template <class T>
  [[nodiscard]] T value(std::string_view name, column_type type, T otherwise) const {
    const column* c = given(name, type);
    if constexpr (std::is_same_v<T, bool>) return c == nullptr ? otherwise : c->values<std::uint8_t>()[row_] != 0;
    else return c == nullptr ? otherwise : c->values<T>()[row_];
  }

 private:
  [[nodiscard]] const column* given(std::string_view name, column_type type) const {
    const column* c = attributes_.find(name);
    return c == nullptr || c->type() != type || c->is_null(row_) ? nullptr : c;
  }
  const table& attributes_;
  std::size_t row_;
};

} // namespace

std::vector<indicator_definition> definitions_of(const network& net) {
  std::vector<indicator_definition> out;
  out.reserve(net.size(node_kind::indicator));
  for (std::uint32_t i = 0; i < net.size(node_kind::indicator); ++i) {
    const indicator_id node{i};
    const attribute_row row(net.attributes(node_kind::indicator), i);
    indicator_definition d;
    d.node = node;
    d.id = net.id(node);
    d.name = net.name(node);
    d.unit = row.text("unit");
    d.kind = row.choice("kind", indicator_kind::amount);
    d.direction = row.choice("direction", direction::none);
    d.nature = row.choice("nature", nature::flow);
    const auto groups = parse_operator(row.text("over_groups"));
    const auto time = parse_operator(row.text("over_time"));
    d.over_groups = groups ? groups->op : default_over_groups(d.kind);
    d.over_time = time ? time->op : default_over_time(d.kind, d.nature);
    if (groups) d.groups_percent = groups->percent;
    if (time) d.time_percent = time->percent;
    d.order = row.choice("order", operator_order::time_then_groups);
    d.lead = row.text("lead");
    d.level = row.text("level");
    d.counts_people = row.value("counts_people", column_type::boolean, false);
    d.unduplicated = row.choice("unduplicated", unduplicated_method::bounds);
    d.factor = row.value("factor", column_type::float64, 1.0);
    d.formula = row.text("formula");
    d.formula_level = row.choice("formula_level", formula_level::aggregate);
    d.look_back = row.value("look_back", column_type::int64, d.look_back);
    d.version = row.text("version");
    d.vocabulary = row.text("vocabulary");
    d.code = row.text("code");
    out.push_back(std::move(d));
  }
  return out;
}

} // namespace commonweal::inline v0
