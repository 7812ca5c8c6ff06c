// SPDX-License-Identifier: Apache-2.0
// A streaming reader of RFC 4180 text in a bounded buffer that knows row, physical line and byte of all it refuses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/diagnostic.hpp>

namespace commonweal::inline v0 {

/// How the text is cut into fields, and the limits that keep a broken file from filling the memory.
struct csv_options {
  char delimiter = ',';
  char quote = '"';
  std::size_t max_field = std::size_t{1} << 20; ///< bytes; a longer field is refused (field_too_long)
  std::size_t max_row = std::size_t{16} << 20;  ///< bytes; a longer row is refused (row_too_long)
  std::size_t max_columns = 4096;               ///< a wider header is refused (too_many_columns)
  std::size_t buffer = std::size_t{1} << 18;    ///< bytes read at a time; 0: the default. Of any size: the same rows
                                                ///< and findings, only slower where it is small
  bool guess_delimiter = true; ///< a header of one field that holds ; | or a tab is refused (wrong_delimiter)
};

/// Fills the span from its beginning and returns how many bytes it wrote; 0 at the end. May throw error(io).
using byte_source = std::function<std::size_t(std::span<char>)>;

/// The bytes of a file, in order. Throws error(io) where it cannot be opened or read.
[[nodiscard]] byte_source file_bytes(const std::filesystem::path& file);
/// The bytes of a text, which must outlive the source.
[[nodiscard]] byte_source text_bytes(std::string_view text);

/// Reads rows one at a time.
///
/// Accepted: a UTF-8 byte-order mark; LF, CRLF and CR line ends, mixed; quoted fields with line ends, delimiters and
/// doubled quotes; a last line without a line end. Blank lines are passed over but counted. Columns without a name are
/// passed over with one note (nameless_column) as long as their cells are blank.
/// Refused, each as an error in `found`: unterminated_quote, stray_quote, too_few_fields, too_many_fields,
/// invalid_utf8, nul_byte, field_too_long, row_too_long, too_many_columns, duplicate_header, blank_header, empty_file,
/// not_utf8_text. A row with an error is passed over (bad bytes apart: they are replaced by '?'), so that one pass
/// finds all there is to fix; only unterminated_quote, field_too_long and row_too_long end the reading.
///
/// Rows are counted as a spreadsheet counts them: the header is row 1, a row with a quoted line end is one row.
/// O(bytes). Memory: one buffer of options.buffer bytes, which grows to twice the longest row. One owner; not
/// thread-safe.
class csv_reader {
 public:
  /// Reads the header. `file` is the name that findings carry. Throws invalid_argument where delimiter and quote are
  /// the same, a line end or a zero byte.
  csv_reader(byte_source bytes, std::string file, csv_options options, diagnostics& found);
  ~csv_reader();
  csv_reader(csv_reader&&) noexcept;
  csv_reader& operator=(csv_reader&&) noexcept;

  /// Column names, without blanks around them (no-break spaces and marks without a width too). Empty where there was no
  /// usable header; then next() is false.
  [[nodiscard]] const std::vector<std::string>& header() const;
  [[nodiscard]] const std::string& file() const;

  /// Moves to the next sound row; false at the end. Invalidates fields().
  bool next();
  /// The fields of the row, as many as the header has, quotes undone; borrowed until the next call of next().
  [[nodiscard]] std::span<const std::string_view> fields() const;
  [[nodiscard]] std::int64_t row() const;
  /// Physical line on which the row begins, from 1.
  [[nodiscard]] std::int64_t line() const;
  /// Bytes taken from the source so far.
  [[nodiscard]] std::uint64_t bytes_read() const;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace commonweal::inline v0
