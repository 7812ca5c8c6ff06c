// SPDX-License-Identifier: Apache-2.0
// Partial rollups to canonical bytes and back.
#include <algorithm>
#include <array>
#include <cmath>

#include <commonweal/bytes/archive_values.hpp>
#include <commonweal/bytes/envelope.hpp>

#include "rollup/partial_state.hpp"

namespace commonweal::inline v0 {
namespace {

constexpr envelope_format format{{'C', 'W', 'R', 'O', 'L', 'L', '\r', '\n'}, "part of a rollup"};
constexpr section_tag options_section("options"), job_section("job"), reports_section("reports"), sums_section("sums");

[[noreturn]] void refuse_bytes(const std::string& why) {
  diagnostic d;
  d.code = "damaged_file";
  d.message = "these bytes are no part of a rollup: " + why;
  throw error(error_code::invalid_data, std::move(d));
}

/// Marks as runs of equal ones: u8 mark, u32 cells.
void write_cells(archive_writer& out, const std::vector<std::uint8_t>& cells) {
  std::vector<std::pair<std::uint8_t, std::uint32_t>> runs;
  for (const auto c : cells) {
    if (!runs.empty() && runs.back().first == c && runs.back().second != UINT32_MAX) ++runs.back().second;
    else runs.emplace_back(c, 1);
  }
  out << runs;
}
std::vector<std::uint8_t> read_cells(archive_reader& in, std::size_t size) {
  std::vector<std::pair<std::uint8_t, std::uint32_t>> runs;
  in >> runs;
  std::size_t whole = 0;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    const auto& [mark, count] = runs[k];
    if (mark > all_marks || count == 0) in.fail("a mark is malformed");
    if (k > 0 && runs[k - 1].first == mark && runs[k - 1].second != UINT32_MAX) in.fail("two runs are alike");
    whole += count;
    if (whole > size) in.fail("the marks are of more cells than there are");
  }
  if (whole != size) in.fail("the marks are of fewer cells than there are");
  std::vector<std::uint8_t> out;
  out.reserve(size);
  for (const auto& [mark, count] : runs) out.insert(out.end(), count, mark);
  return out;
}

void write_bytes(archive_writer& out, std::span<const std::byte> bytes) {
  out << static_cast<std::uint64_t>(bytes.size());
  out.save_binary(bytes.data(), bytes.size());
}
std::vector<std::byte> read_bytes(archive_reader& in) {
  std::uint64_t size = 0;
  in >> size;
  if (size > in.remaining()) in.fail("a part is longer than the bytes that are left");
  std::vector<std::byte> out(static_cast<std::size_t>(size));
  in.load_binary(out.data(), out.size());
  return out;
}

void write_sums(archive_writer& out, const engine::partial& p) { write_bytes(out, p.serialize()); }
engine::partial read_sums(archive_reader& in, const engine::plan& plan) {
  return engine::partial::deserialize(plan, read_bytes(in));
}

void write_options(archive_writer& out, const rollup_options& o) {
  out << o.indicators << o.groups << o.every << o.from << o.to << o.as_of << o.membership << o.missing
      << o.minimum_coverage << o.adjustment << o.breakdown;
}
rollup_options read_options(archive_reader& in) {
  rollup_options o;
  in >> o.indicators >> o.groups >> o.every >> o.from >> o.to >> o.as_of >> o.membership >> o.missing >>
      o.minimum_coverage >> o.adjustment >> o.breakdown;
  return o;
}

} // namespace

std::vector<std::byte> job_bytes(const network& net, const measures& data, const rollup_options& options) {
  archive_writer ids;
  for (const auto kind : {node_kind::organization, node_kind::group})
    for (std::uint32_t i = 0; i < net.size(kind); ++i) ids << std::string(net.id(node_ref{kind, i}));
  for (const auto& d : data.indicators) {
    ids << d.id << d.kind << d.over_groups << d.over_time << d.order << d.nature << d.counts_people << d.factor
        << d.formula << d.formula_level << d.look_back;
    if (d.over_groups == aggregate_operator::percentile) ids << d.groups_percent;
    if (d.over_time == aggregate_operator::percentile) ids << d.time_percent;
  }
  archive_writer out;
  write_options(out, options);
  out << net.size(node_kind::organization) << net.size(node_kind::group) << content_hash(ids.bytes());
  const auto bytes = out.bytes();
  return {bytes.begin(), bytes.end()};
}

std::vector<std::byte> partial_rollup::serialize() const {
  const state& s = *state_;
  envelope_writer out(format, 4);
  write_options(out.section(options_section), s.options);
  write_bytes(out.section(job_section), s.job);
  auto& reports = out.section(reports_section);
  for (const auto& [i, of] : s.reports) {
    reports << i << of.base << of.first << of.last << static_cast<std::uint32_t>(of.cells.size());
    for (const auto& [stretch, cells] : of.cells) {
      reports << stretch;
      write_cells(reports, cells);
    }
    reports << static_cast<std::uint32_t>(of.kept.size());
    for (const auto& k : of.kept) reports << k.reporter << k.when << k.value;
  }
  auto& sums = out.section(sums_section);
  for (const auto& [key, of] : s.sums) {
    sums << key.indicator << static_cast<std::uint8_t>(key.need) << static_cast<std::uint32_t>(of.size());
    for (const auto& [stretch, one] : of) {
      sums << stretch;
      write_sums(sums, one.value);
      if (one.other) write_sums(sums, *one.other);
      if (one.rest) write_sums(sums, *one.rest);
    }
  }
  return out.finish();
}

partial_rollup partial_rollup::deserialize(const network& net, const measures& data, std::span<const std::byte> bytes,
                                           const served_people* people) {
  const envelope file = envelope::open(bytes, format);
  file.expect(std::array{options_section, job_section, reports_section, sums_section});
  auto in = file.reader(options_section);
  auto options = read_options(in);
  in.finish();
  options.people = people;
  in = file.reader(job_section);
  const auto job = read_bytes(in);
  in.finish();

  std::optional<partial_rollup> out;
  try {
    out.emplace(net, data, options);
  } catch (const error& e) {
    if (e.code() == error_code::no_memory) throw;
    refuse_bytes(std::string("this initiative does not take their options (") + e.what() + ")");
  }
  state& s = *out->state_;
  if (job != s.job) refuse_bytes("they are of another initiative, with other nodes or definitions");

  in = file.reader(reports_section);
  const std::size_t size = std::size_t{s.line.size()} * stretch_periods;
  for (auto& [i, of] : s.reports) {
    std::uint32_t indicator = 0, stretches = 0, kept = 0;
    in >> indicator >> of.base >> of.first >> of.last >> stretches;
    // Ordinals of the years 1 to 9999, as periods that were read; days go furthest.
    constexpr std::int32_t farthest = 4'000'000;
    if (indicator != i || of.first < -farthest || of.last > farthest ||
        (of.base ? of.last < of.first : of.first != 0 || of.last != -1 || stretches != 0))
      in.fail("the reports are not those of the job");
    if (of.base && s.options.every && !nests(*of.base, *s.options.every))
      in.fail("the frequency does not fit the options");
    std::optional<std::int32_t> before;
    for (std::uint32_t k = 0; k < stretches; ++k) {
      std::int32_t stretch = 0;
      in >> stretch;
      if ((before && stretch <= *before) || stretch < stretch_of(of.first) || stretch > stretch_of(of.last))
        in.fail("the stretches are out of order");
      before = stretch;
      const auto& cells = of.cells.emplace(stretch, read_cells(in, size)).first->second;
      of.given += cells.size() - static_cast<std::size_t>(std::count(cells.begin(), cells.end(), std::uint8_t{0}));
    }
    in >> kept;
    in.require_room(kept, 16);
    of.kept.resize(kept);
    for (std::uint32_t k = 0; k < kept; ++k) {
      auto& v = of.kept[k];
      in >> v.reporter >> v.when >> v.value;
      if (v.reporter >= s.line.size() || !std::isfinite(v.value) || (k > 0 && !(of.kept[k - 1] < v)))
        in.fail("a kept value is malformed");
    }
  }
  in.finish();
  s.check_size({});

  in = file.reader(sums_section);
  for (auto& [key, of] : s.sums) {
    std::uint32_t indicator = 0, stretches = 0;
    std::uint8_t need = 0;
    in >> indicator >> need >> stretches;
    const auto& reports = s.reports.at(key.indicator);
    if (indicator != key.indicator || need != static_cast<std::uint8_t>(key.need) || stretches != reports.cells.size())
      in.fail("the sums are not those of the job");
    for (const auto& [wanted, cells] : reports.cells) {
      std::int32_t stretch = 0;
      in >> stretch;
      if (stretch != wanted) in.fail("the sums are of other stretches than the reports");
      const auto& way = s.plan(reports.base.value(), stretch);
      auto one = empty_sums(way.plan, key.need);
      one.value = read_sums(in, way.plan);
      for (auto* part : {&one.other, &one.rest})
        if (*part) *part = read_sums(in, way.plan);
      of.emplace(stretch, std::move(one));
    }
  }
  in.finish();
  return std::move(*out);
}

} // namespace commonweal::inline v0
