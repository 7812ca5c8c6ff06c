// SPDX-License-Identifier: Apache-2.0
// Arrow streams and arrays into tables. What a struct says of itself is checked; how far its pointers reach cannot be.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>
#include <span>

#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

constexpr std::int64_t longest = std::int64_t{1} << 40;

/// Releases what is not released yet.
template <class T>
struct consumed {
  explicit consumed(T& given) : value(&given) {}
  explicit consumed(T* given) : value(given) {}
  consumed(const consumed&) = delete;
  consumed& operator=(const consumed&) = delete;
  ~consumed() {
    if (value != nullptr && value->release != nullptr) value->release(value);
  }
  T* value;
};

template <class T>
T load(const void* data, std::int64_t i) {
  T v;
  std::memcpy(&v, static_cast<const char*>(data) + i * static_cast<std::int64_t>(sizeof(T)), sizeof v);
  return v;
}
bool bit(const void* data, std::int64_t i) {
  return (static_cast<const std::uint8_t*>(data)[i / 8] >> (i % 8) & 1U) != 0;
}

enum class layout {
  null,
  boolean,
  i8,
  u8,
  i16,
  u16,
  i32,
  u32,
  i64,
  u64,
  f32,
  f64,
  utf8,
  large_utf8,
  utf8_view,
  date32,
  date64
};

layout layout_of(const char* format, const std::string& name) {
  const std::string_view f = format == nullptr ? "" : format;
  constexpr std::pair<std::string_view, layout> known[] = {
      {"n", layout::null},    {"b", layout::boolean},    {"c", layout::i8},         {"C", layout::u8},
      {"s", layout::i16},     {"S", layout::u16},        {"i", layout::i32},        {"I", layout::u32},
      {"l", layout::i64},     {"L", layout::u64},        {"f", layout::f32},        {"g", layout::f64},
      {"u", layout::utf8},    {"U", layout::large_utf8}, {"vu", layout::utf8_view}, {"tdD", layout::date32},
      {"tdm", layout::date64}};
  for (const auto& [text, l] : known)
    if (text == f) return l;
  std::string what = "Arrow type " + std::string(f.substr(0, 40));
  std::string cure = "cast it to a number, a boolean, text or a date";
  if (f.starts_with("ts"))
    what = "a timestamp",
    cure = "cast it to a date: whose day a moment belongs to depends on the time zone, so it is not guessed";
  else if (f.starts_with("tt")) what = "a time of day";
  else if (f.starts_with("tD")) what = "a duration", cure = "cast it to a number";
  else if (f.starts_with("d:")) what = "a decimal", cure = "cast it to float64";
  else if (f == "e") what = "a half-precision number", cure = "cast it to float64";
  else if (f.starts_with("z") || f == "Z" || f == "vz" || f.starts_with("w:"))
    what = "binary", cure = "cast it to text";
  else if (f.starts_with("+")) what = "a nested type", cure = "unnest it into columns";
  refuse_data(name, -1, "wrong_type", "it is " + what + ", which is not taken; " + cure);
}

column_type stored_as(layout l) {
  switch (l) {
    case layout::boolean: return column_type::boolean;
    case layout::f32:
    case layout::f64: return column_type::float64;
    case layout::null:
    case layout::utf8:
    case layout::large_utf8:
    case layout::utf8_view: return column_type::utf8;
    case layout::date32:
    case layout::date64: return column_type::date;
    default: return column_type::int64;
  }
}

bool is_text(layout l) { return l == layout::utf8 || l == layout::large_utf8 || l == layout::utf8_view; }

[[noreturn]] void malformed(const std::string& name, const std::string& message) {
  refuse_data(name, -1, "bad_arrow", message);
}

/// An array that says of itself what its layout asks for, seen from element `begin`.
class checked_array {
 public:
  checked_array(const ArrowArray& a, layout l, const std::string& name, std::int64_t begin, std::int64_t count)
      : name_(name), layout_(l) {
    if (a.release == nullptr) malformed(name, "the array was released");
    if (a.length < 0 || a.offset < 0 || a.length > longest || a.offset > longest)
      malformed(name, "a length or an offset is out of range");
    if (a.length < begin + count) malformed(name, "the array is shorter than the batch");
    const std::int64_t buffers = l == layout::null ? 0 : l == layout::utf8 || l == layout::large_utf8 ? 3 : 2;
    if (l == layout::utf8_view ? a.n_buffers < 3 : a.n_buffers != buffers)
      malformed(name, "the number of buffers is not that of the type");
    begin_ = a.offset + begin;
    if (count == 0 || l == layout::null) return;
    if (a.buffers == nullptr || a.buffers[1] == nullptr) malformed(name, "a buffer is NULL");
    validity_ = a.null_count == 0 ? nullptr : a.buffers[0];
    data_ = a.buffers[1];
    if (l == layout::utf8 || l == layout::large_utf8) bytes_ = static_cast<const char*>(a.buffers[2]);
    if (l == layout::utf8_view) {
      views_ = a.buffers + 2;
      view_count_ = a.n_buffers - 3;
      view_sizes_ = a.buffers[a.n_buffers - 1];
      if (view_count_ > 0 && view_sizes_ == nullptr) malformed(name, "the buffer of buffer sizes is NULL");
    }
  }

  [[nodiscard]] bool is_null(std::int64_t i) const {
    return layout_ == layout::null || (validity_ != nullptr && !bit(validity_, begin_ + i));
  }
  /// The values as they lie, where they are int64 or float64 and none is null; nullptr otherwise.
  [[nodiscard]] const void* dense() const {
    const bool as_stored = layout_ == layout::i64 || layout_ == layout::f64;
    return as_stored && validity_ == nullptr && data_ != nullptr ? static_cast<const char*>(data_) + begin_ * 8
                                                                 : nullptr;
  }
  /// Adds all strings at once, where none is null and they lie one after the other. False where that cannot be.
  [[nodiscard]] bool add_all_to(column_maker& out, std::int64_t count) const {
    if (count == 0 || validity_ != nullptr || bytes_ == nullptr ||
        (layout_ != layout::utf8 && layout_ != layout::large_utf8))
      return false;
    return layout_ == layout::utf8 ? add_run<std::int32_t>(out, count) : add_run<std::int64_t>(out, count);
  }
  [[nodiscard]] std::int64_t integer(std::int64_t i, std::int64_t row) const {
    const auto at = begin_ + i;
    switch (layout_) {
      case layout::i8: return load<std::int8_t>(data_, at);
      case layout::u8: return load<std::uint8_t>(data_, at);
      case layout::i16: return load<std::int16_t>(data_, at);
      case layout::u16: return load<std::uint16_t>(data_, at);
      case layout::i32: return load<std::int32_t>(data_, at);
      case layout::u32: return load<std::uint32_t>(data_, at);
      case layout::u64: {
        const auto v = load<std::uint64_t>(data_, at);
        if (v > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
          refuse_data(name_, row, "number_too_large", std::to_string(v) + " is beyond a 64-bit integer with sign");
        return static_cast<std::int64_t>(v);
      }
      default: return load<std::int64_t>(data_, at);
    }
  }
  [[nodiscard]] std::string_view text(std::int64_t i) const {
    const auto at = begin_ + i;
    if (layout_ == layout::utf8_view) return view(at);
    const std::int64_t from = layout_ == layout::utf8 ? load<std::int32_t>(data_, at) : load<std::int64_t>(data_, at);
    const std::int64_t to =
        layout_ == layout::utf8 ? load<std::int32_t>(data_, at + 1) : load<std::int64_t>(data_, at + 1);
    if (from < 0 || to < from || to > longest) malformed(name_, "the offsets of the strings do not ascend");
    if (from == to) return {};
    if (bytes_ == nullptr) malformed(name_, "the buffer of bytes is NULL");
    return {bytes_ + from, static_cast<std::size_t>(to - from)};
  }
  void append_to(column_maker& out, std::int64_t i) const {
    const auto row = static_cast<std::int64_t>(out.size());
    switch (layout_) {
      case layout::null: return out.add_null();
      case layout::boolean: return out.add(bit(data_, begin_ + i));
      case layout::f32: return out.add(static_cast<double>(load<float>(data_, begin_ + i)));
      case layout::f64: return out.add(load<double>(data_, begin_ + i));
      case layout::utf8:
      case layout::large_utf8:
      case layout::utf8_view: return out.add(text(i));
      case layout::date32: return out.add(day(load<std::int32_t>(data_, begin_ + i), row));
      case layout::date64: {
        constexpr std::int64_t day_length = 86'400'000;
        const auto ms = load<std::int64_t>(data_, begin_ + i);
        if (ms % day_length != 0)
          refuse_data(name_, row, "not_a_date", "a date64 that is not at midnight; cast it to date32");
        return out.add(day(ms / day_length, row));
      }
      default: return out.add(integer(i, row));
    }
  }

 private:
  template <class T>
  [[nodiscard]] bool add_run(column_maker& out, std::int64_t count) const {
    const auto offset = [this](std::size_t i) {
      return static_cast<std::int64_t>(load<T>(data_, begin_ + static_cast<std::int64_t>(i)));
    };
    std::int64_t before = offset(0);
    if (before < 0) malformed(name_, "the offsets of the strings do not ascend");
    for (std::int64_t i = 1; i <= count; ++i) {
      const auto next = offset(static_cast<std::size_t>(i));
      if (next < before || next > longest) malformed(name_, "the offsets of the strings do not ascend");
      before = next;
    }
    return out.add_strings(bytes_, static_cast<std::size_t>(count), offset);
  }
  [[nodiscard]] date day(std::int64_t days, std::int64_t row) const {
    const auto lowest = date::from_ymd(1, 1, 1)->days_since_1970();
    const auto highest = date::from_ymd(9999, 12, 31)->days_since_1970();
    if (days < lowest || days > highest)
      refuse_data(name_, row, "not_a_date",
                  std::to_string(days) + " days from 1970-01-01 is outside the years 0001 to 9999");
    return date(static_cast<std::int32_t>(days));
  }
  [[nodiscard]] std::string_view view(std::int64_t at) const {
    const auto* v = static_cast<const char*>(data_) + at * 16;
    const auto size = load<std::int32_t>(v, 0);
    if (size < 0) malformed(name_, "a string has a negative length");
    if (size <= 12) return {v + 4, static_cast<std::size_t>(size)};
    const auto buffer = load<std::int32_t>(v, 2);
    const auto from = load<std::int32_t>(v, 3);
    if (buffer < 0 || buffer >= view_count_ || from < 0 || views_[buffer] == nullptr ||
        std::int64_t{from} + size > load<std::int64_t>(view_sizes_, buffer))
      malformed(name_, "a string lies outside its buffer");
    return {static_cast<const char*>(views_[buffer]) + from, static_cast<std::size_t>(size)};
  }

  const std::string& name_;
  layout layout_;
  std::int64_t begin_ = 0;
  const void* validity_ = nullptr;
  const void* data_ = nullptr;
  const char* bytes_ = nullptr;
  const void* const* views_ = nullptr;
  std::int64_t view_count_ = 0;
  const void* view_sizes_ = nullptr;
};

struct field_plan {
  layout values;               // or the indices
  std::optional<layout> words; // of the dictionary
  column_maker out;
  // Of the last dictionary, by which the next is known to be the same: where it lies, and our codes of its words.
  std::int64_t length = -1, offset = 0;
  std::vector<const void*> buffers;
  std::vector<std::uint32_t> codes;
};

std::vector<field_plan> plan_of(const ArrowSchema& schema) {
  if (schema.format == nullptr || std::string_view(schema.format) != "+s")
    malformed("", "the rows are not structs: a table or a record batch is needed");
  if (schema.n_children < 0 || schema.n_children > 1'000'000 || (schema.n_children > 0 && schema.children == nullptr))
    malformed("", "the number of columns is out of range");
  std::vector<field_plan> out;
  for (std::int64_t c = 0; c < schema.n_children; ++c) {
    const ArrowSchema* child = schema.children[c];
    if (child == nullptr) malformed("", "a column of the schema is NULL");
    const std::string name = child->name == nullptr ? "" : child->name;
    if (name.empty() || !is_utf8(name))
      malformed("", "column " + std::to_string(c) + " has no name, or one that is not UTF-8");
    const layout values = layout_of(child->format, name);
    if (child->dictionary == nullptr) {
      out.push_back({values, std::nullopt, column_maker(name, stored_as(values)), -1, 0, {}, {}});
      continue;
    }
    const layout words = layout_of(child->dictionary->format, name);
    if (stored_as(values) != column_type::int64) malformed(name, "the indices of the dictionary are no integers");
    if (!is_text(words) || child->dictionary->dictionary != nullptr)
      refuse_data(name, -1, "wrong_type",
                  "it is a dictionary of something other than text, which is not taken; decode it");
    out.push_back({values, words, column_maker(name, column_type::utf8, true), -1, 0, {}, {}});
  }
  return out;
}

/// Adds the words that `count` indices name. A word is looked at once, also where batches share a dictionary: the
/// caller keeps the batch before alive, so that what lies in one place is one thing. A dictionary that is far longer
/// than the batch is not trusted to be as long as it says.
void append_words(field_plan& field, const checked_array& indices, const ArrowArray& dictionary, std::int64_t count) {
  constexpr std::uint32_t unknown = UINT32_MAX, null_word = UINT32_MAX - 1; // no text has these codes
  const std::int64_t size = dictionary.length;
  const checked_array words(dictionary, *field.words, field.out.name(), 0, size);
  const bool listed = size / 64 <= std::max<std::int64_t>(count, 1024);
  const std::span buffers(dictionary.buffers, size == 0 ? 0 : static_cast<std::size_t>(dictionary.n_buffers));
  if (field.length != size || field.offset != dictionary.offset || !std::ranges::equal(field.buffers, buffers)) {
    field.length = size;
    field.offset = dictionary.offset;
    field.buffers.assign(buffers.begin(), buffers.end());
    field.codes.assign(listed ? static_cast<std::size_t>(size) : 0, unknown);
  }
  for (std::int64_t i = 0; i < count; ++i) {
    if (indices.is_null(i)) {
      field.out.add_null();
      continue;
    }
    const auto k = indices.integer(i, static_cast<std::int64_t>(field.out.size()));
    if (k < 0 || k >= size) malformed(field.out.name(), "an index is outside the dictionary");
    std::uint32_t alone = unknown;
    std::uint32_t& code = field.codes.empty() ? alone : field.codes[static_cast<std::size_t>(k)];
    if (code == unknown) code = words.is_null(k) ? null_word : field.out.code_of(words.text(k));
    if (code == null_word) field.out.add_null();
    else field.out.add_code(code);
  }
}

void append_batch(std::vector<field_plan>& plan, const ArrowArray& batch) {
  if (batch.length < 0 || batch.offset < 0 || batch.length > longest || batch.offset > longest)
    malformed("", "a length or an offset of a batch is out of range");
  if (batch.n_children != static_cast<std::int64_t>(plan.size()) || (batch.n_children > 0 && batch.children == nullptr))
    malformed("", "a batch has not the columns of the schema");
  if (batch.null_count != 0 && batch.n_buffers > 0 && batch.buffers != nullptr && batch.buffers[0] != nullptr)
    for (std::int64_t i = 0; i < batch.length; ++i)
      if (!bit(batch.buffers[0], batch.offset + i)) malformed("", "a row is null as a whole");
  for (std::size_t c = 0; c < plan.size(); ++c) {
    auto& field = plan[c];
    const ArrowArray* a = batch.children[c];
    if (a == nullptr) malformed(field.out.name(), "the array is NULL");
    const checked_array values(*a, field.values, field.out.name(), batch.offset, batch.length);
    if (const void* at_once = field.words ? nullptr : values.dense()) {
      field.out.add_dense(at_once, static_cast<std::size_t>(batch.length));
      continue;
    }
    if (!field.words) {
      if (values.add_all_to(field.out, batch.length)) continue;
      for (std::int64_t i = 0; i < batch.length; ++i) {
        if (values.is_null(i)) field.out.add_null();
        else values.append_to(field.out, i);
      }
      continue;
    }
    if (a->dictionary == nullptr) malformed(field.out.name(), "the dictionary is missing");
    append_words(field, values, *a->dictionary, batch.length);
  }
}

table table_of(std::vector<field_plan>& plan) {
  table out;
  for (auto& field : plan) out.add_column(std::move(field.out).make());
  return out;
}

[[noreturn]] void stream_failed(ArrowArrayStream& s, int why) {
  if (why == ENOMEM) throw std::bad_alloc();
  const char* message = s.get_last_error == nullptr ? nullptr : s.get_last_error(&s);
  diagnostic d;
  d.code = "stream_failed";
  d.message =
      "the stream failed with errno " + std::to_string(why) + (message == nullptr ? "" : ": " + std::string(message));
  throw error(why == ECANCELED || why == EINTR ? error_code::cancelled : error_code::io, d);
}

} // namespace

table import_stream(ArrowArrayStream& stream) {
  if (stream.release == nullptr) refuse("the stream was consumed already");
  const consumed<ArrowArrayStream> all(stream);
  if (stream.get_schema == nullptr || stream.get_next == nullptr) refuse("the stream lacks a callback");
  ArrowSchema schema{};
  if (const int why = stream.get_schema(&stream, &schema); why != 0) stream_failed(stream, why);
  const consumed<ArrowSchema> keep_schema(schema);
  auto plan = plan_of(schema);
  ArrowArray before{};
  const consumed<ArrowArray> keep_before(before);
  for (;;) {
    ArrowArray batch{};
    if (const int why = stream.get_next(&stream, &batch); why != 0) stream_failed(stream, why);
    if (batch.release == nullptr) return table_of(plan);
    const consumed<ArrowArray> keep_batch(batch);
    append_batch(plan, batch);
    std::swap(before, batch);
  }
}

table import_array(ArrowArray* array, ArrowSchema* schema) {
  const consumed<ArrowArray> keep_array(array);
  const consumed<ArrowSchema> keep_schema(schema);
  if (array == nullptr || schema == nullptr) refuse("the array or the schema is NULL");
  if (array->release == nullptr || schema->release == nullptr) refuse("the array or the schema was consumed already");
  auto plan = plan_of(*schema);
  append_batch(plan, *array);
  return table_of(plan);
}

} // namespace commonweal::inline v0::capi
