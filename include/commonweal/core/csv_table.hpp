// SPDX-License-Identifier: Apache-2.0
// CSV text to typed tables, in batches of bounded size, and back.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include <commonweal/core/csv.hpp>
#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/core/values.hpp>

namespace commonweal::inline v0 {

/// What one column is read as. A text that is blank or a declared missing code becomes null.
struct csv_column {
  std::string name;
  column_type type = column_type::utf8;
  bool required = false; ///< a row whose value is null or refused is left out of the batch
  value_rules rules;
  friend bool operator==(const csv_column&, const csv_column&) = default;
};

/// Reads the rows of a csv_reader into tables with the planned columns.
///
/// Columns of the file that are not planned are left out; planned ones that the file lacks are not in the tables.
/// A text that a column's type refuses is an error in `found` (see value_fault) and null in the table. Grouping
/// commas and currency signs are accepted with one note a column. Rows of which every field is blank are passed
/// over, with one note a file. Where rows were left out a batch ends early, so that row i of a batch is always row
/// `from.first_row + i` of the file. A text column of a batch is coded where its texts are few (see
/// column::has_few_texts), with codes that mean nothing in the next batch, and plain elsewhere.
class csv_batches {
 public:
  csv_batches(csv_reader reader, std::vector<csv_column> plan, diagnostics& found);
  ~csv_batches();
  csv_batches(csv_batches&&) noexcept;
  csv_batches& operator=(csv_batches&&) noexcept;

  [[nodiscard]] const csv_reader& reader() const;
  /// An empty table with the columns that batches have.
  [[nodiscard]] table shape() const;
  /// Clears `batch`, which must have the columns of shape(), and fills it with up to `max_rows` rows; false at the end
  /// (then it is empty, and the notes were given). The memory of the batch is reused.
  bool next(table& batch, origin& from, std::size_t max_rows = 16384);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

/// A whole CSV file as one table. Without a plan every column is text. Throws invalid_data carrying all findings where
/// one is an error, io where the file cannot be read.
[[nodiscard]] table read_csv(const std::filesystem::path& file, std::vector<csv_column> plan = {},
                             const csv_options& options = {});

/// One CSV field, in quotes where it must be.
void write_csv_field(std::string& out, std::string_view text);
/// Header and rows, LF line ends, null and NaN as a blank, numbers in the shortest form that reads back equal.
/// Throws io where the stream fails. O(cells).
void write_csv(std::ostream& out, const table& rows);

} // namespace commonweal::inline v0
