// SPDX-License-Identifier: Apache-2.0
// Cascades to bytes and back. Every count is backed by bytes, so that forged ones allocate nothing.
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include <boost/serialization/nvp.hpp>

#include <commonweal/bytes/envelope.hpp>
#include <commonweal/rollup/engine/cascade_bytes.hpp>

namespace commonweal::inline v0::engine {
namespace {

using boost::serialization::make_nvp;

constexpr envelope_format format{{'C', 'W', 'C', 'A', 'S', 'C', '\r', '\n'}, "cascade"};
constexpr section_tag groups_section("groups"), members_section("members");
constexpr std::int32_t most_periods = 1 << 20;

struct range_columns {
  std::vector<std::int32_t> begin, end;

  void push(index_range r) {
    begin.push_back(r.begin);
    end.push_back(r.end);
  }
  [[nodiscard]] index_range operator[](std::size_t i) const { return {begin[i], end[i]}; }
  [[nodiscard]] bool has(std::size_t n) const { return begin.size() == n && end.size() == n; }
};

template <class Archive>
void serialize(Archive& ar, range_columns& x, unsigned) {
  ar& make_nvp("begin", x.begin) & make_nvp("end", x.end);
}

/// Groups, and how they are part of each other; `open` has one range a group.
struct group_columns {
  std::int32_t periods = 0;
  range_columns open, in_force;
  std::vector<std::uint32_t> child, parent;
};

template <class Archive>
void serialize(Archive& ar, group_columns& x, unsigned) {
  ar& make_nvp("periods", x.periods) & make_nvp("open", x.open) & make_nvp("child", x.child);
  ar& make_nvp("parent", x.parent) & make_nvp("in_force", x.in_force);
}

/// Memberships by reporter: how many each has, then their groups and ranges.
struct member_columns {
  std::vector<std::uint32_t> count, group;
  range_columns in_force;
};

template <class Archive>
void serialize(Archive& ar, member_columns& x, unsigned) {
  ar& make_nvp("count", x.count) & make_nvp("group", x.group) & make_nvp("in_force", x.in_force);
}

/// What is wrong with a cascade, or nothing.
const char* fault_of(const cascade& c) {
  if (c.periods < 0 || c.periods > most_periods) return "it has a number of periods that no cascade has";
  if (!c.open.empty() && c.open.size() != c.groups) return "its groups and their ranges differ in number";
  for (const auto& r : c.open) {
    if (r.begin < 0) return "a group opens before the first period";
  }
  for (const auto& e : c.parts) {
    if (e.child >= c.groups || e.parent >= c.groups) return "part_of names a group that is not there";
    if (e.in_force.begin < 0) return "part_of begins before the first period";
  }
  for (const auto& m : c.members) {
    if (m.group >= c.groups || m.reporter >= c.reporters) return "a membership names what is not there";
    if (m.in_force.begin < 0) return "a membership begins before the first period";
  }
  return nullptr;
}

[[noreturn]] void refuse(const std::string& why) {
  throw error(error_code::invalid_data, "these bytes are not a cascade: " + why);
}

} // namespace

std::vector<std::byte> serialize_cascade(const cascade& input) {
  if (const char* fault = fault_of(input)) {
    throw error(error_code::invalid_argument, std::string("this cascade cannot be written: ") + fault);
  }
  group_columns groups;
  groups.periods = input.periods;
  for (std::uint32_t g = 0; g < input.groups; ++g) groups.open.push(input.open.empty() ? index_range{} : input.open[g]);
  for (const auto& e : input.parts) {
    groups.child.push_back(e.child);
    groups.parent.push_back(e.parent);
    groups.in_force.push(e.in_force);
  }
  member_columns members;
  members.count.resize(input.reporters);
  for (const auto& m : input.members) ++members.count[m.reporter];
  std::vector<std::size_t> next(input.reporters);
  std::size_t begin = 0;
  for (std::uint32_t r = 0; r < input.reporters; ++r) {
    next[r] = begin;
    begin += members.count[r];
  }
  std::vector<const membership*> order(input.members.size());
  for (const auto& m : input.members) order[next[m.reporter]++] = &m;
  for (const auto* m : order) {
    members.group.push_back(m->group);
    members.in_force.push(m->in_force);
  }
  envelope_writer out(format, 2);
  out.section(groups_section) << groups;
  out.section(members_section) << members;
  return out.finish();
}

cascade deserialize_cascade(std::span<const std::byte> bytes) {
  const envelope file = envelope::open(bytes, format);
  file.expect(std::array{groups_section, members_section});
  group_columns groups;
  member_columns members;
  auto in = file.reader(groups_section);
  in >> groups;
  in.finish();
  auto more = file.reader(members_section);
  more >> members;
  more.finish();
  const std::size_t parts = groups.child.size(), count = members.group.size();
  if (!groups.open.has(groups.open.begin.size()) || groups.parent.size() != parts || !groups.in_force.has(parts) ||
      !members.in_force.has(count)) {
    refuse("its columns differ in length");
  }
  if (groups.open.begin.size() >= UINT32_MAX || members.count.size() >= UINT32_MAX) refuse("it is too large");

  cascade c;
  c.groups = static_cast<std::uint32_t>(groups.open.begin.size());
  c.reporters = static_cast<std::uint32_t>(members.count.size());
  c.periods = groups.periods;
  for (std::size_t g = 0; g < c.groups; ++g) c.open.push_back(groups.open[g]);
  for (std::size_t e = 0; e < parts; ++e) c.parts.push_back({groups.child[e], groups.parent[e], groups.in_force[e]});
  std::size_t m = 0;
  for (std::uint32_t r = 0; r < c.reporters; ++r) {
    if (members.count[r] > count - m) refuse("reporters have more memberships than there are");
    for (std::uint32_t k = 0; k < members.count[r]; ++k, ++m)
      c.members.push_back({r, members.group[m], members.in_force[m]});
  }
  if (m != count) refuse("there are memberships of no reporter");
  if (const char* fault = fault_of(c)) refuse(fault);
  return c;
}

} // namespace commonweal::inline v0::engine
