// SPDX-License-Identifier: Apache-2.0
// A synthetic initiative of any size, streamed to disk.
#include <commonweal/formats/sample.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <commonweal/catalogue/vocabularies.hpp>
#include <commonweal/initiative/model_files.hpp>

#include "bytes/staged_folder.hpp"
#include "core/json_tree.hpp"
#include "formats/package/package_text.hpp"

namespace commonweal::inline v0 {
namespace {

namespace fs = std::filesystem;

/// SplitMix64 (Steele, Lea and Flood 2014). Each reporter has a stream of its own, so no draw depends on another
/// reporter; no std:: distribution, since those differ between standard libraries.
class generator {
 public:
  generator(std::uint64_t seed, std::uint64_t stream) : state_(mix(seed) ^ mix(stream * 0x9E3779B97F4A7C15U + 1)) {}

  std::uint64_t next() { return mix(state_ += 0x9E3779B97F4A7C15U); }
  /// Uniform on [0, n), to within 2^-32. REQUIRES: 0 < n.
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((next() >> 32) * n >> 32); }
  std::uint32_t between(std::uint32_t low, std::uint32_t high) { return low + below(high - low + 1); }
  bool chance(std::uint32_t per_thousand) { return below(1000) < per_thousand; }

 private:
  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
  }
  std::uint64_t state_;
};

/// A CSV file that is only appended to. Values written here need no quotes.
class csv_file {
 public:
  csv_file(const fs::path& folder, std::string name, std::vector<std::string_view> columns)
      : name_(std::move(name)), columns_(std::move(columns)), path_(folder / (name_ + ".csv")), out_(open(path_)) {
    buffer_.reserve(capacity + 1024);
    for (std::size_t i = 0; i < columns_.size(); ++i) (i == 0 ? *this : comma()) << columns_[i];
    end_row();
  }

  csv_file& operator<<(std::string_view text) {
    buffer_ += text;
    return *this;
  }
  csv_file& operator<<(char c) {
    buffer_ += c;
    return *this;
  }
  csv_file& operator<<(std::uint64_t n) {
    std::array<char, 20> digits;
    buffer_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr);
    return *this;
  }
  csv_file& comma() { return *this << ','; }
  void end_row() {
    buffer_ += '\n';
    if (buffer_.size() > capacity) flush();
  }
  /// A whole row of text.
  void row(std::initializer_list<std::string_view> cells) {
    bool first = true;
    for (const auto cell : cells) {
      if (!std::exchange(first, false)) buffer_ += ',';
      buffer_ += cell;
    }
    end_row();
  }
  void close() {
    flush();
    out_.close();
    if (!out_) fail();
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<std::string_view>& columns() const { return columns_; }

 private:
  static constexpr std::size_t capacity = 1 << 18;
  static std::ofstream open(const fs::path& path) {
    detail::make_private_file(path);
    return std::ofstream(path, std::ios::binary | std::ios::trunc);
  }
  void flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
    if (!out_) fail();
  }
  [[noreturn]] void fail() const {
    throw error(error_code::io, "cannot write " + path_.string() + ": " + std::strerror(errno));
  }

  std::string name_;
  std::vector<std::string_view> columns_;
  fs::path path_;
  std::ofstream out_;
  std::string buffer_;
};

// ---- what every sample measures -----------------------------------------------------------------
struct sample_indicator {
  std::string_view id, name, unit, kind, direction, nature, lead, counts_people, factor, description;
  std::uint32_t reporters_per_thousand; ///< how many of the organizations report it
};
constexpr std::array<sample_indicator, 5> indicators = {{
    {"people-served", "People served", "people", "count", "up", "flow", "leading", "true", "",
     "People served in the month", 1000},
    {"dollars-spent", "Dollars spent", "USD", "amount", "none", "flow", "leading", "", "",
     "Program spending in the month", 500},
    {"households-housed", "Households housed within 30 days", "percent", "ratio", "up", "flow", "lagging", "", "100",
     "Households housed within 30 days per 100 that asked", 300},
    {"waiting-list", "Households on the waiting list", "households", "amount", "down", "stock", "leading", "", "",
     "Households waiting at the end of the month", 400},
    {"well-being", "Well-being", "points", "index", "up", "flow", "lagging", "", "",
     "Index of each sub-initiative; 100 at the start", 0},
}};
enum : std::size_t { people_served, dollars_spent, households_housed, waiting_list, well_being };

/// Per thousand of the usual, by month of the year.
constexpr std::array<int, 12> season = {960, 970, 1000, 1010, 1020, 1030, 990, 980, 1040, 1030, 1010, 960};

// ---- the cascade --------------------------------------------------------------------------------
struct level {
  std::string_view prefix, name, kind;
  std::uint32_t count;
};

/// Months [from, to) in which something holds; `to` equal to the number of months is open.
struct months {
  std::uint32_t from, to;
};

/// Sizes of the four levels, ids, names and lives of the groups. A subgroup is numbered among the subgroups.
class sample_cascade {
 public:
  sample_cascade(std::uint32_t groups, std::uint32_t periods) : periods_(periods) {
    const std::uint64_t below_council = groups - 1;
    std::uint64_t branch = 1;
    while (branch + branch * branch + branch * branch * branch < below_council) ++branch;
    const auto subs = static_cast<std::uint32_t>(std::min(branch, below_council - 2));
    const auto works = static_cast<std::uint32_t>(std::min(branch * branch, below_council - subs - 1));
    levels = {{{"council", "Council", "oversight", 1},
               {"sub-initiative-", "Sub-initiative ", "sub_initiative", subs},
               {"working-group-", "Working group ", "working_group", works},
               {"subgroup-", "Subgroup ", "subgroup", groups - 1 - subs - works}}};
  }
  std::array<level, 4> levels;

  [[nodiscard]] std::uint32_t subgroups() const { return levels[3].count; }
  /// One subgroup in ten opens after a quarter of the time, one closes after two thirds.
  [[nodiscard]] months validity(std::uint32_t subgroup) const {
    if (periods_ >= 4 && subgroup % 10 == 3) return {periods_ / 4, periods_};
    if (periods_ >= 4 && subgroup % 10 == 6) return {0, periods_ * 2 / 3};
    return {0, periods_};
  }
  [[nodiscard]] std::string id(std::size_t depth, std::uint32_t i) const {
    return depth == 0 ? std::string(levels[0].prefix) : std::string(levels[depth].prefix) + std::to_string(i + 1);
  }
  [[nodiscard]] std::string name(std::size_t depth, std::uint32_t i) const {
    return depth == 0 ? std::string(levels[0].name) : std::string(levels[depth].name) + std::to_string(i + 1);
  }

 private:
  std::uint32_t periods_;
};

/// First days of months as text; a blank for the open end.
class calendar {
 public:
  explicit calendar(std::uint32_t periods) : months_(periods) {
    const auto first = period::parse("2020-01").value();
    for (std::uint32_t t = 0; t <= periods + 12; ++t) {
      const auto p = first.plus(static_cast<std::int32_t>(t));
      period_text_.push_back(p.to_string());
      day_text_.push_back(p.first_day().to_string());
      if (t < periods && t % 3 == 2) quarter_text_.push_back(p.coarsen(frequency::quarter)->to_string());
    }
  }
  [[nodiscard]] std::string_view month(std::uint32_t t) const { return period_text_[t]; }
  [[nodiscard]] std::string_view day(std::uint32_t t) const { return day_text_[t]; }
  [[nodiscard]] std::string_view end(std::uint32_t t) const { return t == months_ ? std::string_view{} : day(t); }
  [[nodiscard]] const std::vector<std::string>& quarters() const { return quarter_text_; }

 private:
  std::uint32_t months_;
  std::vector<std::string> period_text_, day_text_, quarter_text_;
};

// ---- one reporter -------------------------------------------------------------------------------
struct seat_taken {
  std::size_t depth;
  std::uint32_t group;
  months held;
};

/// Where one reporter sits and when; decided from its own stream of numbers.
struct sample_reporter {
  months span{};
  std::vector<seat_taken> seats;

  void sit(const sample_cascade& cascade, std::size_t depth, std::uint32_t group, months held) {
    const auto taken = [&](const seat_taken& s) { return s.depth == depth && s.group == group; };
    if (std::any_of(seats.begin(), seats.end(), taken)) return; // one seat a group, so that no two overlap
    if (depth == 3) {
      const auto life = cascade.validity(group);
      held = {std::max(held.from, life.from), std::min(held.to, life.to)};
    }
    if (held.from < held.to) seats.push_back({depth, group, held});
  }

  sample_reporter(generator& draw, const sample_cascade& cascade, std::uint32_t periods) {
    const auto subgroups = cascade.subgroups();
    const auto home = draw.below(subgroups);
    const auto life = cascade.validity(home);
    span = {draw.chance(250) ? draw.below(periods * 3 / 4 + 1) : 0, periods};
    span.from = std::min(std::max(span.from, life.from), periods - 1);
    if (draw.chance(100) && span.from + 1 < periods) span.to = draw.between(span.from + 1, periods);
    // A reporter whose group closes goes on in the group before it, which does not.
    const bool moves = draw.chance(60) && subgroups > 1;
    const auto move_at = draw.between(span.from, span.to);
    const auto next_home = draw.below(subgroups);
    const bool can_move = moves && next_home != home && cascade.validity(next_home).from <= move_at &&
                          cascade.validity(next_home).to >= span.to && move_at <= life.to;
    if (can_move) {
      sit(cascade, 3, home, {span.from, move_at});
      sit(cascade, 3, next_home, {move_at, span.to});
    } else {
      sit(cascade, 3, home, span);
      if (life.to < span.to) sit(cascade, 3, home - 1, {std::max(span.from, life.to), span.to});
    }
    if (draw.chance(200)) sit(cascade, 3, draw.below(subgroups), {draw.between(span.from, span.to - 1), span.to});
    if (draw.chance(50)) sit(cascade, 3, draw.below(subgroups), span);
    if (draw.chance(50)) sit(cascade, 2, draw.below(cascade.levels[2].count), span);
  }
};

std::uint64_t scaled(std::uint64_t base, std::int64_t per_thousand) {
  return (base * static_cast<std::uint64_t>(std::max<std::int64_t>(per_thousand, 0)) + 500) / 1000;
}

/// Tenths as a decimal: 734 is "73.4".
std::string tenths(std::uint64_t n) { return std::to_string(n / 10) + "." + std::to_string(n % 10); }

// ---- the whole ----------------------------------------------------------------------------------
class sample_writer {
 public:
  sample_writer(const fs::path& folder, const sample_options& options, const progress& tell)
      : folder_(folder), options_(options), tell_(tell), cascade_(options.groups, options.periods),
        calendar_(options.periods) {}

  void write() {
    write_people_and_groups();
    write_reporters();
    write_agenda();
    write_targets();
    write_descriptor();
  }

 private:
  csv_file open(std::string name, std::vector<std::string_view> columns) {
    return csv_file(folder_, std::move(name), std::move(columns));
  }
  void finish(csv_file& file) {
    file.close();
    resources_.emplace_back(file.name(), file.columns());
  }

  void write_people_and_groups() {
    const auto start = calendar_.day(0);
    generator draw(options_.seed, 0);
    auto people = open("people", {"id", "name", "title", "affected"});
    const auto chairs = cascade_.levels[1].count;
    for (std::uint32_t i = 1; i <= council_seats + chairs; ++i) {
      people << "person-" << std::uint64_t{i} << ",Person " << std::uint64_t{i};
      people << (i <= council_seats - 2 ? ",Chief executive" : i <= council_seats ? ",Resident" : ",Chair");
      people << (i > council_seats - 2 && i <= council_seats ? ",true" : ",false");
      people.end_row();
    }
    finish(people);

    auto groups = open("groups", {"id", "name", "start", "end", "kind"});
    auto part_of = open("part_of", {"from", "to", "start", "end"});
    auto linked = open("linked_with", {"from", "to", "start"});
    groups.row({"council", "Council", start, "", "oversight"});
    for (std::size_t depth = 1; depth < 4; ++depth) {
      const auto& here = cascade_.levels[depth];
      const auto parents = cascade_.levels[depth - 1].count;
      for (std::uint32_t i = 0; i < here.count; ++i) {
        const auto life = depth == 3 ? cascade_.validity(i) : months{0, options_.periods};
        const auto from = calendar_.day(life.from);
        const auto to = calendar_.end(life.to);
        const auto id = cascade_.id(depth, i);
        groups.row({id, cascade_.name(depth, i), from, to, here.kind});
        const auto parent = i % parents;
        part_of.row({id, cascade_.id(depth - 1, parent), from, to});
        const auto second = draw.below(parents);
        if (depth >= 2 && draw.chance(140) && second != parent)
          part_of.row({id, cascade_.id(depth - 1, second), from, to});
      }
    }
    for (std::uint32_t i = 0; i + 1 < cascade_.levels[2].count; i += 2)
      linked.row({cascade_.id(2, i), cascade_.id(2, i + 1), start});
    finish(groups);
    finish(part_of);
    finish(linked);

    auto champions = open("champions", {"from", "to", "start"});
    champions.row({"person-1", "council", start});
    champions.row({"person-2", "goal-1", start});
    finish(champions);

    auto funds = open("funds", {"from", "to", "start", "end", "amount", "currency", "anchor"});
    const auto amount = [&](std::uint32_t low, std::uint32_t high) {
      return std::to_string(std::uint64_t{draw.between(low, high)} * 1000);
    };
    funds.row({"funder-1", "council", start, "", amount(1000, 3000), "USD", "true"});
    funds.row({"funder-2", "council", calendar_.day(options_.periods / 4), "", amount(200, 800), "USD", "false"});
    funds.row(
        {"funder-3", "sub-initiative-1", calendar_.day(options_.periods / 2), "", amount(50, 400), "USD", "false"});
    finish(funds);

    auto backbones = open("serves_as_backbone", {"from", "to", "start", "functions", "staff_roles"});
    backbones.row({"backbone-1", "council", start, "", "project_manager;data_manager;facilitator"});
    backbones.row({"backbone-2", "sub-initiative-1", start, "", "project_manager;facilitator"});
    finish(backbones);
  }

  void write_reporters() {
    auto organizations = open("organizations", {"id", "name", "sector"});
    auto members = open("member_of", {"from", "to", "start", "end", "seat", "chair"});
    auto employed = open("employed_by", {"from", "to", "role", "seat"});
    auto reports = open("reports", {"from", "to", "start", "end"});
    auto observations = open("observations", {"reporter", "indicator", "period", "value", "numerator", "denominator"});
    for (std::uint32_t i = 1; i <= 3; ++i) {
      organizations << "funder-" << std::uint64_t{i} << ",Funder " << std::uint64_t{i} << ",foundation";
      organizations.end_row();
    }
    organizations.row({"backbone-1", "Backbone 1", "nonprofit"});
    organizations.row({"backbone-2", "Backbone 2", "nonprofit"});
    const auto start = calendar_.day(0);
    for (std::uint32_t i = 1; i <= council_seats + cascade_.levels[1].count; ++i) {
      const auto person = "person-" + std::to_string(i);
      const bool on_council = i <= council_seats;
      const bool resident = on_council && i > council_seats - 2;
      const auto group = on_council ? std::string("council") : cascade_.id(1, i - council_seats - 1);
      members.row({person, group, start, "",
                   resident     ? "affected_person"
                   : on_council ? "chief_executive"
                                : "senior",
                   i == 1 || !on_council ? "true" : "false"});
      if (!resident && i <= options_.reporters)
        employed.row({person, "organization-" + std::to_string(i), on_council ? "Chief executive" : "Director",
                      on_council ? "chief_executive" : "senior"});
    }
    for (std::uint32_t i = 1; i <= options_.reporters; ++i) {
      if ((i - 1) % 4096 == 0 && tell_ && !tell_(double(i - 1) / options_.reporters, "writing observations"))
        throw error(error_code::cancelled, "stopped while writing the sample; nothing is left of it");
      write_reporter(i, organizations, members, reports, observations);
    }
    if (options_.indicators > well_being) write_index(reports, observations);
    finish(organizations);
    finish(members);
    finish(employed);
    finish(reports);
    finish(observations);
  }

  void write_reporter(std::uint32_t i, csv_file& organizations, csv_file& members, csv_file& reports,
                      csv_file& observations) {
    generator draw(options_.seed, i);
    const std::string id = "organization-" + std::to_string(i);
    organizations << id << ",Organization " << std::uint64_t{i};
    organizations.comma() << catalogue::sectors[draw.below(static_cast<std::uint32_t>(catalogue::sectors.size()))];
    organizations.end_row();
    const sample_reporter who(draw, cascade_, options_.periods);
    for (const auto& s : who.seats)
      members.row(
          {id, cascade_.id(s.depth, s.group), calendar_.day(s.held.from), calendar_.end(s.held.to), "", "false"});

    const auto luck = draw.below(1000);
    const std::uint32_t missed = luck < 800 ? 20 : luck < 950 ? 120 : 350; // reports missed, per thousand
    const auto silent_from = draw.chance(15) ? draw.between(who.span.from, who.span.to) : options_.periods;
    for (std::size_t k = 0; k < std::min<std::size_t>(options_.indicators, well_being); ++k) {
      if (!draw.chance(indicators[k].reporters_per_thousand)) continue;
      reports.row({id, indicators[k].id, calendar_.day(who.span.from), calendar_.end(who.span.to)});
      const std::uint64_t size = draw.between(20, 400) * (draw.chance(50) ? 8U : 1U);
      const auto skill = static_cast<std::int64_t>(draw.between(550, 750));
      const std::string head = id + "," + std::string(indicators[k].id) + ",";
      for (std::uint32_t t = who.span.from; t < std::min(who.span.to, silent_from); ++t) {
        const auto noise = static_cast<std::int64_t>(draw.below(121)) - 60;
        const bool told = !draw.chance(missed);
        if (!told && !draw.chance(100)) continue; // nine in ten missing reports leave no row, one a blank value
        observations << head << calendar_.month(t);
        if (told) write_value(k, t, size, skill, noise, observations);
        else observations << ",,,";
        observations.end_row();
      }
    }
  }

  void write_value(std::size_t k, std::uint32_t t, std::uint64_t size, std::int64_t skill, std::int64_t noise,
                   csv_file& out) {
    const auto along = static_cast<std::int64_t>(t) * 1000 / options_.periods; // thousandths of the way
    switch (k) {
      case people_served: {
        const auto n = scaled(scaled(size, 1000 + along * 18 / 100 + noise), season[t % 12]);
        out.comma() << n << ",,";
        if (t == 0) first_sum_[k] += n, first_known_[k] = true;
        break;
      }
      case dollars_spent: {
        const auto n = scaled(size * 50, 1000 + noise);
        out.comma() << n << ",,";
        if (t == 0) first_sum_[k] += n, first_known_[k] = true;
        break;
      }
      case households_housed: {
        const auto asked = scaled(size, 100 + noise);
        const auto housed = std::min(asked, scaled(asked, skill + along * 8 / 100 + noise));
        if (asked == 0) {
          out << ",,0,0"; // nobody asked: a ratio without a value, and a true report
        } else {
          out << ",,";
          out << housed << ',' << asked;
        }
        if (t == 0) first_sum_[k] += housed, first_weight_ += asked, first_known_[k] = asked > 0 || first_known_[k];
        break;
      }
      case waiting_list: {
        const auto n = scaled(size / 4, 1000 + along * 12 / 100 + noise);
        out.comma() << n << ",,";
        if (t == 0) first_sum_[k] += n, first_known_[k] = true;
        break;
      }
      default: break;
    }
  }

  /// Sub-initiatives report an index of their own each quarter; some of it rises, some falls.
  void write_index(csv_file& reports, csv_file& observations) {
    for (std::uint32_t i = 0; i < cascade_.levels[1].count; ++i) {
      generator draw(options_.seed, (std::uint64_t{1} << 32) + i);
      const auto id = cascade_.id(1, i);
      reports.row({id, indicators[well_being].id, calendar_.day(0), ""});
      const auto trend = static_cast<std::int64_t>(draw.below(241)) - 80;
      const auto n = static_cast<std::int64_t>(calendar_.quarters().size());
      for (std::int64_t q = 0; q < n; ++q) {
        const auto noise = static_cast<std::int64_t>(draw.below(21)) - 10;
        if (q > 0 && draw.chance(30)) continue;
        const auto points = q == 0 ? 1000U : scaled(1000, 1000 + trend * q / n + noise);
        observations << id << ',' << indicators[well_being].id << ','
                     << calendar_.quarters()[static_cast<std::size_t>(q)] << ',' << tenths(points) << ",,";
        observations.end_row();
      }
    }
  }

  void write_agenda() {
    const auto start = calendar_.day(0);
    const auto measured_count = options_.indicators;
    auto goals = open("goals", {"id", "name", "primary"});
    goals.row({"goal-1", "Goal 1", "true"});
    finish(goals);
    auto table = open("indicators", {"id", "name", "unit", "kind", "direction", "nature", "lead", "counts_people",
                                     "factor", "description"});
    auto measured = open("measured_by", {"from", "to"});
    for (std::size_t k = 0; k < measured_count; ++k) {
      const auto& m = indicators[k];
      table.row(
          {m.id, m.name, m.unit, m.kind, m.direction, m.nature, m.lead, m.counts_people, m.factor, m.description});
      measured.row({"goal-1", m.id});
    }
    finish(table);

    auto strategies = open("strategies", {"id", "name", "horizon"});
    auto activities = open("activities", {"id", "name"});
    auto advances = open("advances", {"from", "to"});
    auto pursues = open("pursues", {"from", "to", "start"});
    auto implements = open("implements", {"from", "to", "lead"});
    auto performs = open("performs", {"from", "to", "lead"});
    auto reinforces = open("reinforces", {"from", "to"});
    pursues.row({"council", "goal-1", start});
    const auto subs = cascade_.levels[1].count;
    for (std::uint32_t i = 0; i < subs; ++i) {
      const auto n = std::to_string(i + 1);
      const auto id = "strategy-" + n;
      strategies.row({id, "Strategy " + n, i % 2 == 0 ? "short" : "long"});
      advances.row({id, "goal-1"});
      measured.row({id, indicators[i % measured_count].id});
      pursues.row({cascade_.id(1, i), id, start});
      implements.row({cascade_.id(1, i), id, "true"});
      if (i > 0) reinforces.row({id, "strategy-" + std::to_string(i)});
    }
    for (std::uint32_t i = 0; i < cascade_.levels[2].count; ++i) {
      const auto n = std::to_string(i + 1);
      const auto id = "activity-" + n;
      const auto strategy = "strategy-" + std::to_string(i % subs + 1);
      activities.row({id, "Activity " + n});
      advances.row({id, strategy});
      implements.row({id, strategy, "false"});
      measured.row({id, indicators[i % measured_count].id});
      performs.row({cascade_.id(2, i), id, "false"});
      performs.row({"organization-" + std::to_string(i % options_.reporters + 1), id, "true"});
    }
    for (auto* file : {&strategies, &activities, &advances, &pursues, &implements, &performs, &reinforces, &measured})
      finish(*file);
  }

  /// Baselines are what was reported in the first month; each target lies a year after the last.
  void write_targets() {
    auto targets = open("targets", {"indicator", "of", "period", "value", "kind"});
    const auto when = calendar_.month(options_.periods + 11);
    const auto both = [&](std::size_t k, const std::string& baseline, const std::string& goal) {
      targets.row({indicators[k].id, "", calendar_.month(0), baseline, "baseline"});
      targets.row({indicators[k].id, "", when, goal, "target"});
    };
    const auto total = [&](std::size_t k, std::int64_t per_thousand) {
      if (first_known_[k]) both(k, std::to_string(first_sum_[k]), std::to_string(scaled(first_sum_[k], per_thousand)));
    };
    total(people_served, 1500);
    total(waiting_list, 800);
    if (first_known_[households_housed]) {
      const auto rate = (first_sum_[households_housed] * 1000 + first_weight_ / 2) / first_weight_;
      both(households_housed, tenths(rate), tenths(std::min<std::uint64_t>(1000, rate + 100)));
    }
    finish(targets);
  }

  void write_descriptor() {
    using json = json_tree;
    std::sort(resources_.begin(), resources_.end());
    json list = json::array();
    for (const auto& [name, columns] : resources_) {
      json fields = json::array();
      for (const auto column : columns)
        fields.push_back(
            json::object({{"name", std::string(column)}, {"type", std::string(frictionless_type(name, column))}}));
      list.push_back(json::object(
          {{"name", name},
           {"path", name + ".csv"},
           {"profile", "tabular-data-resource"},
           {"format", "csv"},
           {"mediatype", "text/csv"},
           {"encoding", "utf-8"},
           {"schema", json::object({{"fields", std::move(fields)}, {"missingValues", json::array({""})}})}}));
    }
    const auto number = [](std::uint64_t n) { return json(n); };
    const json package = json::object(
        {{"profile", "tabular-data-package"},
         {"name", "synthetic-initiative"},
         {"title", "Synthetic initiative of " + std::to_string(options_.reporters) + " organizations"},
         {"description", "Made up by a generator for trying out and measuring the software. No organization, person or "
                         "figure in it is real."},
         {"synthetic", true},
         {"commonweal", json::object({{"format", 1}})},
         {"generator", json::object({{"reporters", number(options_.reporters)},
                                     {"groups", number(options_.groups)},
                                     {"periods", number(options_.periods)},
                                     {"indicators", number(options_.indicators)},
                                     {"seed", number(options_.seed)}})},
         {"resources", std::move(list)}});
    detail::make_private_file(folder_ / "datapackage.json");
    std::ofstream out(folder_ / "datapackage.json", std::ios::binary | std::ios::trunc);
    out << package.dump(2) << '\n';
    out.close();
    if (!out) throw error(error_code::io, "cannot write " + (folder_ / "datapackage.json").string());
  }

  static std::string_view frictionless_type(std::string_view file, std::string_view column) {
    const auto fields = fields_of(file);
    const field_rule* rule = find_rule(fields, column);
    return rule == nullptr ? "string" : detail::frictionless_type(rule->type);
  }

  static constexpr std::uint32_t council_seats = 9;

  fs::path folder_;
  sample_options options_;
  const progress& tell_;
  sample_cascade cascade_;
  calendar calendar_;
  std::vector<std::pair<std::string, std::vector<std::string_view>>> resources_;
  std::array<std::uint64_t, 5> first_sum_{};
  std::array<bool, 5> first_known_{};
  std::uint64_t first_weight_ = 0;
};

void check(const sample_options& o) {
  const auto require = [](bool holds, const char* rule) {
    if (!holds) throw error(error_code::invalid_argument, rule);
  };
  require(o.reporters >= 1, "a sample needs at least 1 reporter");
  require(o.groups >= 4, "a sample needs at least 4 groups: one for each of the four levels of its cascade");
  require(o.periods >= 1 && o.periods <= 1200, "a sample has 1 to 1200 periods (months)");
  require(o.indicators >= 1 && o.indicators <= 5, "a sample has 1 to 5 indicators");
  require(o.groups <= 10'000'000 && o.reporters <= 100'000'000,
          "a sample has at most 10,000,000 groups and 100,000,000 reporters");
}

/// A folder that holds other people's data may not be written over.
bool is_sample(const detail::held_folder& folder) {
  const auto package = json_tree::parse(folder.text_of(detail::package_file));
  return package.good && package.value.holds("synthetic", true) && package.value.find("generator") != nullptr;
}

} // namespace

void write_sample(const fs::path& folder, const sample_options& options, const progress& tell) {
  check(options);
  detail::staged_folder staged(folder, [&](const detail::held_folder& old) {
    if (!is_sample(old))
      throw error(error_code::invalid_argument,
                  folder.string() + " is not empty and holds no earlier sample; name an empty or a new folder");
  });
  sample_writer(staged.open(), options, tell).write();
  staged.place();
}

} // namespace commonweal::inline v0
