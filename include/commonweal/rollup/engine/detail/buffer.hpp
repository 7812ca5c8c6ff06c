// SPDX-License-Identifier: Apache-2.0
// buffer: aligned memory that is not cleared, kept for the next use, on huge pages where there are any.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace commonweal::inline v0::engine::detail {

/// First touch of fresh pages costs more than a whole rollup, so a buffer only ever grows.
template <class T>
class buffer {
  static_assert(std::is_trivially_destructible_v<T>);

 public:
  buffer() = default;
  explicit buffer(std::size_t size) { resize(size); }

  /// Room for `size` reported indicators; what was there is lost when it has to grow.
  void resize(std::size_t size) {
    if (size > capacity_) {
      data_.reset();
      capacity_ = 0;
      const std::size_t bytes = size * sizeof(T);
      const auto align = static_cast<std::align_val_t>(bytes >= huge ? huge : line);
      data_ = {static_cast<T*>(::operator new(bytes, align)), release{align}};
#if defined(__linux__)
      // Advice only: where it is not taken, pages are small and nothing else changes.
      if (bytes >= huge) (void)::madvise(data_.get(), bytes, MADV_HUGEPAGE);
#endif
      capacity_ = size;
    }
    size_ = size;
  }
  [[nodiscard]] T* data() { return data_.get(); }
  [[nodiscard]] const T* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] T& operator[](std::size_t i) { return data_.get()[i]; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return data_.get()[i]; }

 private:
  static constexpr std::size_t line = 64;
  static constexpr std::size_t huge = std::size_t{2} << 20;
  struct release {
    std::align_val_t align{line};
    void operator()(T* p) const { ::operator delete(p, align); }
  };
  std::unique_ptr<T, release> data_;
  std::size_t size_ = 0, capacity_ = 0;
};

} // namespace commonweal::inline v0::engine::detail
