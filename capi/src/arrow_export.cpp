// SPDX-License-Identifier: Apache-2.0
// A table as an Arrow stream of one batch that borrows the table's memory and keeps it alive.
#include <algorithm>
#include <bit>
#include <cerrno>
#include <limits>
#include <new>

#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

static_assert(std::endian::native == std::endian::little, "validity words are Arrow bitmaps on little-endian machines");

// ---- schemas ------------------------------------------------------------------------------------
struct schema_data {
  std::string name;
  ArrowSchema words{}; // of a dictionary
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

void release_schema(ArrowSchema* s) noexcept {
  auto* data = static_cast<schema_data*>(s->private_data);
  for (auto& child : data->children)
    if (child.release != nullptr) child.release(&child);
  if (s->dictionary != nullptr && s->dictionary->release != nullptr) s->dictionary->release(s->dictionary);
  delete data;
  s->release = nullptr;
}

const char* format_of(column_type t) {
  switch (t) {
    case column_type::int64: return "l";
    case column_type::float64: return "g";
    case column_type::boolean: return "b";
    case column_type::date: return "tdD";
    case column_type::utf8:
    case column_type::period: break;
  }
  return "U";
}

ArrowSchema schema_of(const std::string& name, const char* format, bool coded) {
  auto data = std::make_unique<schema_data>();
  data->name = name;
  ArrowSchema out{};
  out.format = coded ? "i" : format;
  if (coded) {
    data->words = schema_of("", format, false);
    out.dictionary = &data->words;
  }
  out.name = data->name.c_str();
  out.flags = ARROW_FLAG_NULLABLE;
  out.release = release_schema;
  out.private_data = data.release();
  return out;
}

void make_schema(const table& t, const std::vector<bool>& coded, ArrowSchema* out) {
  auto data = std::make_unique<schema_data>();
  data->children.reserve(t.column_count());
  data->pointers.reserve(t.column_count());
  try {
    for (std::size_t i = 0; i < t.column_count(); ++i) {
      data->children.push_back(schema_of(t[i].name(), format_of(t[i].type()), coded[i]));
      data->pointers.push_back(&data->children.back());
    }
  } catch (...) {
    for (auto& child : data->children) child.release(&child);
    throw;
  }
  *out = {};
  out->format = "+s";
  out->name = "";
  out->n_children = static_cast<std::int64_t>(data->children.size());
  out->children = data->pointers.data();
  out->release = release_schema;
  out->private_data = data.release();
}

// ---- arrays -------------------------------------------------------------------------------------
struct array_data {
  std::shared_ptr<const void> keep; // what the buffers point into
  std::vector<std::uint8_t> bits;   // booleans, which a table holds as bytes
  ArrowArray words{};               // of a dictionary
  const void* buffers[3] = {nullptr, nullptr, nullptr};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

void release_array(ArrowArray* a) noexcept {
  auto* data = static_cast<array_data*>(a->private_data);
  for (auto& child : data->children)
    if (child.release != nullptr) child.release(&child);
  if (a->dictionary != nullptr && a->dictionary->release != nullptr) a->dictionary->release(a->dictionary);
  delete data;
  a->release = nullptr;
}

void show_texts(array_data& data, const utf8_values& texts, ArrowArray& out) {
  out.n_buffers = 3;
  data.buffers[1] = texts.offsets.data();
  data.buffers[2] = texts.bytes.data();
}

ArrowArray words_of(std::shared_ptr<const void> keep, const utf8_values& words) {
  auto data = std::make_unique<array_data>();
  data->keep = std::move(keep);
  ArrowArray out{};
  out.length = static_cast<std::int64_t>(words.size());
  show_texts(*data, words, out);
  out.buffers = data->buffers;
  out.release = release_array;
  out.private_data = data.release();
  return out;
}

ArrowArray array_of(const std::shared_ptr<const table>& rows, std::size_t index, bool coded) {
  auto data = std::make_unique<array_data>();
  data->keep = rows;
  const column* from = &(*rows)[index];
  if (from->is_coded() != coded) {
    auto turned = std::make_shared<column>(*from);
    if (coded) turned->encode();
    else turned->decode();
    from = turned.get();
    data->keep = std::move(turned);
  }
  const column& c = *from;
  ArrowArray out{};
  out.length = static_cast<std::int64_t>(c.size());
  out.null_count = static_cast<std::int64_t>(c.null_count());
  out.n_buffers = 2;
  if (c.null_count() != 0) data->buffers[0] = c.validity().data();
  switch (c.type()) {
    case column_type::int64: data->buffers[1] = c.values<std::int64_t>().data(); break;
    case column_type::float64: data->buffers[1] = c.values<double>().data(); break;
    case column_type::date: data->buffers[1] = c.values<date>().data(); break;
    case column_type::boolean: {
      const auto values = c.values<std::uint8_t>();
      data->bits.assign((values.size() + 7) / 8, 0);
      for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i] != 0) data->bits[i / 8] = static_cast<std::uint8_t>(data->bits[i / 8] | 1U << (i % 8));
      data->buffers[1] = data->bits.data();
      break;
    }
    case column_type::utf8:
    case column_type::period:
      if (!coded) {
        show_texts(*data, c.texts(), out);
        break;
      }
      data->buffers[1] = c.codes().data();
      data->words = words_of(data->keep, c.distinct());
      out.dictionary = &data->words;
  }
  out.buffers = data->buffers;
  out.release = release_array;
  out.private_data = data.release();
  return out;
}

void make_batch(const std::shared_ptr<const table>& t, const std::vector<bool>& coded, ArrowArray* out) {
  auto data = std::make_unique<array_data>();
  data->children.reserve(t->column_count());
  data->pointers.reserve(t->column_count());
  try {
    for (std::size_t i = 0; i < t->column_count(); ++i) {
      data->children.push_back(array_of(t, i, coded[i]));
      data->pointers.push_back(&data->children.back());
    }
  } catch (...) {
    for (auto& child : data->children) child.release(&child);
    throw;
  }
  *out = {};
  out->length = static_cast<std::int64_t>(t->rows());
  out->n_buffers = 1;
  out->n_children = static_cast<std::int64_t>(data->children.size());
  out->buffers = data->buffers;
  out->children = data->pointers.data();
  out->release = release_array;
  out->private_data = data.release();
}

// ---- the stream ---------------------------------------------------------------------------------
struct stream_data {
  std::shared_ptr<const table> rows;
  std::vector<bool> coded; // by column: a dictionary and its indices
  bool done = false;
  const char* wrong = nullptr;
};

template <class Make>
int make_safely(stream_data& data, Make make) noexcept {
  data.wrong = nullptr;
  try {
    make();
    return 0;
  } catch (...) {
    data.wrong = "there is not enough memory";
    return ENOMEM;
  }
}

int stream_schema(ArrowArrayStream* s, ArrowSchema* out) noexcept {
  auto& data = *static_cast<stream_data*>(s->private_data);
  return make_safely(data, [&] { make_schema(*data.rows, data.coded, out); });
}
int stream_next(ArrowArrayStream* s, ArrowArray* out) noexcept {
  auto& data = *static_cast<stream_data*>(s->private_data);
  if (data.done || data.rows->rows() == 0) {
    data.done = true;
    *out = {}; // released: the end
    return 0;
  }
  const int failed = make_safely(data, [&] { make_batch(data.rows, data.coded, out); });
  data.done = failed == 0;
  return failed;
}
const char* stream_error(ArrowArrayStream* s) noexcept { return static_cast<stream_data*>(s->private_data)->wrong; }
void release_stream(ArrowArrayStream* s) noexcept {
  delete static_cast<stream_data*>(s->private_data);
  s->release = nullptr;
}

/// The text columns that a schema, which is borrowed, wants as dictionaries.
std::vector<bool> coded_columns(const table& t, const ArrowSchema* wanted) {
  std::vector<bool> out(t.column_count());
  if (wanted == nullptr) return out;
  if (wanted->release == nullptr) refuse("the requested schema was released");
  if (wanted->n_children < 0 || (wanted->n_children > 0 && wanted->children == nullptr))
    refuse("the requested schema has no columns where it says so");
  for (std::int64_t i = 0; i < wanted->n_children; ++i) {
    const ArrowSchema* field = wanted->children[i];
    if (field == nullptr) refuse("a column of the requested schema is NULL");
    if (field->dictionary == nullptr || field->name == nullptr) continue;
    const column* c = t.find(field->name);
    // Codes go out with a sign.
    if (c != nullptr && c->type() == column_type::utf8 && c->size() <= std::numeric_limits<std::int32_t>::max())
      out[static_cast<std::size_t>(c - t.columns().data())] = true;
  }
  return out;
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_table_export(const cw_table* table, ArrowArrayStream* out, cw_error** err) CW_NOEXCEPT {
  return cw_table_export_as(table, nullptr, out, err);
}
int32_t cw_table_export_as(const cw_table* table, const ArrowSchema* requested, ArrowArrayStream* out,
                           cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    if (out == nullptr) refuse("the output is NULL");
    const auto t = acquire(table);
    auto data = std::make_unique<stream_data>();
    data->rows = t->value;
    data->coded = coded_columns(*t->value, requested);
    *out = {stream_schema, stream_next, stream_error, release_stream, data.release()};
  });
}
