// SPDX-License-Identifier: Apache-2.0
// What is wrong with an input, where, and by which rule; and the collection that gathers all of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <commonweal/core/enum_text.hpp>

namespace commonweal::inline v0 {

/// note: worth knowing, nothing was changed. warning: loaded by a stated rule. error: nothing is loaded.
enum class severity : std::uint8_t { note, warning, error };

template <>
struct enum_names<severity> {
  static constexpr std::array<std::string_view, 3> values = {"note", "warning", "error"};
};

/// One finding. `code` is stable ("unknown_id") and documented in docs/diagnostics.md.
struct diagnostic {
  commonweal::severity severity = commonweal::severity::error;
  std::string code = {};
  std::string file = {};    ///< name of the file or table; blank when it concerns no single one
  std::int64_t row = -1;    ///< as a spreadsheet counts: the header is row 1; -1 when no row
  std::string field = {};   ///< column name; blank when the whole row is meant
  std::string record = {};  ///< id of the node, edge or reporter concerned; blank when none
  std::string message = {}; ///< one sentence that names the rule and how to fix it

  /// "error: members.csv, row 12, field start: ... [code]"
  [[nodiscard]] std::string to_string() const {
    std::string out(commonweal::to_string(severity));
    out += ": ";
    std::string where = file;
    const auto add = [&where](const std::string& part) {
      if (!where.empty()) where += ", ";
      where += part;
    };
    if (row >= 0) add("row " + std::to_string(row));
    if (!field.empty()) add("field " + field);
    if (!where.empty()) out += where + ": ";
    out += message + " [" + code + "]";
    return out;
  }

  friend bool operator==(const diagnostic&, const diagnostic&) = default;
};

/// Collects every finding of an input in the order found.
///
/// Keeps at most `limit` findings of each severity in full (so a million bad rows cannot exhaust memory)
/// and counts all of them. Not thread-safe; one owner.
class diagnostics {
 public:
  explicit diagnostics(std::size_t limit = 100'000) : limit_(limit) {}

  void add(diagnostic d) {
    auto& count = counts_[static_cast<std::size_t>(d.severity)];
    if (count++ < limit_) items_.push_back(std::move(d));
  }
  void merge(const diagnostics& other) {
    for (const auto& d : other.items_) add(d);
    for (std::size_t s = 0; s < counts_.size(); ++s) {
      std::size_t kept = 0;
      for (const auto& d : other.items_) kept += static_cast<std::size_t>(d.severity) == s ? 1 : 0;
      counts_[s] += other.counts_[s] - kept;
    }
  }

  [[nodiscard]] const std::vector<diagnostic>& items() const { return items_; }
  [[nodiscard]] std::size_t count(severity s) const { return counts_[static_cast<std::size_t>(s)]; }
  [[nodiscard]] std::size_t size() const { return counts_[0] + counts_[1] + counts_[2]; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] bool has_errors() const { return count(severity::error) > 0; }
  /// The first error, or nullptr.
  [[nodiscard]] const diagnostic* first_error() const {
    for (const auto& d : items_)
      if (d.severity == severity::error) return &d;
    return nullptr;
  }

 private:
  std::vector<diagnostic> items_;
  std::array<std::size_t, 3> counts_{};
  std::size_t limit_;
};

/// Where the rows of a table came from, for diagnostics: row i of the table is row `first_row + i` of `file`.
struct origin {
  std::string file;
  std::int64_t first_row = 2; ///< as a spreadsheet counts: the header is row 1
};

} // namespace commonweal::inline v0
