// SPDX-License-Identifier: Apache-2.0
// What the handles name.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <commonweal/core/diagnostic.hpp>
#include <commonweal/core/table.hpp>
#include <commonweal/initiative.hpp>

#include "answers/partial_observations.hpp"
#include "handles.hpp"

namespace commonweal::inline v0::capi {

struct initiative_object final : object {
  initiative_object(initiative i, diagnostics f) : value(std::move(i)), found(std::move(f)) {}
  const initiative value;
  const diagnostics found; ///< of loading
};

struct table_object final : object {
  explicit table_object(std::shared_ptr<const table> t) : value(std::move(t)) {}
  const std::shared_ptr<const table> value; ///< without period columns: those are text here

  /// A column as it is lent to callers, without codes: decoded once.
  const column& plain(std::size_t index) const {
    const column& c = (*value)[index];
    if (!c.is_coded()) return c;
    const std::lock_guard lock(decoding_);
    auto at = decoded_.find(index);
    if (at == decoded_.end()) {
      column texts = c;
      texts.decode();
      at = decoded_.emplace(index, std::move(texts)).first;
    }
    return at->second;
  }

 private:
  mutable std::mutex decoding_;
  mutable std::map<std::size_t, column> decoded_;
};

struct buffer_object final : object {
  explicit buffer_object(std::string b) : bytes(std::move(b)) {}
  const std::string bytes;
};

struct error_object final : object {
  explicit error_object(std::int32_t s) : status(s) {}
  std::int32_t status;
  diagnostic where;
  diagnostics all;
};

struct builder_object final : object {
  /// Rows of one table, as they will be read.
  struct part {
    std::string resource;
    std::shared_ptr<const table> rows;
    std::vector<diagnostic> found; ///< of converting them
  };
  initiative_info info;
  std::vector<part> parts;
  std::atomic_flag busy;
};

template <>
struct handle_traits<cw_initiative> {
  using object = initiative_object;
  static constexpr auto type = handle_type::initiative;
  static constexpr const char* name = "initiative";
};

struct partial_object final : object {
  /// Keeps the initiative in use, and `make`s the partial of it.
  template <class Make>
  partial_object(const cw_initiative* of, Make make)
      : source(of, handle_ref<cw_initiative>::required{}), value(make(source->value)) {}
  const handle_ref<cw_initiative> source;
  partial_rollup value;
  std::int64_t rows = 0; ///< taken so far
  std::atomic_flag busy;
};
template <>
struct handle_traits<cw_builder> {
  using object = builder_object;
  static constexpr auto type = handle_type::builder;
  static constexpr const char* name = "builder";
};
template <>
struct handle_traits<cw_partial> {
  using object = partial_object;
  static constexpr auto type = handle_type::partial;
  static constexpr const char* name = "partial";
};
template <>
struct handle_traits<cw_table> {
  using object = table_object;
  static constexpr auto type = handle_type::table;
  static constexpr const char* name = "table";
};
template <>
struct handle_traits<cw_buffer> {
  using object = buffer_object;
  static constexpr auto type = handle_type::buffer;
  static constexpr const char* name = "buffer";
};
template <>
struct handle_traits<cw_error> {
  using object = error_object;
  static constexpr auto type = handle_type::error;
  static constexpr const char* name = "error";
};

} // namespace commonweal::inline v0::capi
