// SPDX-License-Identifier: Apache-2.0
// Handles that have one owner: builders and partial rollups.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "arguments.hpp"
#include "objects.hpp"

namespace commonweal::inline v0::capi {

/// An object in use by one call; a second call that comes meanwhile is refused.
template <class Handle>
class owned {
 public:
  explicit owned(const Handle* handle) : held_(acquire(handle)) {
    if (held_->busy.test_and_set(std::memory_order_acquire))
      refuse(std::string("the ") + handle_traits<Handle>::name + " is in use by another call; a " +
             handle_traits<Handle>::name + " has one owner");
  }
  owned(const owned&) = delete;
  owned& operator=(const owned&) = delete;
  ~owned() { held_->busy.clear(std::memory_order_release); }
  auto& operator*() const { return *held_; }
  auto* operator->() const { return &*held_; }

 private:
  handle_ref<Handle> held_;
};

} // namespace commonweal::inline v0::capi
