// SPDX-License-Identifier: Apache-2.0
// Body of analyze/group_contributions.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <commonweal/analyze/cascade.hpp>
#include <commonweal/analyze/detail/decompose_impl.hpp>
#include <commonweal/analyze/detail/reading_words.hpp>
#include <commonweal/analyze/group_contributions.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/network/named_node.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// A part of a group and which rows of the panel count in it at either time.
struct part_of_total {
  std::string id;
  std::string name;
  std::vector<bool> before, after;
  double was = 0, is = 0, within = 0, entry = 0, exit = 0, moved = 0;
  std::int64_t heard_before = 0, heard_after = 0;
  [[nodiscard]] double change() const { return within + entry + exit + moved; }
};

[[nodiscard]] inline std::vector<bool> rows_within(const network& net, const panel& data, const std::string& group,
                                                   date day) {
  std::vector<bool> out(data.reporters.size(), false);
  const std::vector<std::string> groups = {group};
  for (const auto who : cascade_of(net, data.reporters, day, groups).reporters)
    if (const auto row = data.row(who)) out[static_cast<std::size_t>(*row)] = true;
  return out;
}

[[nodiscard]] inline std::string reading_of(const part_of_total& p, double change, const measure_words& w) {
  if (p.heard_before == 0 && p.heard_after == 0) return p.name + " was not heard in either period.";
  std::vector<std::string> why;
  const auto add = [&](double x, const std::string& what) {
    if (x != 0) why.push_back((x > 0 ? "+" : "-") + with_unit(number_text(std::abs(x)), w.unit) + " " + what);
  };
  add(p.within, "by those heard in both periods");
  add(p.entry, "by those who came in");
  add(p.exit, "by those who dropped out");
  add(p.moved, "by those who went from part to part");
  std::string out = p.name + (p.change() > 0 ? " added " : p.change() < 0 ? " took away " : " changed nothing");
  if (p.change() != 0) out += with_unit(number_text(std::abs(p.change())), w.unit);
  if (p.change() != 0 && change != 0) {
    const double share = p.change() / change;
    out += share < 0 ? ", against the rest" : ", " + number_text(100 * share) + " % of the change of the whole";
  }
  return out + (why.empty() ? "." : ": " + text::enumeration(why) + ".");
}

} // namespace detail

COMMONWEAL_BODY table group_contributions(const network& net, const panel& data, std::string_view group, period before,
                                          period after, const measure_words& words) {
  const auto whole = node_named(net, node_kind::group, group).as<node_kind::group>();
  const auto [b, a] = detail::two_columns(data, before, after);
  const std::string id(group);
  const auto in_before = detail::rows_within(net, data, id, before.last_day());
  const auto in_after = detail::rows_within(net, data, id, after.last_day());

  std::vector<detail::part_of_total> parts;
  const auto& edges = net.edges(edge_kind::part_of);
  std::set<group_id> seen;
  for (const auto row : edges.in(net.vertex(whole))) {
    const auto child = net.node(edges.from(row)).as<node_kind::group>();
    const auto span = edges.validity(row);
    if (!(span.contains(before.last_day()) || span.contains(after.last_day())) || !seen.insert(child).second) continue;
    detail::part_of_total p;
    p.id = net.id(child);
    p.name = net.name(child).empty() ? p.id : std::string(net.name(child));
    p.before = detail::rows_within(net, data, p.id, before.last_day());
    p.after = detail::rows_within(net, data, p.id, after.last_day());
    // Below the part, and the part below the whole: both on that day.
    for (std::size_t r = 0; r < p.before.size(); ++r) {
      p.before[r] = p.before[r] && in_before[r];
      p.after[r] = p.after[r] && in_after[r];
    }
    const auto joined = [&](date day) {
      return std::ranges::any_of(edges.in(net.vertex(whole)), [&](auto e) {
        return net.node(edges.from(e)) == node_ref(child) && edges.validity(e).contains(day);
      });
    };
    if (!joined(before.last_day())) p.before.assign(p.before.size(), false);
    if (!joined(after.last_day())) p.after.assign(p.after.size(), false);
    parts.push_back(std::move(p));
  }
  detail::part_of_total direct;
  direct.name = "what is in no part";
  direct.before = in_before;
  direct.after = in_after;
  for (const auto& p : parts)
    for (std::size_t r = 0; r < p.before.size(); ++r) {
      if (p.before[r]) direct.before[r] = false;
      if (p.after[r]) direct.after[r] = false;
    }
  const auto any = [](const std::vector<bool>& v) { return std::find(v.begin(), v.end(), true) != v.end(); };
  if (any(direct.before) || any(direct.after)) parts.push_back(std::move(direct));

  for (std::size_t r = 0; r < data.reporters.size(); ++r) {
    const double x = in_before[r] ? data.value(static_cast<Eigen::Index>(r), b) : missing_value;
    const double y = in_after[r] ? data.value(static_cast<Eigen::Index>(r), a) : missing_value;
    const auto count = [&](auto member) {
      return static_cast<double>(std::ranges::count_if(parts, [&](const auto& p) { return (p.*member)[r]; }));
    };
    const double n_before = count(&detail::part_of_total::before);
    const double n_after = count(&detail::part_of_total::after);
    for (auto& p : parts) {
      const double was = p.before[r] ? 1 / n_before : 0;
      const double is = p.after[r] ? 1 / n_after : 0;
      if (was > 0 && !std::isnan(x)) p.was += was * x, ++p.heard_before;
      if (is > 0 && !std::isnan(y)) p.is += is * y, ++p.heard_after;
      if (!std::isnan(x) && !std::isnan(y)) {
        p.within += was * (y - x);
        p.moved += (is - was) * y;
      } else if (!std::isnan(y)) {
        p.entry += is * y;
      } else if (!std::isnan(x)) {
        p.exit -= was * x;
      }
    }
  }
  double change = 0;
  for (const auto& p : parts) change += p.change();
  std::stable_sort(parts.begin(), parts.end(), [](const auto& p, const auto& q) {
    return std::abs(p.change()) != std::abs(q.change()) ? std::abs(p.change()) > std::abs(q.change()) : p.id < q.id;
  });
  table out({{"group", column_type::utf8},
             {"name", column_type::utf8},
             {"before", column_type::float64},
             {"after", column_type::float64},
             {"change", column_type::float64},
             {"within", column_type::float64},
             {"entry", column_type::float64},
             {"exit", column_type::float64},
             {"moved", column_type::float64},
             {"share", column_type::float64},
             {"reporters_before", column_type::int64},
             {"reporters_after", column_type::int64},
             {"reading", column_type::utf8}});
  for (const auto& p : parts)
    out.append_row({p.id.empty() ? cell{} : cell{std::string_view(p.id)}, std::string_view(p.name),
                    p.heard_before > 0 ? cell{p.was} : cell{}, p.heard_after > 0 ? cell{p.is} : cell{}, p.change(),
                    p.within, p.entry, p.exit, p.moved, change == 0 ? cell{} : cell{p.change() / change},
                    p.heard_before, p.heard_after, std::string_view(detail::reading_of(p, change, words))});
  return out;
}

} // namespace commonweal::inline v0
