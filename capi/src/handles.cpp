// SPDX-License-Identifier: Apache-2.0
// The registry of handles: slots that are used again under a new generation.
#include "handles.hpp"

#include <array>
#include <atomic>
#include <mutex>
#include <new>

#include <pthread.h>

namespace commonweal::inline v0::capi::registry {
namespace {

// A name: generation (32 bits), index of the slot (22), two spare, type (7), and a last bit that is set, so that no
// aligned address is a name. A state: generation (32), type (8), alive (1), uses (23); the owner's handle is a use of
// its own.
constexpr std::uint64_t alive = std::uint64_t{1} << 23;
constexpr std::uint64_t uses_mask = alive - 1;
constexpr std::uint64_t identity_mask = ~(alive | uses_mask);
constexpr std::size_t chunk_slots = 1024;
constexpr std::size_t chunk_count = 4096;

struct slot {
  std::atomic<std::uint64_t> state{0};
  std::atomic<object*> what{nullptr};
  std::uint32_t next_free = 0; // index + 1; under the lock
};
using chunk = std::array<slot, chunk_slots>;

// Lives as long as the process: a destructor would take objects from threads that still run at exit. The first chunk
// needs no memory of the heap; others are made only beyond 1,024 live handles, and stay.
constinit chunk first_chunk{};
constinit std::array<std::atomic<chunk*>, chunk_count> chunks{};
constinit std::mutex lock;
constinit std::uint32_t free_list = 0; // index + 1
constinit std::uint32_t used_slots = 0;

/// A child of fork() has this thread only: whoever held the lock is not there to let it go.
[[gnu::constructor]] void hold_the_lock_over_fork() noexcept {
  (void)pthread_atfork([] { lock.lock(); }, [] { lock.unlock(); }, [] { lock.unlock(); });
}

slot* slot_at(std::size_t index) noexcept {
  chunk* c = index < chunk_slots ? &first_chunk : chunks[index / chunk_slots].load(std::memory_order_acquire);
  return c == nullptr ? nullptr : &(*c)[index % chunk_slots];
}
std::size_t index_of(std::uint64_t name) noexcept { return (name >> 8) & (chunk_slots * chunk_count - 1); }
std::uint64_t identity_of(std::uint64_t name) noexcept {
  return (name & 0xffffffff00000000U) | (((name >> 1) & 0x7fU) << 24);
}
std::uint64_t name_from(std::uint64_t generation, std::size_t index, handle_type type) noexcept {
  return generation << 32 | static_cast<std::uint64_t>(index) << 8 | static_cast<std::uint64_t>(type) << 1 | 1U;
}
bool well_formed(std::uint64_t name, handle_type type) noexcept {
  return name == name_from(name >> 32, index_of(name), type);
}

void end(slot& s, std::size_t index, std::uint64_t generation) noexcept {
  delete s.what.exchange(nullptr, std::memory_order_acq_rel);
  const std::uint64_t next = (generation + 1) & 0xffffffffU;
  s.state.store(next << 32, std::memory_order_release);
  if (next == 0) return; // four thousand million uses: the slot retires, so that no name comes twice
  const std::lock_guard guard(lock);
  s.next_free = free_list;
  free_list = static_cast<std::uint32_t>(index) + 1;
}

} // namespace

std::uint64_t insert(std::unique_ptr<object> what, handle_type type) {
  std::size_t index = 0;
  slot* s = nullptr;
  {
    const std::lock_guard guard(lock);
    if (free_list != 0) {
      index = free_list - 1;
      s = slot_at(index);
      free_list = s->next_free;
    } else {
      index = used_slots;
      if (index == chunk_slots * chunk_count) throw std::bad_alloc();
      if (index >= chunk_slots && index % chunk_slots == 0 && slot_at(index) == nullptr)
        chunks[index / chunk_slots].store(new chunk{}, std::memory_order_release);
      s = slot_at(index);
      ++used_slots;
      s->state.store(std::uint64_t{1} << 32, std::memory_order_relaxed); // generations begin at 1
    }
  }
  const auto generation = s->state.load(std::memory_order_relaxed) >> 32;
  const auto name = name_from(generation, index, type);
  s->what.store(what.release(), std::memory_order_relaxed);
  s->state.store(identity_of(name) | alive | 1U, std::memory_order_release);
  return name;
}

object* acquire(std::uint64_t name, handle_type type) noexcept {
  if (!well_formed(name, type)) return nullptr;
  slot* s = slot_at(index_of(name));
  if (s == nullptr) return nullptr;
  auto state = s->state.load(std::memory_order_relaxed);
  do {
    if ((state & identity_mask) != identity_of(name) || (state & alive) == 0 || (state & uses_mask) == uses_mask)
      return nullptr;
  } while (!s->state.compare_exchange_weak(state, state + 1, std::memory_order_acquire, std::memory_order_relaxed));
  return s->what.load(std::memory_order_relaxed);
}

void release(std::uint64_t name) noexcept {
  slot* s = slot_at(index_of(name));
  const auto before = s->state.fetch_sub(1, std::memory_order_acq_rel);
  if ((before & uses_mask) == 1) end(*s, index_of(name), before >> 32); // the owner's use went when it was freed
}

void remove(std::uint64_t name, handle_type type) noexcept {
  if (!well_formed(name, type)) return;
  slot* s = slot_at(index_of(name));
  if (s == nullptr) return;
  auto state = s->state.load(std::memory_order_relaxed);
  do {
    if ((state & identity_mask) != identity_of(name) || (state & alive) == 0) return;
  } while (
      !s->state.compare_exchange_weak(state, state & ~alive, std::memory_order_acq_rel, std::memory_order_relaxed));
  release(name);
}

} // namespace commonweal::inline v0::capi::registry
