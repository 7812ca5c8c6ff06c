// SPDX-License-Identifier: Apache-2.0
// Snapshots forged by someone who can compute hashes: they load canonically or are refused, in bounded memory.
#include <commonweal/formats/packed.hpp>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include <gtest/gtest.h>

#include "reseal.hpp"
#include "snapshot_samples.hpp"

extern "C" void* __real_malloc(std::size_t n); // NOLINT: the linker chooses the name

namespace {

// Every allocation of this program passes here; a test arms the largest size it will bear.
std::atomic<std::size_t> allocation_cap{SIZE_MAX};
std::atomic<std::size_t> largest_allocation{0};

bool bearable(std::size_t n) {
  auto largest = largest_allocation.load(std::memory_order_relaxed);
  while (n > largest && !largest_allocation.compare_exchange_weak(largest, n, std::memory_order_relaxed)) {}
  return n <= allocation_cap.load(std::memory_order_relaxed);
}

void* checked_allocate(std::size_t n, std::size_t alignment) {
  if (!bearable(n)) throw std::bad_alloc();
  const std::size_t size = n == 0 ? 1 : n;
  void* p = alignment <= alignof(std::max_align_t)
                ? __real_malloc(size)
                : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}

} // namespace

// Eigen asks malloc itself; the linker sends its calls here (--wrap=malloc).
extern "C" void* __wrap_malloc(std::size_t n) {
  if (!bearable(n)) return nullptr;
  return __real_malloc(n);
}

[[gnu::noinline]] void* operator new(std::size_t n) { return checked_allocate(n, 1); }
[[gnu::noinline]] void* operator new[](std::size_t n) { return checked_allocate(n, 1); }
[[gnu::noinline]] void* operator new(std::size_t n, std::align_val_t a) {
  return checked_allocate(n, static_cast<std::size_t>(a));
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete[](void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete[](void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

namespace {

using namespace commonweal;
using samples::random_initiative;
using samples::reseal;

struct limited_memory {
  explicit limited_memory(std::size_t cap) {
    largest_allocation = 0;
    allocation_cap = cap;
  }
  ~limited_memory() { allocation_cap = SIZE_MAX; }
};

std::vector<std::byte> small_snapshot() { return pack(random_initiative(11, 2)); }

// The hashes are made right again, so every mutant reaches the decoder. It loads or is refused, in bounded memory; and
// what loads is canonical: packing it gives the same bytes.
TEST(forged_snapshot, forged_bytes_load_canonically_or_are_refused) {
  const auto file = small_snapshot();
  auto mutant = file;
  std::size_t loaded = 0;
  std::size_t refused = 0;
  const limited_memory cap(64 * file.size());
  for (std::size_t i = 0; i < file.size(); ++i)
    for (const unsigned mask : {0x01U, 0x80U, 0xffU, 0x7fU}) {
      mutant = file;
      mutant[i] ^= static_cast<std::byte>(mask);
      reseal(mutant);
      try {
        const auto x = unpack(mutant);
        ++loaded;
        ASSERT_EQ(pack(x), mutant) << "byte " << i << " mask " << mask;
      } catch (const error& e) {
        ++refused;
        ASSERT_EQ(e.code(), error_code::invalid_data) << "byte " << i << " mask " << mask << ": " << e.what();
      } catch (const std::bad_alloc&) {
        FAIL() << "byte " << i << " mask " << mask << " asked for " << largest_allocation << " bytes";
      }
    }
  EXPECT_GT(loaded, 0U);
  EXPECT_GT(refused, file.size());
  std::printf("[          ] %zu bytes: %zu forged files loaded, %zu were refused, largest allocation %zu\n",
              file.size(), loaded, refused, largest_allocation.load());
}

TEST(forged_snapshot, forged_words_are_borne_in_bounded_memory) {
  const auto file = small_snapshot();
  auto mutant = file;
  const limited_memory cap(64 * file.size());
  const std::array<std::pair<std::uint64_t, std::size_t>, 5> words{{{~std::uint64_t{0}, 8},
                                                                    {std::uint64_t{1} << 60, 8},
                                                                    {std::uint64_t{file.size()}, 8},
                                                                    {~std::uint64_t{0}, 4},
                                                                    {std::uint64_t{1} << 31, 4}}};
  for (std::size_t i = 0; i + 8 <= file.size(); ++i)
    for (const auto& [word, width] : words) {
      mutant = file;
      std::memcpy(mutant.data() + i, &word, width);
      reseal(mutant);
      try {
        static_cast<void>(unpack(mutant));
      } catch (const error& e) {
        ASSERT_EQ(e.code(), error_code::invalid_data) << i << ' ' << word << ": " << e.what();
      } catch (const std::bad_alloc&) {
        FAIL() << "byte " << i << " word " << word << " asked for " << largest_allocation << " bytes";
      }
    }
  std::printf("[          ] largest allocation %zu of %zu bytes\n", largest_allocation.load(), file.size());
}

} // namespace
