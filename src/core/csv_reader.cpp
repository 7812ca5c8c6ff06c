// SPDX-License-Identifier: Apache-2.0
// Rows out of bytes: special characters are found 64 bytes at a time, and a row that the buffer cuts is read again.
#include <commonweal/core/csv.hpp>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <system_error>
#include <unordered_map>
#include <utility>

#include <fcntl.h>
#include <unistd.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <commonweal/core/error.hpp>
#include <commonweal/core/utf8.hpp>
#include <commonweal/core/values.hpp>

#include "core/blanks.hpp"

namespace commonweal::inline v0 {

namespace {

constexpr std::size_t block = 64; // bytes looked at together; the buffer is padded by as many zeros

/// One bit for each byte of a block that is one of four characters.
class special_mask {
 public:
  special_mask(char delimiter, char quote) : chars_{delimiter, quote, '\n', '\r'} {}

  [[nodiscard]] std::uint64_t operator()(const char* p) const {
    std::uint64_t mask = 0;
#if defined(__SSE2__)
    const __m128i c0 = _mm_set1_epi8(chars_[0]);
    const __m128i c1 = _mm_set1_epi8(chars_[1]);
    const __m128i c2 = _mm_set1_epi8(chars_[2]);
    const __m128i c3 = _mm_set1_epi8(chars_[3]);
    for (unsigned i = 0; i < 4; ++i) {
      const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * i));
      const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, c0), _mm_cmpeq_epi8(v, c1)),
                                       _mm_or_si128(_mm_cmpeq_epi8(v, c2), _mm_cmpeq_epi8(v, c3)));
      mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(hit))) << (16 * i);
    }
#else
    for (unsigned i = 0; i < block; ++i) {
      const char c = p[i];
      mask |= static_cast<std::uint64_t>(c == chars_[0] || c == chars_[1] || c == chars_[2] || c == chars_[3]) << i;
    }
#endif
    return mask;
  }

 private:
  char chars_[4];
};

/// True where every byte is ASCII and none is NUL: then no row of these bytes needs a closer look.
bool plain_ascii(const char* p, std::size_t n) {
  constexpr std::uint64_t high = 0x8080808080808080U;
  constexpr std::uint64_t low = 0x0101010101010101U;
  std::uint64_t bad = 0;
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    std::uint64_t w = 0;
    std::memcpy(&w, p + i, 8);
    bad |= (w | ((w - low) & ~w)) & high; // a high bit, or a byte that is zero
  }
  for (; i < n; ++i) bad |= static_cast<std::uint64_t>(p[i] <= 0);
  return bad == 0;
}

} // namespace

byte_source file_bytes(const std::filesystem::path& file) {
  // Closed when the last copy of the source goes.
  struct handle {
    int fd;
    explicit handle(int f) : fd(f) {}
    handle(const handle&) = delete;
    handle& operator=(const handle&) = delete;
    ~handle() { ::close(fd); }
  };
  const auto fail = [file](const char* what) {
    diagnostic d;
    d.code = "unreadable_file";
    d.file = file.string();
    d.message = std::string("the file cannot be ") + what + ": " + std::generic_category().message(errno);
    return error(error_code::io, d);
  };
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw fail("opened");
  auto shared = std::make_shared<handle>(fd);
  return [shared, fail](std::span<char> out) -> std::size_t {
    for (;;) {
      const auto n = ::read(shared->fd, out.data(), out.size());
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno != EINTR) throw fail("read");
    }
  };
}

byte_source text_bytes(std::string_view text) {
  return [text](std::span<char> out) mutable {
    const std::size_t n = std::min(out.size(), text.size());
    std::copy_n(text.data(), n, out.data());
    text.remove_prefix(n);
    return n;
  };
}

struct csv_reader::state {
  state(byte_source source, std::string name, csv_options o, diagnostics& f)
      : bytes(std::move(source)), file(std::move(name)), options(o), found(&f), specials(o.delimiter, o.quote) {
    constexpr std::string_view never("\n\r\0", 3);
    if (options.delimiter == options.quote || never.find(options.delimiter) != std::string_view::npos ||
        never.find(options.quote) != std::string_view::npos)
      throw error(error_code::invalid_argument,
                  "delimiter and quote of a CSV text are two characters, and neither is a line end or a zero byte");
    if (options.buffer == 0) options.buffer = csv_options{}.buffer;
    buffer.resize(options.buffer + block);
    read_header();
  }

  // ---- the buffer: [cursor, end) is read and not yet used ---------------------------------------
  bool refill(const char* keep_from) {
    if (at_end) return false;
    const std::size_t kept = end - static_cast<std::size_t>(keep_from - buffer.data());
    if (kept > 0) std::memmove(buffer.data(), keep_from, kept);
    consumed += end - kept;
    cursor = 0;
    end = kept;
    if (kept == 0) plain = true;
    // As much again as a row that the buffer cut: it is cut anew each time, which so stays linear in its length.
    const std::size_t room = std::max(options.buffer, kept);
    if (buffer.size() < end + room + block) buffer.resize(end + room + block);
    std::size_t n = 0;
    while (n < room && !at_end) {
      const std::size_t came = bytes(std::span<char>(buffer.data() + end + n, room - n));
      at_end = came == 0;
      n += came;
    }
    plain = plain && plain_ascii(buffer.data() + end, n);
    end += n;
    std::memset(buffer.data() + end, 0, block);
    return n != 0;
  }
  void seek(const char* p) {
    base = p;
    mask = specials(p);
  }
  /// The next special character at or after the place reached, or nullptr at the end of the bytes there are.
  const char* take() {
    const char* const stop = buffer.data() + end;
    while (mask == 0) {
      base += block;
      if (base >= stop) return nullptr;
      mask = specials(base);
    }
    const char* const p = base + std::countr_zero(mask);
    mask &= mask - 1;
    return p;
  }

  // ---- findings ---------------------------------------------------------------------------------
  void refuse(std::string code, std::string message, std::size_t column = SIZE_MAX) {
    diagnostic d;
    d.code = std::move(code);
    d.file = file;
    d.row = row;
    if (column < header.size()) d.field = header[column];
    if (line != row) message += " (line " + std::to_string(line) + " of the file)";
    d.message = std::move(message);
    found->add(std::move(d));
  }

  enum class outcome : std::uint8_t { row, bad_row, blank, end };

  /// Reads one record into `fields`.
  outcome read_record() {
    ++row;
    line = next_line;
    for (;;) { // once more each time the buffer cuts the row
      fields.clear();
      doubled.clear();
      const char* const start = buffer.data() + cursor;
      if (cursor == end) {
        if (refill(start)) continue;
        return outcome::end;
      }
      seek(start);
      const auto o = cut(start);
      if (o) return *o;
      if (stopped) return outcome::end;
    }
  }

  /// Cuts the record that begins at `start`; nothing where more bytes were read and it is to be cut again.
  std::optional<outcome> cut(const char* const start) {
    std::int64_t lines = 0;
    const char* p = start;
    for (;;) {
      const char* const stop = buffer.data() + end;
      const bool was_quoted = p < stop && *p == options.quote;
      const char* const text = was_quoted ? p + 1 : p;
      std::string_view field;
      const char* q = nullptr; // the special character that ends the field, or stop
      if (was_quoted) {
        take(); // the opening quote
        bool has_doubled = false;
        for (;;) {
          q = take();
          if (q == nullptr) {
            if (more(start, text)) return std::nullopt;
            if (stopped || too_long(start, text, stop, stop)) return outcome::end;
            refuse("unterminated_quote",
                   "a quote opens in field " + std::to_string(fields.size() + 1) +
                       " of this row and is never closed; close it, or double a quote that belongs to the text",
                   fields.size());
            stopped = true;
            return outcome::end;
          }
          if (*q != options.quote) {
            if (*q == '\n' || (*q == '\r' && q[1] != '\n')) ++lines;
            continue;
          }
          if (q + 1 == stop && !at_end) {
            if (more(start, text)) return std::nullopt;
            return outcome::end;
          }
          if (q + 1 < stop && q[1] == options.quote) {
            take();
            has_doubled = true;
            continue;
          }
          break;
        }
        field = {text, static_cast<std::size_t>(q - text)};
        if (has_doubled) doubled.push_back(fields.size());
        ++q;
      } else {
        q = take();
        if (q == nullptr) {
          if (more(start, text)) return std::nullopt;
          if (stopped) return outcome::end;
          q = stop;
        }
        field = {text, static_cast<std::size_t>(q - text)};
      }
      if (too_long(start, text, text + field.size(), q)) return outcome::end;
      if (q < stop) {
        if (*q != options.delimiter && *q != '\n' && *q != '\r') return stray(start, q, lines);
        if (was_quoted) take();
      }
      fields.push_back(field);
      const char* const last = buffer.data() + end;
      if (q < last && *q == options.delimiter) {
        if (fields.size() > options.max_columns) {
          refuse("too_many_columns", "the row has more than " + std::to_string(options.max_columns) + " fields");
          stopped = true;
          return outcome::end;
        }
        p = q + 1;
        continue;
      }
      if (q < last && *q == '\r' && q + 1 == last && !at_end) { // is it CR or CRLF?
        if (more(start, text)) return std::nullopt;
        return outcome::end;
      }
      std::size_t after = static_cast<std::size_t>(q - buffer.data());
      if (q < last) {
        after += *q == '\r' && q + 1 < last && q[1] == '\n' ? 2 : 1;
        ++lines;
      }
      const bool blank = fields.size() == 1 && field.empty() && !was_quoted;
      cursor = after;
      next_line += lines;
      if (blank) return outcome::blank;
      if (!plain) replace_bytes();
      for (const std::size_t i : doubled) undouble(fields[i]);
      return outcome::row;
    }
  }

  /// Reads on, keeping the row, whose field at hand has its text at `text`; false where there is nothing more, or where
  /// the row is too long (then stopped).
  bool more(const char* start, const char* text) {
    if (at_end) return false;
    // What ends the field may be the last byte there is (a quote, perhaps doubled; CR, perhaps of CRLF): where the two
    // before it are too many already, so they are with more bytes, and the finding does not depend on the buffer.
    const char* const reached = buffer.data() + (end < 2 ? 0 : end - 2);
    if (too_long(start, text, reached, reached)) return false;
    // Even where nothing more came, the bytes have moved: cut the row again, now knowing that this is the end.
    refill(start);
    return true;
  }

  /// True, with a finding and reading stopped, where the field from `text` to `field_end` or the row from `start` to
  /// `row_end` is longer than allowed: that one of the two whose limit comes first.
  bool too_long(const char* start, const char* text, const char* field_end, const char* row_end) {
    const auto longer = [](const char* from, const char* to, std::size_t limit) {
      return to > from && static_cast<std::size_t>(to - from) > limit;
    };
    const bool field = longer(text, field_end, options.max_field);
    const bool whole = longer(start, row_end, options.max_row);
    if (!field && !whole) return false;
    stopped = true;
    const auto before = static_cast<std::size_t>(text - start);
    if (field && (!whole || (before <= options.max_row && options.max_field <= options.max_row - before)))
      refuse("field_too_long",
             "field " + std::to_string(fields.size() + 1) + " is longer than the limit of " +
                 std::to_string(options.max_field) +
                 " bytes; shorten it, or close a quote that opens here; reading stopped at this row",
             fields.size());
    else
      refuse("row_too_long",
             "the row is longer than " + std::to_string(options.max_row) + " bytes; reading stopped here");
    return true;
  }

  /// A quote in the middle of a field: the row is passed over up to its line end.
  std::optional<outcome> stray(const char* start, const char* at, std::int64_t lines) {
    refuse("stray_quote",
           "field " + std::to_string(fields.size() + 1) + " has a quote where none may stand (byte " +
               std::to_string(static_cast<std::size_t>(at - start) + 1) +
               " of the row); put the whole field in quotes and double the quotes within",
           fields.size());
    next_line += lines;
    cursor = static_cast<std::size_t>(at - buffer.data());
    for (;;) {
      const char* const p = buffer.data() + cursor;
      const char* const stop = buffer.data() + end;
      const char* const eol = std::find_if(p, stop, [](char c) { return c == '\n' || c == '\r'; });
      if (eol + 1 >= stop && !at_end) { // the line end, or what follows it, is not here yet
        refill(eol == stop ? stop : eol);
        continue;
      }
      cursor = static_cast<std::size_t>(eol - buffer.data());
      if (eol < stop) {
        cursor += *eol == '\r' && eol + 1 < stop && eol[1] == '\n' ? 2 : 1;
        ++next_line;
      }
      return outcome::bad_row;
    }
  }

  void undouble(std::string_view& field) {
    char* const out = buffer.data() + (field.data() - buffer.data());
    std::size_t n = 0;
    for (std::size_t i = 0; i < field.size(); ++i) {
      out[n++] = field[i];
      if (field[i] == options.quote) ++i;
    }
    field = field.substr(0, n);
  }

  /// Refuses bytes that are not text, and puts '?' in their place so that the rest of the row is still looked at.
  void replace_bytes() {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      auto* const text = reinterpret_cast<unsigned char*>(buffer.data() + (fields[i].data() - buffer.data()));
      const std::size_t n = fields[i].size();
      bool told_utf8 = false;
      bool told_nul = false;
      for (std::size_t k = 0; k < n;) {
        const std::size_t length = utf8_length(fields[i].substr(k));
        if (length > 0 && text[k] != 0) {
          k += length;
          continue;
        }
        const std::uint64_t offset =
            consumed + static_cast<std::uint64_t>(reinterpret_cast<char*>(text + k) - buffer.data());
        bool& told = text[k] == 0 ? told_nul : told_utf8;
        if (!told && text[k] == 0)
          refuse("nul_byte",
                 "the field holds a zero byte (byte " + std::to_string(offset) +
                     " of the file, from 0); remove it, or save the file as UTF-8 text",
                 i);
        else if (!told)
          refuse("invalid_utf8",
                 "byte " + std::to_string(offset) + " of the file (from 0) is " + hex(text[k]) +
                     ", which is not UTF-8 here; save the file as UTF-8",
                 i);
        told = true;
        text[k++] = '?';
      }
    }
  }
  static std::string hex(unsigned char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return std::string("0x") + digits[c >> 4U] + digits[c & 15U];
  }

  void read_header() {
    refill(buffer.data());
    while (end < 4 && refill(buffer.data())) {}
    const std::string_view head(buffer.data(), std::min<std::size_t>(end, 4));
    if (head.starts_with("\xEF\xBB\xBF")) cursor = 3;
    row = 1;
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
      refuse("not_utf8_text", "the file is UTF-16; save it as UTF-8");
      stopped = true;
      return;
    }
    if (head.starts_with("PK\x03\x04")) {
      refuse("not_utf8_text", "the file is a spreadsheet workbook or another zip archive; export it as CSV in UTF-8");
      stopped = true;
      return;
    }
    row = 0;
    for (;;) {
      const auto o = read_record();
      if (o == outcome::blank) continue;
      if (o == outcome::row) break;
      if (o == outcome::end && !stopped) {
        row = 1;
        line = 1;
        refuse("empty_file", "the file is empty; its first row must name the columns");
      }
      stopped = true;
      return;
    }
    const char* const first = fields[0].data();
    const bool quoted = first > buffer.data() && first[-1] == options.quote;
    std::vector<std::string> names;
    for (const auto f : fields) names.emplace_back(detail::trim_blanks(f));
    width = names.size();
    bool sound = true;
    std::vector<std::size_t> nameless; // columns, from 1
    std::unordered_map<std::string_view, std::size_t> known;
    for (std::size_t i = 0; i < width; ++i) {
      if (names[i].empty()) {
        nameless.push_back(i + 1);
        continue;
      }
      const auto [it, fresh] = known.emplace(names[i], i);
      if (fresh) continue;
      sound = false;
      refuse("duplicate_header", "columns " + std::to_string(it->second + 1) + " and " + std::to_string(i + 1) +
                                     " are both named " + names[i] + "; a name stands for one column");
    }
    if (nameless.size() == width) {
      sound = false;
      refuse("blank_header", "no column has a name; the first row must name the columns");
    }
    if (width == 1 && options.delimiter == ',' && options.guess_delimiter && !quoted &&
        names[0].find_first_of(";\t|") != std::string::npos)
      refuse("wrong_delimiter", "the header is one single field, " + names[0] +
                                    "; if another character than a comma parts the fields, declare it as "
                                    "dialect.delimiter of the resource in datapackage.json; if it is one name, put it "
                                    "in quotes");
    if (!sound) {
      stopped = true;
      return;
    }
    if (!nameless.empty()) pass_over(nameless);
    header = std::move(names);
    std::erase_if(header, [](const std::string& name) { return name.empty(); });
  }

  /// Columns without a name, as spreadsheets leave them behind the last one: blank cells are passed over with one note.
  void pass_over(const std::vector<std::size_t>& columns) {
    std::string list;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i == 10) {
        list += ", ...";
        break;
      }
      list += (i == 0 ? "" : ", ") + std::to_string(columns[i]);
    }
    found->add(
        {severity::note,
         "nameless_column",
         file,
         row,
         {},
         {},
         (columns.size() == 1 ? "column " + list + " has no name and is passed over; a value in it"
                              : "columns " + list + " have no name and are passed over; a value in one of them") +
             " is an error"});
    unnamed.assign(width, false);
    for (const std::size_t c : columns) unnamed[c - 1] = true;
  }
  /// Takes the columns without a name out of the row; a value in one is refused, the first of each column.
  void drop_unnamed() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (!unnamed[i]) {
        fields[kept++] = fields[i];
        continue;
      }
      if (detail::trim_blanks(fields[i]).empty() || told_unnamed.contains(i)) continue;
      told_unnamed.insert(i);
      refuse("blank_header", "column " + std::to_string(i + 1) + " has no name, and here it holds " +
                                 in_quotes(fields[i]) + "; name it in the first row, or clear it");
    }
    fields.resize(kept);
  }

  bool next() {
    while (!stopped) {
      const auto o = read_record();
      if (o == outcome::end) {
        stopped = true;
        break;
      }
      if (o != outcome::row) continue;
      if (fields.size() == width) {
        if (!unnamed.empty()) drop_unnamed();
        return true;
      }
      const bool few = fields.size() < width;
      refuse(few ? "too_few_fields" : "too_many_fields",
             "the row has " + std::to_string(fields.size()) + (fields.size() == 1 ? " field" : " fields") +
                 " where the header names " + std::to_string(width) +
                 (few ? "; add the delimiters that are missing, or close a quote"
                      : "; put a field that holds the delimiter in quotes"));
    }
    fields.clear();
    return false;
  }

  byte_source bytes;
  std::string file;
  csv_options options;
  diagnostics* found;
  special_mask specials;

  std::string buffer;
  std::size_t cursor = 0;
  std::size_t end = 0;
  std::uint64_t consumed = 0; // bytes before the buffer
  bool at_end = false;
  bool plain = true; // every byte in the buffer is ASCII and none is NUL
  bool stopped = false;

  const char* base = nullptr;
  std::uint64_t mask = 0;

  std::vector<std::string> header;
  std::size_t width = 0;     // fields of a row, those of columns without a name among them
  std::vector<bool> unnamed; // empty where every column has a name
  std::set<std::size_t> told_unnamed;
  std::vector<std::string_view> fields;
  std::vector<std::size_t> doubled; // fields that hold doubled quotes
  std::int64_t row = 0;
  std::int64_t line = 1;
  std::int64_t next_line = 1;
};

csv_reader::csv_reader(byte_source bytes, std::string file, csv_options options, diagnostics& found)
    : state_(std::make_unique<state>(std::move(bytes), std::move(file), options, found)) {}
csv_reader::~csv_reader() = default;
csv_reader::csv_reader(csv_reader&&) noexcept = default;
csv_reader& csv_reader::operator=(csv_reader&&) noexcept = default;

const std::vector<std::string>& csv_reader::header() const { return state_->header; }
const std::string& csv_reader::file() const { return state_->file; }
bool csv_reader::next() { return state_->next(); }
std::span<const std::string_view> csv_reader::fields() const { return state_->fields; }
std::int64_t csv_reader::row() const { return state_->row; }
std::int64_t csv_reader::line() const { return state_->line; }
std::uint64_t csv_reader::bytes_read() const { return state_->consumed + state_->cursor; }

} // namespace commonweal::inline v0
