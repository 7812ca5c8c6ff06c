// SPDX-License-Identifier: Apache-2.0
// Bodies of bytes/archive_values.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

#include <commonweal/bytes/archive_values.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// Holds a condition in both directions: damaged_file when reading, invalid_argument when writing.
template <class Archive>
void require(Archive& ar, bool holds, std::string_view why) {
  if (holds) return;
  if constexpr (Archive::is_loading::value) ar.fail(std::string(why));
  else cannot_write("this cannot be packed: " + std::string(why));
}

inline constexpr std::int32_t first_calendar_day = date::from_ymd(1, 1, 1)->days_since_1970();
inline constexpr std::int32_t last_calendar_day = date::from_ymd(9999, 12, 31)->days_since_1970();

constexpr bool is_calendar_day(std::int32_t days) { return first_calendar_day <= days && days <= last_calendar_day; }
constexpr bool is_storable(date d) { return !d.is_bounded() || is_calendar_day(d.days_since_1970()); }

/// Ordinals of the first and last period that begin in years 0001 to 9999.
constexpr std::pair<std::int32_t, std::int32_t> ordinals_of(frequency f) {
  constexpr int before = 1 - 1970;
  constexpr int after = 9999 - 1970;
  switch (f) {
    case frequency::day: return {first_calendar_day, last_calendar_day};
    // A week belongs to the year of its Thursday, which is day 7 x ordinal.
    case frequency::week: return {floor_div(first_calendar_day + 6, 7), floor_div(last_calendar_day, 7)};
    case frequency::month: return {before * 12, after * 12 + 11};
    case frequency::quarter: return {before * 4, after * 4 + 3};
    case frequency::year: break;
  }
  return {before, after};
}

constexpr bool is_storable(period p) {
  const auto [first, last] = ordinals_of(p.freq());
  return first <= p.ordinal() && p.ordinal() <= last;
}

/// Numbers that are read or made a few thousand at a time, so that no second copy of a column is kept.
inline constexpr std::size_t value_chunk = 2048;

/// Writes f(i) for i below n as one block.
template <class T, class Writer, class F>
void write_each(Writer& out, std::size_t n, F f) {
  std::array<T, value_chunk> chunk;
  for (std::size_t i = 0; i < n; i += value_chunk) {
    const std::size_t m = std::min(value_chunk, n - i);
    if constexpr (!std::is_same_v<Writer, archive_counter>)
      for (std::size_t k = 0; k < m; ++k) chunk[k] = f(i + k);
    out.write_block(chunk.data(), m);
  }
}

/// Hands the numbers of a block to f, one after the other.
template <class T, class F>
void read_each(archive_reader& in, std::size_t n, F f) {
  in.require_room(n, sizeof(T));
  std::array<T, value_chunk> chunk;
  for (std::size_t i = 0; i < n; i += value_chunk) {
    const std::size_t m = std::min(value_chunk, n - i);
    in.read_block(chunk.data(), m);
    for (std::size_t k = 0; k < m; ++k) f(chunk[k]);
  }
}

template <class Writer>
void write_texts(Writer& out, std::size_t n, auto&& text_at) {
  write_each<std::uint32_t>(out, n, [&](std::size_t i) {
    const std::size_t length = text_at(i).size();
    if (length > std::numeric_limits<std::uint32_t>::max()) cannot_write("a text of 4 GiB or more cannot be packed");
    return static_cast<std::uint32_t>(length);
  });
  for (std::size_t i = 0; i < n; ++i) out.save_binary(text_at(i).data(), text_at(i).size());
}

inline utf8_values read_texts(archive_reader& in, std::size_t n) {
  in.require_room(n, sizeof(std::uint32_t));
  utf8_values texts;
  texts.offsets.reserve(n + 1);
  std::int64_t end = 0;
  read_each<std::uint32_t>(in, n, [&](std::uint32_t length) { texts.offsets.push_back(end += length); });
  in.require_room(static_cast<std::size_t>(end), 1);
  texts.bytes.resize(static_cast<std::size_t>(end));
  in.load_binary(texts.bytes.data(), texts.bytes.size());
  return texts;
}

/// Rows of a column that hold a value.
inline std::vector<std::size_t> rows_with_value(const column& c) {
  std::vector<std::size_t> rows;
  rows.reserve(c.size() - c.null_count());
  for (std::size_t i = 0; i < c.size(); ++i)
    if (!c.is_null(i)) rows.push_back(i);
  return rows;
}

template <class Writer>
void write_values(Writer& out, const column& c, std::size_t n, auto&& row_of) {
  switch (c.type()) {
    case column_type::int64:
      return write_each<std::int64_t>(out, n, [v = c.values<std::int64_t>(), &row_of](auto i) { return v[row_of(i)]; });
    case column_type::float64:
      return write_each<double>(out, n, [v = c.values<double>(), &row_of](auto i) { return v[row_of(i)]; });
    case column_type::utf8: return write_texts(out, n, [&](auto i) { return c.text(row_of(i)); });
    case column_type::boolean:
      return write_each<std::uint8_t>(out, n, [&, v = c.values<std::uint8_t>()](auto i) {
        require(out, v[row_of(i)] <= 1, "a boolean column holds another number than 0 and 1");
        return v[row_of(i)];
      });
    case column_type::date:
      return write_each<std::int32_t>(out, n, [&, v = c.values<date>()](auto i) {
        require(out, is_storable(v[row_of(i)]), "a date is outside the years 0001 to 9999");
        return v[row_of(i)].days_since_1970();
      });
    case column_type::period: break;
  }
  for (std::size_t i = 0; i < n; ++i) out << c.values<period>()[row_of(i)];
}

template <class Writer>
void write_column(Writer& out, const column& c) {
  out << c.name() << c.type() << (c.null_count() != 0);
  if (c.null_count() == 0) return write_values(out, c, c.size(), [](std::size_t i) { return i; });
  out.write_block(c.validity().data(), c.validity().size());
  const auto rows = rows_with_value(c);
  write_values(out, c, rows.size(), [&](std::size_t i) { return rows[i]; });
}

/// The n values of a column of that type, none of them null, under that name.
inline column read_values(archive_reader& in, std::string name, column_type type, std::size_t n) {
  switch (type) {
    case column_type::int64: {
      in.require_room(n, sizeof(std::int64_t));
      std::vector<std::int64_t> v(n);
      in.read_block(v.data(), n);
      return {std::move(name), std::move(v)};
    }
    case column_type::float64: {
      in.require_room(n, sizeof(double));
      std::vector<double> v(n);
      in.read_block(v.data(), n);
      return {std::move(name), std::move(v)};
    }
    case column_type::utf8: return {std::move(name), read_texts(in, n)};
    case column_type::boolean: {
      in.require_room(n, 1);
      std::vector<std::uint8_t> v(n);
      in.read_block(v.data(), n);
      if (std::any_of(v.begin(), v.end(), [](std::uint8_t b) { return b > 1; }))
        in.fail("a boolean column holds another number than 0 and 1");
      return {std::move(name), std::move(v)};
    }
    case column_type::date: {
      in.require_room(n, sizeof(std::int32_t));
      std::vector<date> v;
      v.reserve(n);
      read_each<std::int32_t>(in, n, [&](std::int32_t days) {
        if (!is_storable(date{days})) in.fail("a date is outside the years 0001 to 9999");
        v.push_back(date{days});
      });
      return {std::move(name), std::move(v)};
    }
    case column_type::period: break;
  }
  in.require_room(n, sizeof(std::uint8_t) + sizeof(std::int32_t));
  std::vector<period> v(n);
  for (auto& p : v) in >> p;
  return {std::move(name), std::move(v)};
}

inline column read_column(archive_reader& in, std::size_t rows) {
  std::string name;
  auto type = column_type::int64;
  bool nulls = false;
  in >> name >> type >> nulls;
  if (!nulls) return read_values(in, std::move(name), type, rows);

  const std::size_t words = rows / 64 + (rows % 64 != 0 ? 1 : 0);
  in.require_room(words, sizeof(std::uint64_t));
  std::vector<std::uint64_t> validity(words);
  in.read_block(validity.data(), words);
  if (rows % 64 != 0 && validity.back() >> (rows % 64) != 0) in.fail("a bitmap has bits beyond the last row");
  std::size_t present = 0;
  for (const auto w : validity) present += static_cast<std::size_t>(std::popcount(w));
  if (present == rows) in.fail("a column is said to have nulls and has none");

  const column dense = read_values(in, {}, type, present);
  column c(std::move(name), type);
  c.reserve(rows);
  const auto spread = [&](auto&& value_at) {
    for (std::size_t row = 0, next = 0; row < rows; ++row) {
      if ((validity[row / 64] >> (row % 64) & 1U) != 0) c.append(value_at(next++));
      else c.append_null();
    }
  };
  switch (type) {
    case column_type::int64: spread([v = dense.values<std::int64_t>()](auto i) { return v[i]; }); break;
    case column_type::float64: spread([v = dense.values<double>()](auto i) { return v[i]; }); break;
    case column_type::utf8: spread([&v = dense.texts()](auto i) { return v[i]; }); break;
    case column_type::boolean: spread([v = dense.values<std::uint8_t>()](auto i) { return v[i] != 0; }); break;
    case column_type::date: spread([v = dense.values<date>()](auto i) { return v[i]; }); break;
    case column_type::period: spread([v = dense.values<period>()](auto i) { return v[i]; }); break;
  }
  return c;
}

} // namespace detail

template <class Archive>
void serialize(Archive& ar, date& d, unsigned) {
  std::int32_t days = d.days_since_1970();
  ar& days;
  if constexpr (Archive::is_loading::value) d = date{days};
  detail::require(ar, detail::is_storable(d), "a date is outside the years 0001 to 9999");
}

template <class Archive>
void serialize(Archive& ar, period& p, unsigned) {
  auto freq = p.freq();
  std::int32_t ordinal = p.ordinal();
  ar& freq& ordinal;
  if constexpr (Archive::is_loading::value) p = period{freq, ordinal};
  detail::require(ar, detail::is_storable(p), "a period is outside the years 0001 to 9999");
}

template <class Archive>
void serialize(Archive& ar, interval& span, unsigned) {
  ar& span.start& span.end;
  detail::require(ar, !span.empty(), "an interval ends before it starts");
}

template <class Archive>
void serialize(Archive& ar, utf8_values& texts, unsigned) {
  if constexpr (Archive::is_loading::value) {
    texts = detail::read_texts(ar, ar.read_count(sizeof(std::uint32_t)));
  } else {
    ar << static_cast<std::uint64_t>(texts.size());
    // One block: the texts lie end to end already.
    detail::write_each<std::uint32_t>(ar, texts.size(), [&](std::size_t i) {
      detail::require(ar, texts[i].size() <= std::numeric_limits<std::uint32_t>::max(), "a text has 4 GiB or more");
      return static_cast<std::uint32_t>(texts[i].size());
    });
    ar.save_binary(texts.bytes.data(), texts.bytes.size());
  }
}

template <class Archive>
void serialize(Archive& ar, table& rows, unsigned) {
  if constexpr (Archive::is_loading::value) {
    std::uint64_t count = 0;
    ar >> count;
    // A name's length, a type and the word on nulls are the least a column takes.
    const std::size_t columns = ar.read_count(6);
    if (columns == 0 && count != 0) ar.fail("a table without columns has rows");
    if (count / 8 > ar.remaining()) ar.fail("a table of " + std::to_string(count) + " rows does not fit in the file");
    table read;
    for (std::size_t i = 0; i < columns; ++i) {
      column c = detail::read_column(ar, static_cast<std::size_t>(count));
      if (read.find(c.name()) != nullptr) ar.fail("a table has two columns " + c.name());
      read.add_column(std::move(c));
    }
    rows = std::move(read);
  } else {
    ar << static_cast<std::uint64_t>(rows.rows()) << static_cast<std::uint64_t>(rows.column_count());
    for (const auto& c : rows.columns()) detail::write_column(ar, c);
  }
}

} // namespace commonweal::inline v0
