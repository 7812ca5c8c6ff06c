// SPDX-License-Identifier: Apache-2.0
// Packing an initiative and unpacking it; the format is described in docs/snapshot.md.
#include <commonweal/formats/packed.hpp>

#include <array>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

#include <commonweal/bytes/atomic_file.hpp>

#include "bytes/descriptor.hpp"
#include "formats/packed/packed_checks.hpp"
#include "formats/packed/packed_values.hpp"

namespace commonweal::inline v0 {

namespace {

constexpr section_tag info_tag{"info"};
constexpr section_tag nodes_tag{"nodes"};
constexpr section_tag edges_tag{"edges"};
constexpr section_tag measures_tag{"measures"};
constexpr section_tag panels_tag{"panels"};
constexpr section_tag records_tag{"records"};
constexpr std::array sections{info_tag, nodes_tag, edges_tag, measures_tag, panels_tag, records_tag};

/// Writes everything; `open(tag)` gives the archive of a section.
template <class Open>
void write_all(const initiative& x, Open open) {
  const auto& net = x.network();
  open(info_tag) << x.info();
  auto& nodes = open(nodes_tag);
  for (std::size_t k = 0; k < node_kind_count; ++k) nodes << net.rows(static_cast<node_kind>(k));
  auto& edges = open(edges_tag);
  for (std::size_t k = 0; k < edge_kind_count; ++k) write_edges(edges, net.edges(static_cast<edge_kind>(k)));
  const auto& [indicators, panels, targets] = x.measures();
  open(measures_tag) << indicators << targets;
  open(panels_tag) << panels;
  open(records_tag) << x.records();
}

template <class Read>
void read_section(const envelope& file, section_tag tag, Read read) {
  auto in = file.reader(tag);
  read(in);
  in.finish();
}

} // namespace

std::vector<std::byte> pack(const initiative& source) {
  detail::check_initiative(source.network(), source.measures(), source.records(), error_code::invalid_argument);
  // Counted first, so that the bytes are written into one block that never moves.
  archive_counter counter(snapshot_format.version);
  write_all(source, [&](section_tag) -> archive_counter& { return counter; });
  envelope_writer out(snapshot_format, sections.size(), counter.size());
  write_all(source, [&](section_tag tag) -> archive_writer& { return out.section(tag); });
  return out.finish();
}

initiative unpack(std::span<const std::byte> bytes) {
  const auto file = envelope::open(bytes, snapshot_format);
  file.expect(sections);
  initiative_info info;
  network_parts parts;
  measures data;
  record_tables records;
  read_section(file, info_tag, [&](archive_reader& in) { in >> info; });
  read_section(file, nodes_tag, [&](archive_reader& in) { in >> parts.nodes; });
  read_section(file, edges_tag, [&](archive_reader& in) {
    for (auto& rows : parts.edges) rows = read_edges(in);
  });
  read_section(file, measures_tag, [&](archive_reader& in) { in >> data.indicators >> data.targets; });
  read_section(file, panels_tag, [&](archive_reader& in) { in >> data.panels; });
  read_section(file, records_tag, [&](archive_reader& in) { in >> records; });

  diagnostics found;
  auto net = network::from_parts(std::move(parts), found);
  if (found.has_errors()) throw error(error_code::invalid_data, std::move(found));
  detail::check_initiative(net, data, records, error_code::invalid_data);
  return {std::move(info), std::move(net), std::move(data), std::move(records)};
}

void save_packed(const initiative& source, const std::filesystem::path& file) {
  write_file_atomically(file, pack(source));
}

bool is_packed(std::span<const std::byte> bytes) { return has_magic(bytes, snapshot_format); }

bool is_packed_file(const std::filesystem::path& file) {
  // Opened before it is looked at, and without waiting for the other end of a pipe.
  const detail::descriptor in(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat status;
  std::array<std::byte, snapshot_format.magic.size()> start{};
  return in.open() && ::fstat(in.get(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::pread(in.get(), start.data(), start.size(), 0) == static_cast<ssize_t>(start.size()) && is_packed(start);
}

initiative load_packed(const std::filesystem::path& file) {
  try {
    const auto content = read_whole_file(file, [](std::span<const std::byte> start, std::uint64_t size) {
      envelope::check_header(start, size, snapshot_format);
    });
    return unpack(content.bytes());
  } catch (const error& e) {
    if (e.where().file.empty()) {
      auto where = e.where();
      where.file = file.string();
      throw error(e.code(), std::move(where));
    }
    throw;
  }
}

} // namespace commonweal::inline v0
