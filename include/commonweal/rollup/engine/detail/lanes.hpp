// SPDX-License-Identifier: Apache-2.0
// lanes: eight doubles side by side, on registers of a given width; the only arithmetic the kernels know.
#pragma once

#include <cstdint>

// Everything here is forced inline: the translation units that include it are compiled for different
// instruction sets, and no function of one may end up in another. No std function is called for that reason.
#if defined(__GNUC__)
#define COMMONWEAL_INLINE __attribute__((always_inline)) inline
#define COMMONWEAL_INLINE_LAMBDA __attribute__((always_inline))
#define COMMONWEAL_PREFETCH(address) __builtin_prefetch(address)
#define COMMONWEAL_EACH_PART _Pragma("GCC unroll 8") for (int j = 0; j < parts; ++j)
#else
#include <bit>
#include <cstring>
#define COMMONWEAL_INLINE inline
#define COMMONWEAL_INLINE_LAMBDA
#define COMMONWEAL_PREFETCH(address) (void)0
#define COMMONWEAL_EACH_PART for (int j = 0; j < parts; ++j)
#endif

namespace commonweal::inline v0::engine::detail {

inline constexpr int lane_count = 8;

/// Makes what was stored past the caches visible to whoever learns of it.
COMMONWEAL_INLINE void close_stores() {
#if defined(__SSE2__) && defined(__GNUC__)
  __builtin_ia32_sfence();
#endif
}

#if defined(__GNUC__)
/// Floats to doubles and back. g++ 12 does not convert vectors of a dependent size, so each is written out;
/// by reference, for no vector may be passed by value where the machine may lack its registers.
template <int Bytes>
struct conversion;
#if defined(__clang__)
#define COMMONWEAL_STREAM(name) __builtin_nontemporal_store(x, reinterpret_cast<real*>(p))
#else
#define COMMONWEAL_STREAM(name) name(p, x)
#endif
#define COMMONWEAL_CONVERSION(bytes, stream)                                                                 \
  template <>                                                                                                \
  struct conversion<bytes> {                                                                                 \
    typedef double real __attribute__((vector_size(bytes)));                                                 \
    typedef float half __attribute__((vector_size(bytes / 2)));                                              \
    static COMMONWEAL_INLINE void widen(const half& x, real& to) { to = __builtin_convertvector(x, real); }  \
    static COMMONWEAL_INLINE void narrow(const real& x, half& to) { to = __builtin_convertvector(x, half); } \
    static COMMONWEAL_INLINE void store_past_caches(double* p, const real& x) { stream; }                    \
  };
#if defined(__SSE2__)
COMMONWEAL_CONVERSION(16, COMMONWEAL_STREAM(__builtin_ia32_movntpd))
#else
COMMONWEAL_CONVERSION(16, __builtin_memcpy(p, &x, sizeof x))
#endif
#if defined(__AVX__)
COMMONWEAL_CONVERSION(32, COMMONWEAL_STREAM(__builtin_ia32_movntpd256))
#else
COMMONWEAL_CONVERSION(32, __builtin_memcpy(p, &x, sizeof x))
#endif
#if defined(__AVX512F__)
COMMONWEAL_CONVERSION(64, COMMONWEAL_STREAM(__builtin_ia32_movntpd512))
#else
COMMONWEAL_CONVERSION(64, __builtin_memcpy(p, &x, sizeof x))
#endif
#undef COMMONWEAL_STREAM
#undef COMMONWEAL_CONVERSION
#endif

/// One register of `Bytes` bytes; 8 is one double, on any compiler. Where the machine has no registers of
/// that width the compiler takes narrower ones. `word` is unsigned: it wraps, and a yes is all bits, a no is
/// none.
template <int Bytes>
struct lane_register {
#if defined(__GNUC__)
  typedef double real __attribute__((vector_size(Bytes)));
  typedef std::uint64_t word __attribute__((vector_size(Bytes)));

  static COMMONWEAL_INLINE word bits(real x) { return (word)x; }
  static COMMONWEAL_INLINE real real_of(word x) { return (real)x; }
  static COMMONWEAL_INLINE word present(real x) { return (word)(x == x); }
  static COMMONWEAL_INLINE word is_zero(word x) { return (word)(x == 0); }
  static COMMONWEAL_INLINE real load(const double* p) {
    real x;
    __builtin_memcpy(&x, __builtin_assume_aligned(p, Bytes), Bytes);
    return x;
  }
  static COMMONWEAL_INLINE real load_anywhere(const double* p) {
    real x;
    __builtin_memcpy(&x, p, Bytes);
    return x;
  }
  static COMMONWEAL_INLINE void store(void* p, real x) {
    __builtin_memcpy(__builtin_assume_aligned(p, Bytes), &x, Bytes);
  }
  using half = typename conversion<Bytes>::half;
  static COMMONWEAL_INLINE real load(const float* p) {
    half x;
    __builtin_memcpy(&x, __builtin_assume_aligned(p, Bytes / 2), Bytes / 2);
    real wide;
    conversion<Bytes>::widen(x, wide);
    return wide;
  }
  static COMMONWEAL_INLINE real rounded(real x) {
    half narrow;
    conversion<Bytes>::narrow(x, narrow);
    conversion<Bytes>::widen(narrow, x);
    return x;
  }
  static COMMONWEAL_INLINE void store(float* p, real x) {
    half narrow;
    conversion<Bytes>::narrow(x, narrow);
    __builtin_memcpy(__builtin_assume_aligned(p, Bytes / 2), &narrow, Bytes / 2);
  }
  static COMMONWEAL_INLINE word differ(real x, real y) { return (word)(x != y); }
  static COMMONWEAL_INLINE void store_past_caches(double* p, real x) { conversion<Bytes>::store_past_caches(p, x); }
#endif
};

template <>
struct lane_register<8> {
  typedef double real;
  typedef std::uint64_t word;

  static COMMONWEAL_INLINE word bits(real x) { return __builtin_bit_cast(word, x); }
  static COMMONWEAL_INLINE real real_of(word x) { return __builtin_bit_cast(real, x); }
  static COMMONWEAL_INLINE word present(real x) { return x == x ? ~word{0} : word{0}; }
  static COMMONWEAL_INLINE word is_zero(word x) { return x == 0 ? ~word{0} : word{0}; }
  static COMMONWEAL_INLINE real load(const double* p) { return *p; }
  static COMMONWEAL_INLINE real load_anywhere(const double* p) { return *p; }
  static COMMONWEAL_INLINE void store(void* p, real x) { *static_cast<double*>(p) = x; }
  static COMMONWEAL_INLINE real load(const float* p) { return static_cast<double>(*p); }
  static COMMONWEAL_INLINE real rounded(real x) { return static_cast<double>(static_cast<float>(x)); }
  static COMMONWEAL_INLINE void store(float* p, real x) { *p = static_cast<float>(x); }
  static COMMONWEAL_INLINE void store_past_caches(double* p, real x) { *p = x; }
  static COMMONWEAL_INLINE word differ(real x, real y) { return x != y ? ~word{0} : word{0}; }
};

/// Eight lanes in as many registers as that takes.
template <int Bytes>
struct lanes {
  using reg = lane_register<Bytes>;
  static constexpr int parts = lane_count * 8 / Bytes;

  struct real {
    typename reg::real v[parts];
  };
  struct word {
    typename reg::word v[parts];
  };

  static COMMONWEAL_INLINE real all(double x) {
    real r;
    COMMONWEAL_EACH_PART r.v[j] = typename reg::real{} + x;
    return r;
  }
  static COMMONWEAL_INLINE word all_words(std::uint64_t x) {
    word r;
    COMMONWEAL_EACH_PART r.v[j] = typename reg::word{} + x;
    return r;
  }
  static COMMONWEAL_INLINE real load(const double* p) {
    real r;
    COMMONWEAL_EACH_PART r.v[j] = reg::load(p + j * (Bytes / 8));
    return r;
  }
  static COMMONWEAL_INLINE real load(const float* p) {
    real r;
    COMMONWEAL_EACH_PART r.v[j] = reg::load(p + j * (Bytes / 8));
    return r;
  }
  static COMMONWEAL_INLINE void store(float* p, const real& x) {
    COMMONWEAL_EACH_PART reg::store(p + j * (Bytes / 8), x.v[j]);
  }
  /// Where a present value is not a float.
  static COMMONWEAL_INLINE word not_narrow(const real& x) {
    word r;
    COMMONWEAL_EACH_PART r.v[j] = reg::differ(reg::rounded(x.v[j]), x.v[j]) & reg::present(x.v[j]);
    return r;
  }
  static COMMONWEAL_INLINE word either(word a, const word& b) {
    COMMONWEAL_EACH_PART a.v[j] |= b.v[j];
    return a;
  }
  static COMMONWEAL_INLINE bool any(const word& x) {
    alignas(64) std::uint64_t bits[lane_count];
    store(bits, x);
    std::uint64_t all = 0;
    for (int k = 0; k < lane_count; ++k) all |= bits[k];
    return all != 0;
  }
  static COMMONWEAL_INLINE real load_anywhere(const double* p) {
    real r;
    COMMONWEAL_EACH_PART r.v[j] = reg::load_anywhere(p + j * (Bytes / 8));
    return r;
  }
  static COMMONWEAL_INLINE void store(double* p, const real& x) {
    COMMONWEAL_EACH_PART reg::store(p + j * (Bytes / 8), x.v[j]);
  }
  static COMMONWEAL_INLINE void store(std::uint64_t* p, const word& x) {
    COMMONWEAL_EACH_PART reg::store(p + j * (Bytes / 8), reg::real_of(x.v[j]));
  }

  /// Of a whole cache line that is not read soon: it need not be fetched to be written. close_stores() before others
  /// may read it.
  static COMMONWEAL_INLINE void store_past_caches(double* p, const real& x) {
    COMMONWEAL_EACH_PART reg::store_past_caches(p + j * (Bytes / 8), x.v[j]);
  }
  static COMMONWEAL_INLINE void store_narrow(std::uint32_t* p, const word& x) {
    alignas(64) std::uint64_t wide[lane_count];
    store(wide, x);
    for (int k = 0; k < lane_count; ++k) p[k] = static_cast<std::uint32_t>(wide[k]);
  }
  static COMMONWEAL_INLINE real add(real a, const real& b) {
    COMMONWEAL_EACH_PART a.v[j] += b.v[j];
    return a;
  }
  static COMMONWEAL_INLINE real subtract(real a, const real& b) {
    COMMONWEAL_EACH_PART a.v[j] -= b.v[j];
    return a;
  }
  static COMMONWEAL_INLINE real multiply(real a, const real& b) {
    COMMONWEAL_EACH_PART a.v[j] *= b.v[j];
    return a;
  }
  /// The lesser; `m` where x is missing. In this order of operands only: minpd returns its second on NaN.
  static COMMONWEAL_INLINE real lesser(const real& x, real m) {
    COMMONWEAL_EACH_PART m.v[j] = x.v[j] < m.v[j] ? x.v[j] : m.v[j];
    return m;
  }
  static COMMONWEAL_INLINE real greater(const real& x, real m) {
    COMMONWEAL_EACH_PART m.v[j] = x.v[j] > m.v[j] ? x.v[j] : m.v[j];
    return m;
  }
  static COMMONWEAL_INLINE word present(const real& x) {
    word r;
    COMMONWEAL_EACH_PART r.v[j] = reg::present(x.v[j]);
    return r;
  }
  static COMMONWEAL_INLINE word bits(const real& x) {
    word r;
    COMMONWEAL_EACH_PART r.v[j] = reg::bits(x.v[j]);
    return r;
  }
  static COMMONWEAL_INLINE real real_of(const word& x) {
    real r;
    COMMONWEAL_EACH_PART r.v[j] = reg::real_of(x.v[j]);
    return r;
  }
  /// x where `yes`, +0 elsewhere.
  static COMMONWEAL_INLINE real keep(const real& x, const word& yes) {
    real r;
    COMMONWEAL_EACH_PART r.v[j] = reg::real_of(reg::bits(x.v[j]) & yes.v[j]);
    return r;
  }
  /// x where `yes`, y elsewhere.
  static COMMONWEAL_INLINE real choose(const word& yes, const real& x, const real& y) {
    real r;
    COMMONWEAL_EACH_PART r.v[j] = reg::real_of((reg::bits(x.v[j]) & yes.v[j]) | (reg::bits(y.v[j]) & ~yes.v[j]));
    return r;
  }
  static COMMONWEAL_INLINE word both(word a, const word& b) {
    COMMONWEAL_EACH_PART a.v[j] &= b.v[j];
    return a;
  }
  static COMMONWEAL_INLINE word inverse(word a) {
    COMMONWEAL_EACH_PART a.v[j] = ~a.v[j];
    return a;
  }
  static COMMONWEAL_INLINE real magnitude(const real& x) { return keep(x, all_words(~(std::uint64_t{1} << 63))); }
  static COMMONWEAL_INLINE word is_zero(const word& x) {
    word r;
    COMMONWEAL_EACH_PART r.v[j] = reg::is_zero(x.v[j]);
    return r;
  }
  static COMMONWEAL_INLINE word add(word a, const word& b) {
    COMMONWEAL_EACH_PART a.v[j] += b.v[j];
    return a;
  }
  static COMMONWEAL_INLINE word subtract(word a, const word& b) {
    COMMONWEAL_EACH_PART a.v[j] -= b.v[j];
    return a;
  }
  static COMMONWEAL_INLINE word shift_left(word a, int by) {
    COMMONWEAL_EACH_PART a.v[j] <<= by;
    return a;
  }
  static COMMONWEAL_INLINE word shift_right(word a, int by) {
    COMMONWEAL_EACH_PART a.v[j] >>= by;
    return a;
  }
};

} // namespace commonweal::inline v0::engine::detail
