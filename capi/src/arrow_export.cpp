// SPDX-License-Identifier: Apache-2.0
// A table as an Arrow stream of one batch that borrows the table's memory and keeps it alive.
#include <bit>
#include <cerrno>
#include <new>

#include "tables.hpp"

namespace commonweal::inline v0::capi {
namespace {

static_assert(std::endian::native == std::endian::little, "validity words are Arrow bitmaps on little-endian machines");

// ---- schemas ------------------------------------------------------------------------------------
struct schema_data {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

void release_schema(ArrowSchema* s) noexcept {
  auto* data = static_cast<schema_data*>(s->private_data);
  for (auto& child : data->children)
    if (child.release != nullptr) child.release(&child);
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

ArrowSchema schema_of(const column& c) {
  auto data = std::make_unique<schema_data>();
  data->name = c.name();
  ArrowSchema out{};
  out.format = format_of(c.type());
  out.name = data->name.c_str();
  out.flags = ARROW_FLAG_NULLABLE;
  out.release = release_schema;
  out.private_data = data.release();
  return out;
}

void make_schema(const table& t, ArrowSchema* out) {
  auto data = std::make_unique<schema_data>();
  data->children.reserve(t.column_count());
  data->pointers.reserve(t.column_count());
  try {
    for (const auto& c : t.columns()) {
      data->children.push_back(schema_of(c));
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
  std::shared_ptr<const table> keep;
  std::vector<std::uint8_t> bits; // booleans, which a table holds as bytes
  const void* buffers[3] = {nullptr, nullptr, nullptr};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

void release_array(ArrowArray* a) noexcept {
  auto* data = static_cast<array_data*>(a->private_data);
  for (auto& child : data->children)
    if (child.release != nullptr) child.release(&child);
  delete data;
  a->release = nullptr;
}

ArrowArray array_of(const std::shared_ptr<const table>& keep, const column& c) {
  auto data = std::make_unique<array_data>();
  data->keep = keep;
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
      out.n_buffers = 3;
      data->buffers[1] = c.texts().offsets.data();
      data->buffers[2] = c.texts().bytes.data();
  }
  out.buffers = data->buffers;
  out.release = release_array;
  out.private_data = data.release();
  return out;
}

void make_batch(const std::shared_ptr<const table>& t, ArrowArray* out) {
  auto data = std::make_unique<array_data>();
  data->children.reserve(t->column_count());
  data->pointers.reserve(t->column_count());
  try {
    for (const auto& c : t->columns()) {
      data->children.push_back(array_of(t, c));
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
  return make_safely(data, [&] { make_schema(*data.rows, out); });
}
int stream_next(ArrowArrayStream* s, ArrowArray* out) noexcept {
  auto& data = *static_cast<stream_data*>(s->private_data);
  if (data.done || data.rows->rows() == 0) {
    data.done = true;
    *out = {}; // released: the end
    return 0;
  }
  const int failed = make_safely(data, [&] { make_batch(data.rows, out); });
  data.done = failed == 0;
  return failed;
}
const char* stream_error(ArrowArrayStream* s) noexcept { return static_cast<stream_data*>(s->private_data)->wrong; }
void release_stream(ArrowArrayStream* s) noexcept {
  delete static_cast<stream_data*>(s->private_data);
  s->release = nullptr;
}

} // namespace
} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

int32_t cw_table_export(const cw_table* table, ArrowArrayStream* out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    if (out == nullptr) refuse("the output is NULL");
    const auto t = hold(table);
    auto data = std::make_unique<stream_data>();
    data->rows = t->value;
    *out = {stream_schema, stream_next, stream_error, release_stream, data.release()};
  });
}
