// SPDX-License-Identifier: Apache-2.0
// An initiative as a folder: written beside its place, then put there by renaming.
#include <commonweal/load.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <new>
#include <sstream>
#include <system_error>

#include <commonweal/core/csv_table.hpp>
#include <commonweal/core/error.hpp>
#include <commonweal/formats/package.hpp>
#include <commonweal/initiative/initiative_builder.hpp>

#include "bytes/staged_folder.hpp"
#include "bytes/staging.hpp"
#include "formats/package/held_package.hpp"
#include "formats/package/package_text.hpp"

namespace commonweal::inline v0 {

namespace fs = std::filesystem;

namespace {

using detail::refuse_to_write;

/// A column is written where it says something: it is required, of the caller's own making, or not all blank.
table worth_writing(const table& all, const std::vector<field_rule>& fields) {
  table out;
  for (const auto& c : all.columns()) {
    const auto rule =
        std::find_if(fields.begin(), fields.end(), [&](const field_rule& f) { return f.name == c.name(); });
    const bool own = rule == fields.end();
    if (own || rule->required || c.null_count() < c.size()) out.add_column(c);
  }
  return out;
}

class folder_writer {
 public:
  folder_writer(const initiative& source, fs::path folder, const progress& tell)
      : source_(source), folder_(std::move(folder)), tell_(tell) {}

  void write(const std::vector<std::string>& stay) {
    const auto& net = source_.network();
    // A kind without rows has a file where the data brought columns of its own.
    for (const auto& r : schema::node_rules)
      if (net.size(r.kind) > 0 || net.attributes(r.kind).column_count() > r.attributes.size())
        write_table(r.file, net.node_table(r.kind));
    for (const auto& r : schema::edge_rules)
      if (net.edges(r.kind).size() > 0 || net.edges(r.kind).attributes().column_count() > r.attributes.size())
        write_table(r.file, net.edge_table(r.kind));
    if (!source_.measures().panels.empty()) write_observations();
    if (!source_.measures().targets.empty()) write_table("targets", targets());
    for (const auto& [name, rows] : source_.records())
      if (rows.column_count() > 0) write_table(name, rows); // of no column no file is made
    if (files_.empty())
      write_table("organizations", net.node_table(node_kind::organization)); // a package has a resource
    const std::string package = detail::package_text(source_.info(), files_, stay);
    std::ofstream out = open("datapackage.json");
    out << package;
    close(out, "datapackage.json");
  }

 private:
  std::ofstream open(const std::string& name) const {
    detail::make_private_file(folder_ / name);
    std::ofstream out(folder_ / name, std::ios::binary | std::ios::trunc);
    if (!out) refuse_to_write(folder_ / name, "the file cannot be made: " + std::generic_category().message(errno));
    return out;
  }
  void close(std::ofstream& out, const std::string& name) const {
    out.close();
    if (!out) refuse_to_write(folder_ / name, "the file cannot be written: " + std::generic_category().message(errno));
  }
  void report(std::string_view name, int steps = 1) {
    steps_ += steps;
    // Files are few; each counts as a step toward an end that is known only roughly.
    const double share = static_cast<double>(steps_) / static_cast<double>(steps_ + 4);
    if (tell_ && !tell_(share, "writing " + std::string(name)))
      throw error(error_code::cancelled, "writing the folder was cancelled");
  }

  void write_table(std::string_view file, const table& all) {
    const std::string name = std::string(file) + ".csv";
    report(name);
    if (file.empty() || file.find_first_of(std::string_view("/\\\0", 3)) != std::string_view::npos ||
        file.front() == '.')
      throw error(error_code::invalid_argument, "a record table named " + in_quotes(file) + " cannot be a file name");
    const auto fields = fields_of(file);
    const table rows = worth_writing(all, fields);
    detail::written_file f{std::string(file), {}};
    for (const auto& c : rows.columns()) f.columns.emplace_back(c.name(), c.type());
    std::ofstream out = open(name);
    write_csv(out, rows);
    close(out, name);
    files_.push_back(std::move(f));
  }

  table targets() const {
    table t({{"indicator", column_type::utf8},
             {"of", column_type::utf8},
             {"period", column_type::period},
             {"value", column_type::float64},
             {"kind", column_type::utf8},
             {"source", column_type::utf8}});
    const auto& net = source_.network();
    for (const auto& x : source_.measures().targets)
      t.append_row({net.id(x.indicator), x.of.valid() ? cell{net.id(x.of)} : cell{}, x.period, x.value,
                    to_string(x.kind), x.source.empty() ? cell{} : cell{std::string_view(x.source)}});
    return t;
  }

  void write_observations() {
    report("observations.csv");
    const auto& panels = source_.measures().panels;
    const auto any = [&](auto has) { return std::any_of(panels.begin(), panels.end(), has); };
    const bool parts = any([](const panel& p) { return p.numerator.size() + p.denominator.size() > 0; });
    const bool breakdowns = any([](const panel& p) { return !p.breakdown.empty(); });
    std::ofstream out = open("observations.csv");
    std::string text = std::string("reporter,indicator,period,value") + (parts ? ",numerator,denominator" : "") +
                       (breakdowns ? ",breakdown" : "") + ",status\n";
    for (const auto& p : panels) write_panel(p, parts, breakdowns, text, out);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    close(out, "observations.csv");
    detail::written_file f{"observations",
                           {{"reporter", column_type::utf8},
                            {"indicator", column_type::utf8},
                            {"period", column_type::period},
                            {"value", column_type::float64}}};
    if (parts) {
      f.columns.emplace_back("numerator", column_type::float64);
      f.columns.emplace_back("denominator", column_type::float64);
    }
    if (breakdowns) f.columns.emplace_back("breakdown", column_type::utf8);
    f.columns.emplace_back("status", column_type::utf8);
    files_.push_back(std::move(f));
  }

  void write_panel(const panel& p, bool parts, bool breakdowns, std::string& text, std::ofstream& out) {
    const auto& net = source_.network();
    const auto at = [](const panel_matrix& m, Eigen::Index r, Eigen::Index c) {
      return m.size() == 0 ? missing_value : m(r, c);
    };
    const Eigen::Index width = p.value.cols();
    std::vector<std::string> periods;
    for (Eigen::Index c = 0; c < width; ++c) periods.push_back(p.at(c).to_string());
    std::string indicator;
    write_csv_field(indicator, net.id(p.indicator));
    std::string breakdown;
    write_csv_field(breakdown, p.breakdown);
    // Rows that hold nothing, and a first or last period in which nobody gave anything, are part of a panel's shape:
    // they are written as what they are, missing.
    std::vector<bool> says(static_cast<std::size_t>(width), false);
    std::size_t suppressed = 0;
    std::size_t not_expected = 0;
    std::string reporter;
    const auto put = [&](Eigen::Index c, double v, double n, double d, std::string_view status) {
      text.append(reporter)
          .append(1, ',')
          .append(indicator)
          .append(1, ',')
          .append(periods[static_cast<std::size_t>(c)])
          .append(1, ',');
      const auto number = [&text](double x) {
        if (!std::isnan(x)) text += to_text(x);
      };
      number(v);
      if (parts) {
        text += ',';
        number(n);
        text += ',';
        number(d);
      }
      if (breakdowns) text.append(1, ',').append(breakdown);
      text.append(1, ',').append(status).append(1, '\n');
    };
    for (Eigen::Index r = 0; r < p.value.rows(); ++r) {
      reporter.clear();
      write_csv_field(reporter, net.id(p.reporters[static_cast<std::size_t>(r)]));
      bool row_says = false;
      for (Eigen::Index c = 0; c < width; ++c) {
        const auto cell = static_cast<std::uint64_t>(r * width + c);
        std::string_view status;
        if (suppressed < p.suppressed.size() && p.suppressed[suppressed] == cell) {
          status = "suppressed";
          ++suppressed;
        } else if (not_expected < p.not_expected.size() && p.not_expected[not_expected] == cell) {
          status = "not_expected";
          ++not_expected;
        }
        const double v = p.value(r, c);
        const double n = at(p.numerator, r, c);
        const double d = at(p.denominator, r, c);
        if (status.empty() && std::isnan(v) && std::isnan(n) && std::isnan(d)) continue;
        put(c, v, n, d, status);
        row_says = true;
        says[static_cast<std::size_t>(c)] = true;
      }
      if (!row_says && width > 0) {
        put(0, missing_value, missing_value, missing_value, "missing");
        says[0] = true;
      }
      if (text.size() < (std::size_t{1} << 18)) continue;
      report("observations.csv", 0); // a large file takes long: it can be stopped on the way
      out.write(text.data(), static_cast<std::streamsize>(text.size()));
      text.clear();
      if (!out)
        refuse_to_write(folder_ / "observations.csv",
                        "the file cannot be written: " + std::generic_category().message(errno));
    }
    if (p.value.rows() == 0 || width == 0) return;
    reporter.clear();
    write_csv_field(reporter, net.id(p.reporters[0]));
    for (const auto c : {Eigen::Index{0}, width - 1})
      if (!says[static_cast<std::size_t>(c)]) {
        put(c, missing_value, missing_value, missing_value, "missing");
        says[static_cast<std::size_t>(c)] = true;
      }
  }

  const initiative& source_;
  fs::path folder_;
  const progress& tell_;
  std::vector<detail::written_file> files_;
  int steps_ = 0;
};

} // namespace

void write_folder(const initiative& source, const fs::path& folder, const progress& tell) {
  if (definitions_of(source.network()) != source.measures().indicators)
    throw error(
        error_code::invalid_argument,
        "the indicator definitions differ from the attributes of the indicator nodes, so they cannot be written");
  detail::staged_folder staged(folder, [](const detail::held_folder& old) {
    if (!detail::is_own_package(old))
      refuse_to_write(
          old.path(),
          "the folder is not empty and holds no datapackage.json that was written by this library (property "
          "commonweal); name an empty or a new folder");
  });
  // Files that are no tables are described in the package and not held in memory: they stay where they are.
  std::vector<std::string> stay;
  for (auto& path : detail::paths_of_package(source.info().extra_json))
    if (staged.old() != nullptr && staged.old()->find_file(path).is == detail::held_file::state::open)
      stay.push_back(std::move(path));
  folder_writer(source, staged.open(), tell).write(stay);
  staged.place();
}

} // namespace commonweal::inline v0
