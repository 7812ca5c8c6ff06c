// SPDX-License-Identifier: Apache-2.0
// The conditions named in snapshot_checks.hpp.
#include "formats/packed/packed_checks.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <utility>

#include <commonweal/measure/detail/record_checks.hpp>

namespace commonweal::inline v0::detail {

namespace {

class checker {
 public:
  checker(const network& net, const measures& data, const record_tables& records, error_code code)
      : net_(net), data_(data), records_(records), code_(code) {}

  void run() const {
    indicators();
    panels();
    targets();
    for (std::size_t k = 0; k < edge_kind_count; ++k) edges(static_cast<edge_kind>(k));
    records();
  }

 private:
  void require(bool holds, const char* why) const {
    if (holds) return;
    if (code_ != error_code::invalid_data) throw error(code_, std::string("this cannot be packed: ") + why);
    diagnostic d;
    d.code = "damaged_file";
    d.message = std::string("damaged snapshot: ") + why + "; take the file from a copy or write it again";
    throw error(code_, std::move(d));
  }

  [[nodiscard]] bool exists(node_ref n) const { return n.index < net_.size(n.kind); }
  [[nodiscard]] bool exists(indicator_id i) const { return i.value < data_.indicators.size(); }

  void indicators() const {
    require(data_.indicators.size() == net_.size(node_kind::indicator), "each indicator needs one definition");
    for (std::uint32_t i = 0; i < data_.indicators.size(); ++i) {
      const auto& d = data_.indicators[i];
      require(d.node == indicator_id{i} && d.id == net_.id(d.node), "a definition is not that of its indicator");
    }
  }

  void panels() const {
    const panel* before = nullptr;
    for (const auto& p : data_.panels) {
      require(exists(p.indicator), "a panel is of no indicator there is");
      require(before == nullptr || std::tie(before->indicator, before->breakdown) < std::tie(p.indicator, p.breakdown),
              "panels are not in ascending order of indicator and breakdown");
      before = &p;
      shapes(p);
      for (std::size_t r = 0; r < p.reporters.size(); ++r) {
        const auto n = p.reporters[r];
        require(n.kind == node_kind::organization || n.kind == node_kind::group,
                "a reporter is neither an organization nor a group");
        require(exists(n), "a reporter is no node there is");
        require(r == 0 || p.reporters[r - 1] < n, "the reporters of a panel are not in ascending order");
      }
      marks(p, p.suppressed);
      marks(p, p.not_expected);
      std::size_t i = 0;
      for (const auto cell : p.suppressed) {
        while (i < p.not_expected.size() && p.not_expected[i] < cell) ++i;
        require(i == p.not_expected.size() || p.not_expected[i] != cell, "a cell is both suppressed and not expected");
      }
    }
  }

  void shapes(const panel& p) const {
    require(static_cast<std::size_t>(p.value.rows()) == p.reporters.size(), "a panel has not one row a reporter");
    for (const auto* part : {&p.numerator, &p.denominator})
      require((part->rows() == 0 && part->cols() == 0) ||
                  (part->rows() == p.value.rows() && part->cols() == p.value.cols()),
              "a panel's parts differ in shape");
  }

  void marks(const panel& p, const std::vector<std::uint64_t>& cells) const {
    const auto missing = [](const panel_matrix& m, std::uint64_t cell) {
      return m.size() == 0 || std::isnan(m.data()[cell]);
    };
    for (std::size_t i = 0; i < cells.size(); ++i) {
      require(cells[i] < static_cast<std::uint64_t>(p.value.size()), "a marked cell is outside its panel");
      require(i == 0 || cells[i - 1] < cells[i], "the marked cells of a panel are not in ascending order");
      require(missing(p.value, cells[i]) && missing(p.numerator, cells[i]) && missing(p.denominator, cells[i]),
              "a cell that is suppressed or not expected has a value");
    }
  }

  void targets() const {
    const auto key = [](const target& t) { return std::tie(t.indicator, t.of, t.kind, t.period); };
    for (std::size_t i = 0; i < data_.targets.size(); ++i) {
      const auto& t = data_.targets[i];
      require(exists(t.indicator), "a target is of no indicator there is");
      require(t.of == node_ref{} || exists(t.of), "a target is for no node there is");
      require(i == 0 || key(data_.targets[i - 1]) <= key(t),
              "targets are not in ascending order of indicator, node, kind and period");
    }
  }

  void edges(edge_kind kind) const {
    const auto& rule = rule_of(kind);
    if (rule.parallel != parallel_rule::merge) return;
    const auto& rows = net_.edges(kind);
    constexpr const char* twice = "an edge is told twice for one day";
    for (relation::row_index r = 0; r < rows.size(); ++r) {
      // Rows of one pair are sorted by start and, if none before overlapped, by end.
      if (r != 0 && rows.from(r - 1) == rows.from(r) && rows.to(r - 1) == rows.to(r))
        require(!rows.validity(r - 1).overlaps(rows.validity(r)), twice);
      if (!rule.symmetric || rows.from(r) < rows.to(r)) continue;
      const auto back = rows.out(rows.to(r));
      const auto at = std::ranges::lower_bound(back, rows.from(r), {}, [&](auto b) { return rows.to(b); });
      for (auto b = at; b != back.end() && rows.to(*b) == rows.from(r); ++b)
        require(!rows.validity(*b).overlaps(rows.validity(r)), twice);
    }
  }

  void records() const {
    for (const auto& named : records_) {
      const auto& file = named.first;
      const table& rows = named.second;
      const record_rule* rule = find_record_rule(file);
      if (rule == nullptr) continue;
      const auto stop = [&](std::size_t r, severity s, std::string code, std::string_view field, std::string message) {
        if (s == severity::error)
          throw error(code_, diagnostic{s,
                                        std::move(code),
                                        file,
                                        static_cast<std::int64_t>(r) + 2,
                                        std::string(field),
                                        {},
                                        std::move(message)});
      };
      check_fields(rule->fields, rows, net_, stop);
      check_links(*rule, rows, records_, stop);
      check_key(
          *rule, rows, [](std::size_t first, std::size_t) { return "row " + std::to_string(first + 2); }, stop);
    }
  }

  const network& net_;
  const measures& data_;
  const record_tables& records_;
  error_code code_;
};

} // namespace

void check_initiative(const network& net, const measures& data, const record_tables& records, error_code code) {
  checker(net, data, records, code).run();
}

} // namespace commonweal::inline v0::detail
