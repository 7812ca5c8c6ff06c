// SPDX-License-Identifier: Apache-2.0
// Errors as objects: made from whatever was thrown, read through accessors that cannot fail.
#include <exception>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <system_error>

#include <commonweal/version.hpp>

#include "answers/contents.hpp"
#include "guard.hpp"
#include "tables.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::capi {
namespace {

// Made of the type alone: generation 0 is no slot's, so the registry neither finds nor frees it.
constexpr std::uintptr_t out_of_memory_name = static_cast<std::uintptr_t>(handle_type::error) << 1 | 1U;

bool is_out_of_memory(const cw_error* e) noexcept { return reinterpret_cast<std::uintptr_t>(e) == out_of_memory_name; }

std::int32_t no_memory(cw_error** err) noexcept {
  if (err != nullptr) *err = reinterpret_cast<cw_error*>(out_of_memory_name);
  return CW_NO_MEMORY;
}

std::int32_t tell(cw_error** err, error_code code, const char* message) {
  if (err != nullptr) {
    auto e = std::make_unique<error_object>(static_cast<std::int32_t>(code));
    e->where.code = std::string(to_string(code));
    e->where.message = text::clean(message);
    *err = register_handle<cw_error>(std::move(e));
  }
  return static_cast<std::int32_t>(code);
}

std::int32_t rethrow_and_tell(cw_error** err) {
  try {
    throw;
  } catch (const error& e) {
    if (e.code() == error_code::no_memory) return no_memory(err);
    if (err != nullptr) {
      auto out = std::make_unique<error_object>(static_cast<std::int32_t>(e.code()));
      out->where = e.where();
      out->where.message = text::clean(out->where.message);
      out->all = e.all();
      *err = register_handle<cw_error>(std::move(out));
    }
    return static_cast<std::int32_t>(e.code());
  } catch (const std::bad_alloc&) {
    return no_memory(err);
  } catch (const std::length_error&) { // a container asked for more than there can be
    return no_memory(err);
  } catch (const std::system_error& e) { // also std::filesystem::filesystem_error
    if (e.code() == std::errc::not_enough_memory) return no_memory(err);
    return tell(err, error_code::io, e.what());
  } catch (const std::exception& e) { return tell(err, error_code::internal, e.what()); } catch (...) {
    return tell(err, error_code::internal, "a callback threw something that is no std::exception");
  }
}

const char* field(const cw_error* e, std::string diagnostic::*which, const char* of_memory) noexcept {
  if (is_out_of_memory(e)) return of_memory;
  const handle_ref<cw_error> h(e);
  return h ? (h->where.*which).c_str() : "";
}

} // namespace

std::int32_t report(cw_error** err) noexcept {
  try {
    return rethrow_and_tell(err);
  } catch (...) { return no_memory(err); }
}

} // namespace commonweal::inline v0::capi

using namespace commonweal;
using namespace commonweal::capi;

uint32_t cw_abi_version() CW_NOEXCEPT { return CW_ABI_VERSION; }
const char* cw_version() CW_NOEXCEPT { return COMMONWEAL_VERSION_STRING; }
const char* cw_status_name(int32_t status) CW_NOEXCEPT {
  const auto& names = enum_names<error_code>::values;
  return status >= 0 && static_cast<std::size_t>(status) < names.size() ? names[static_cast<std::size_t>(status)].data()
                                                                        : "unknown";
}

int32_t cw_suggest(const char* word, size_t word_size, const cw_text* known, size_t n_known, cw_buffer** out,
                   cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    nearest_words near(capi::checked_text(word, word_size, "word"));
    check_list(known, n_known, "known");
    for (std::size_t i = 0; i < n_known; ++i) near.consider(capi::checked_text(known[i], "known"));
    to.set(capi::register_handle<cw_buffer>(std::make_unique<buffer_object>(near.question())));
  });
}

void cw_error_free(cw_error* error) CW_NOEXCEPT { discard(error); }
int32_t cw_error_status(const cw_error* error) CW_NOEXCEPT {
  if (is_out_of_memory(error)) return CW_NO_MEMORY;
  const handle_ref<cw_error> h(error);
  return h ? h->status : CW_OK;
}
const char* cw_error_code(const cw_error* error) CW_NOEXCEPT { return field(error, &diagnostic::code, "no_memory"); }
const char* cw_error_message(const cw_error* error) CW_NOEXCEPT {
  return field(error, &diagnostic::message, "there is not enough memory");
}
const char* cw_error_file(const cw_error* error) CW_NOEXCEPT { return field(error, &diagnostic::file, ""); }
const char* cw_error_field(const cw_error* error) CW_NOEXCEPT { return field(error, &diagnostic::field, ""); }
const char* cw_error_record(const cw_error* error) CW_NOEXCEPT { return field(error, &diagnostic::record, ""); }
int64_t cw_error_row(const cw_error* error) CW_NOEXCEPT {
  const handle_ref<cw_error> h(error);
  return h ? h->where.row : -1;
}
int32_t cw_error_diagnostics(const cw_error* error, cw_table** out, cw_error** err) CW_NOEXCEPT {
  return guard(err, [&] {
    const output to(out);
    if (is_out_of_memory(error)) {
      diagnostic d;
      d.code = "no_memory";
      d.message = cw_error_message(error);
      return to.set(register_handle(answers::findings_table({d})));
    }
    const auto e = acquire(error);
    to.set(register_handle(e->all.empty() ? answers::findings_table({e->where})
                                          : answers::findings_table(e->all.items())));
  });
}

void cw_buffer_free(cw_buffer* buffer) CW_NOEXCEPT { discard(buffer); }
const void* cw_buffer_data(const cw_buffer* buffer) CW_NOEXCEPT {
  const handle_ref<cw_buffer> h(buffer);
  return h ? h->bytes.data() : nullptr;
}
size_t cw_buffer_size(const cw_buffer* buffer) CW_NOEXCEPT {
  const handle_ref<cw_buffer> h(buffer);
  return h ? h->bytes.size() : 0;
}
