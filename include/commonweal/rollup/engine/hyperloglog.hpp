// SPDX-License-Identifier: Apache-2.0
// hyperloglog: how many distinct people, from a sketch of fixed size that merges.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <commonweal/core/error.hpp>

namespace commonweal::inline v0::engine {

/// An estimate of the number of distinct hashes. Small sets are held as they are and counted exactly; beyond
/// an eighth of 2^precision hashes, only 2^precision bytes are kept. What was added tells, not when or where:
/// equal sets give equal sketches, whatever was merged.
///
/// The relative standard error of a sketch is 1.04 / sqrt(2^precision): 1.6 % at 12 (4 KiB), 0.8 % at 14.
/// REQUIRES: hashes that are uniform over 64 bits, as salted_id gives.
/// Source: P. Flajolet, E. Fusy, O. Gandouet, F. Meunier, "HyperLogLog", AofA 2007; the estimator is the
/// improved raw one of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches",
/// arXiv:1702.01284 (2017), which needs no tables of bias.
class hyperloglog {
 public:
  static constexpr int default_precision = 12;

  /// Throws invalid_argument unless 4 <= precision <= 18.
  explicit hyperloglog(int precision = default_precision) : precision_(precision) {
    if (precision < 4 || precision > 18) {
      throw error(error_code::invalid_argument, "the precision of a sketch is from 4 to 18");
    }
  }

  void add(std::uint64_t hash) {
    if (!registers_.empty()) return raise(hash);
    hashes_.push_back(hash);
    if (hashes_.size() >= next_tidy_) tidy();
  }

  /// Throws invalid_argument for another precision.
  void merge(const hyperloglog& other);

  /// Distinct hashes: exact for small sets, estimated from there on. O(2^precision).
  [[nodiscard]] double estimate() const;
  [[nodiscard]] bool exact() const { return settled().registers_.empty(); }
  /// Of an estimate, relative.
  [[nodiscard]] double standard_error() const { return exact() ? 0.0 : 1.04 / std::sqrt(double(size())); }

  friend bool operator==(const hyperloglog& a, const hyperloglog& b) {
    const hyperloglog x = a.settled(), y = b.settled();
    return x.precision_ == y.precision_ && x.hashes_ == y.hashes_ && x.registers_ == y.registers_;
  }

 private:
  [[nodiscard]] std::size_t size() const { return std::size_t{1} << precision_; }
  [[nodiscard]] std::size_t exact_limit() const { return size() / 8; } // as many bytes as the registers
  void raise(std::uint64_t hash) {
    const auto index = static_cast<std::size_t>(hash >> (64 - precision_));
    // The bit that is set keeps the count within the bits that are left.
    const std::uint64_t rest = (hash << precision_) | (std::uint64_t{1} << (precision_ - 1));
    const auto rank = static_cast<std::uint8_t>(std::countl_zero(rest) + 1);
    if (rank > registers_[index]) registers_[index] = rank;
  }
  void tidy();
  [[nodiscard]] hyperloglog settled() const {
    hyperloglog copy = *this;
    copy.tidy();
    return copy;
  }
  [[nodiscard]] static double sigma(double x);
  [[nodiscard]] static double tau(double x);

  int precision_;
  std::vector<std::uint64_t> hashes_;   // while few: sorted and distinct after tidy()
  std::vector<std::uint8_t> registers_; // once many
  std::size_t next_tidy_ = 64;
};

inline void hyperloglog::tidy() {
  if (!registers_.empty()) return;
  std::sort(hashes_.begin(), hashes_.end());
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
  if (hashes_.size() > exact_limit()) {
    registers_.assign(size(), 0);
    for (const std::uint64_t hash : hashes_) raise(hash);
    hashes_ = {};
    return;
  }
  next_tidy_ = std::max<std::size_t>(64, 2 * hashes_.size());
}

inline void hyperloglog::merge(const hyperloglog& other) {
  if (other.precision_ != precision_) {
    throw error(error_code::invalid_argument, "sketches of different precision do not merge");
  }
  if (&other == this) return;
  if (other.registers_.empty()) {
    for (const std::uint64_t hash : other.hashes_) add(hash);
    return;
  }
  if (registers_.empty()) {
    const std::vector<std::uint64_t> own = std::move(hashes_);
    hashes_ = {};
    registers_ = other.registers_;
    for (const std::uint64_t hash : own) raise(hash);
    return;
  }
  for (std::size_t i = 0; i < registers_.size(); ++i) registers_[i] = std::max(registers_[i], other.registers_[i]);
}

inline double hyperloglog::estimate() const {
  const hyperloglog now = settled();
  if (now.registers_.empty()) return static_cast<double>(now.hashes_.size());
  const int longest = 64 - precision_;
  std::vector<double> count(static_cast<std::size_t>(longest) + 2);
  for (const std::uint8_t rank : now.registers_) count[rank] += 1;
  const auto m = static_cast<double>(size());
  double z = m * tau(1 - count[static_cast<std::size_t>(longest) + 1] / m);
  for (int k = longest; k >= 1; --k) z = 0.5 * (z + count[static_cast<std::size_t>(k)]);
  z += m * sigma(count[0] / m);
  return m * m / (2 * std::log(2.0) * z);
}

inline double hyperloglog::sigma(double x) {
  if (x == 1.0) return std::numeric_limits<double>::infinity();
  double y = 1, z = x;
  for (double before = 0; z != before;) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

inline double hyperloglog::tau(double x) {
  if (x == 0.0 || x == 1.0) return 0.0;
  double y = 1, z = 1 - x;
  for (double before = 0; z != before;) {
    x = std::sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  }
  return z / 3;
}

} // namespace commonweal::inline v0::engine
