// SPDX-License-Identifier: Apache-2.0
// Handles: names of objects in a registry, checked on every use, so that a stale or foreign one is an error and not a
// crash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <commonweal.h>
#include <commonweal/core/error.hpp>

namespace commonweal::inline v0::capi {

/// What a handle names. Destroyed when the handle was freed and the last call that uses it has ended.
struct object {
  object() = default;
  object(const object&) = delete;
  object& operator=(const object&) = delete;
  virtual ~object() = default;
};

enum class handle_type : std::uint8_t { initiative = 1, builder, table, buffer, error, partial };

/// Specialized beside each object: its handle_type, its object and its name in messages.
template <class Handle>
struct handle_traits;

namespace registry {

/// Takes the object in and gives its name, never 0. Throws bad_alloc, also beyond four million live handles.
[[nodiscard]] std::uint64_t insert(std::unique_ptr<object> what, handle_type type);
/// The object, kept alive until release(); nullptr where the name is of no live object of the type. Lock-free.
[[nodiscard]] object* acquire(std::uint64_t name, handle_type type) noexcept;
void release(std::uint64_t name) noexcept;
/// Ends the name's life; does nothing where it is of no live object of the type.
void remove(std::uint64_t name, handle_type type) noexcept;

} // namespace registry

template <class Handle>
[[nodiscard]] std::uint64_t name_of(const Handle* handle) noexcept {
  static_assert(sizeof(void*) == 8, "a handle is a 64-bit name");
  return reinterpret_cast<std::uintptr_t>(handle);
}

/// An object in use; may be empty.
template <class Handle>
class handle_ref {
 public:
  using object_type = typename handle_traits<Handle>::object;
  explicit handle_ref(const Handle* handle) noexcept
      : name_(name_of(handle)),
        object_(static_cast<object_type*>(registry::acquire(name_, handle_traits<Handle>::type))) {}
  struct required {};
  /// Throws invalid_argument where the handle is null, freed, of another type or no handle at all.
  handle_ref(const Handle* handle, required) : handle_ref(handle) {
    if (object_ == nullptr)
      throw error(error_code::invalid_argument,
                  std::string("the handle ") + handle_traits<Handle>::name +
                      (handle == nullptr ? " is NULL" : " was freed, is of another type or is no handle"));
  }
  handle_ref(const handle_ref&) = delete;
  handle_ref& operator=(const handle_ref&) = delete;
  ~handle_ref() {
    if (object_ != nullptr) registry::release(name_);
  }
  explicit operator bool() const noexcept { return object_ != nullptr; }
  object_type& operator*() const noexcept { return *object_; }
  object_type* operator->() const noexcept { return object_; }

 private:
  std::uint64_t name_;
  object_type* object_;
};

/// The object, which must be there.
template <class Handle>
[[nodiscard]] handle_ref<Handle> acquire(const Handle* handle) {
  return handle_ref<Handle>(handle, typename handle_ref<Handle>::required{});
}

template <class Handle>
[[nodiscard]] Handle* register_handle(std::unique_ptr<typename handle_traits<Handle>::object> what) {
  const auto name = registry::insert(std::move(what), handle_traits<Handle>::type);
  return reinterpret_cast<Handle*>(static_cast<std::uintptr_t>(name));
}

template <class Handle>
void discard(Handle* handle) noexcept {
  registry::remove(name_of(handle), handle_traits<Handle>::type);
}

} // namespace commonweal::inline v0::capi
