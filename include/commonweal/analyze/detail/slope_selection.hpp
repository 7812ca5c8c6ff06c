// SPDX-License-Identifier: Apache-2.0
// The k-th smallest slope among all pairs of points, without forming all pairs where there are many.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <commonweal/core/random.hpp>

namespace commonweal::inline v0::detail {

/// Points in groups; slopes are taken within groups only (one group: a series; twelve: the months of a seasonal
/// series).
///
/// Up to `exhaustive_pairs` slopes are formed, sorted into bins about the middle once (where there are many, those of
/// the middle alone), and selected from. Beyond, the k-th is found by contraction of a bracket: the slopes inside (low,
/// high] are the inversions between the orders of x - low t and x - high t, which a merge sort counts and samples in
/// O(n log n); a handful of rounds leaves O(n) slopes, which are formed (Matousek, IPL 39, 1991; Dillencourt, Mount and
/// Netanyahu, IJCGA 2, 1992). The random choices come from a fixed seed: equal input, equal answer. Counting rounds x -
/// s t, so where more than O(n) slopes lie within a few units in the last place of each other one of them is returned.
/// REQUIRES: within a group, times strictly rising and whole numbers; no NaN. One owner at a time.
class slope_selector {
 public:
  static constexpr std::int64_t exhaustive_pairs = 1 << 18;
  static constexpr std::int64_t worth_narrowing = 1024; ///< fewer pairs are formed and binned as they are

  void clear() {
    t_.clear();
    x_.clear();
    ends_.clear();
    pairs_ = 0;
    formed_ = false;
    middle_tried_ = false;
    below_middle_ = middle_size_ = 0;
    cached_from_ = cached_to_ = 0;
  }
  void add(double t, double x) {
    t_.push_back(t);
    x_.push_back(x);
  }
  void end_group() {
    const auto n = static_cast<std::int64_t>(t_.size() - (ends_.empty() ? 0 : ends_.back()));
    pairs_ += n * (n - 1) / 2;
    ends_.push_back(t_.size());
  }
  [[nodiscard]] std::int64_t pairs() const { return pairs_; }
  [[nodiscard]] std::size_t groups() const { return ends_.size(); }
  /// The values of one group in the order of time.
  [[nodiscard]] std::span<const double> group(std::size_t g) const {
    const std::size_t start = g == 0 ? 0 : ends_[g - 1];
    return {x_.data() + start, ends_[g] - start};
  }

  /// The slope of rank k, from 0. REQUIRES: 0 <= k < pairs().
  [[nodiscard]] double select(std::int64_t k) {
    if (k >= cached_from_ && k < cached_to_) return cached_[static_cast<std::size_t>(k - cached_from_)];
    if (pairs_ <= exhaustive_pairs) {
      if (!formed_ && !middle_tried_ && pairs_ >= worth_narrowing) form_middle();
      const std::int64_t at = k - below_middle_;
      return middle_size_ > 0 && at >= 0 && at < middle_size_ ? select_middle(static_cast<std::size_t>(at))
                                                              : select_formed(k);
    }
    return contract(k);
  }

  /// The mean of the two middle slopes for an even count. REQUIRES: pairs() > 0.
  [[nodiscard]] double median() {
    const auto upper = select(pairs_ / 2);
    if (pairs_ % 2 == 1) return upper;
    const auto lower = select(pairs_ / 2 - 1);
    return (lower + upper) / 2.0;
  }

 private:
  struct key {
    double at_high;
    std::uint32_t point;
  };

  [[nodiscard]] double slope_between(std::size_t a, std::size_t b) const { return (x_[b] - x_[a]) / (t_[b] - t_[a]); }

  /// Keeps the slopes between two quantiles of a sample, where medians and their intervals lie, in bins of equal width;
  /// of the others it counts those below. Nothing is kept where the sample does not tell slopes apart.
  void form_middle() {
    middle_tried_ = true;
    random_ = seeded_random();
    cached_.clear();
    std::size_t start = 0;
    for (const std::size_t end : ends_) {
      const std::size_t length = end - start;
      for (std::size_t i = start; i < end && length > 1; ++i)
        for (int draw = 0; draw < 2; ++draw) {
          const std::size_t other =
              start + static_cast<std::size_t>(random_.next() >> 32) * length / (std::size_t{1} << 32);
          if (other != i) cached_.push_back(slope_of(i, other));
        }
      start = end;
    }
    const auto at = [&](double share) {
      return cached_.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(cached_.size() - 1));
    };
    std::nth_element(cached_.begin(), at(0.34), cached_.end());
    const double low = *at(0.34);
    std::nth_element(at(0.34), at(0.66), cached_.end());
    const double high = *at(0.66);
    if (!(low < high) || !std::isfinite(high - low)) return;

    kept_.resize(static_cast<std::size_t>(pairs_) + 1); // one more, which the loop may write and not keep
    row_.resize(t_.size());
    double* const kept = kept_.data();
    inside_.resize(t_.size());
    double* const row = row_.data();
    std::uint64_t* const inside = inside_.data();
    std::size_t found = 0;
    std::int64_t below = 0;
    start = 0;
    for (const std::size_t end : ends_) {
      for (std::size_t i = start; i + 1 < end; ++i) {
        const double xi = x_[i];
        const double ti = t_[i];
        const double* xs = x_.data() + i + 1;
        const double* ts = t_.data() + i + 1;
        const std::size_t count = end - i - 1;
        for (std::size_t j = 0; j < count; ++j) row[j] = (xs[j] - xi) / (ts[j] - ti);
        // By the signs of differences, which are exact: comparisons of doubles would not go through vector registers.
        std::uint64_t less = 0;
        for (std::size_t j = 0; j < count; ++j) {
          const auto under = std::bit_cast<std::uint64_t>(row[j] - low);
          const auto over = std::bit_cast<std::uint64_t>(high - row[j]);
          inside[j] = ~(under | over) >> 63;
          less += under >> 63;
        }
        below += static_cast<std::int64_t>(less);
        for (std::size_t j = 0; j < count; ++j) { // no branch: a slope outside is written over
          kept[found] = row[j];
          found += inside[j];
        }
      }
      start = end;
    }
    const std::size_t bins = std::clamp<std::size_t>(found / 4, 16, 4096);
    const double scale = static_cast<double>(bins) / (high - low);
    if (!std::isfinite(scale)) return;
    const auto last = static_cast<std::int32_t>(bins - 1);
    bin_.resize(found);
    bin_starts_.assign(bins + 1, 0);
    for (std::size_t i = 0; i < found; ++i)
      bin_[i] = std::min(static_cast<std::int32_t>((kept[i] - low) * scale), last);
    for (std::size_t i = 0; i < found; ++i) ++bin_starts_[static_cast<std::size_t>(bin_[i]) + 1];
    for (std::size_t b = 0; b < bins; ++b) bin_starts_[b + 1] += bin_starts_[b];
    slopes_.resize(found);
    for (std::size_t i = found; i-- > 0;) slopes_[--bin_starts_[static_cast<std::size_t>(bin_[i]) + 1]] = kept[i];
    // Each bin now starts where the next entry says; the first entry is free.
    for (std::size_t b = 0; b < bins; ++b) bin_starts_[b] = bin_starts_[b + 1];
    bin_starts_[bins] = found;
    below_middle_ = below;
    middle_size_ = static_cast<std::int64_t>(found);
  }

  [[nodiscard]] double select_middle(std::size_t rank) {
    const auto after = std::upper_bound(bin_starts_.begin(), bin_starts_.end(), rank);
    const auto bin = slopes_.begin() + static_cast<std::ptrdiff_t>(*(after - 1));
    const auto stop =
        after == bin_starts_.end() ? slopes_.end() : slopes_.begin() + static_cast<std::ptrdiff_t>(*after);
    const auto wanted = slopes_.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(bin, wanted, stop);
    return *wanted;
  }

  void form() {
    middle_size_ = 0; // its memory is taken
    slopes_.resize(static_cast<std::size_t>(pairs_));
    double* to = slopes_.data();
    std::size_t start = 0;
    for (const std::size_t end : ends_) {
      for (std::size_t i = start; i + 1 < end; ++i) {
        const double xi = x_[i];
        const double ti = t_[i];
        const double* xs = x_.data() + i + 1;
        const double* ts = t_.data() + i + 1;
        const std::size_t count = end - i - 1;
        for (std::size_t j = 0; j < count; ++j) to[j] = (xs[j] - xi) / (ts[j] - ti);
        to += count;
      }
      start = end;
    }
    formed_ = true;
    // Bins of equal width over the middle of a sample, where medians and their intervals lie; the ends take the rest.
    const std::size_t n = slopes_.size();
    const std::size_t sampled = std::min<std::size_t>(n, 64);
    cached_.clear();
    for (std::size_t i = 0; i < sampled; ++i) cached_.push_back(slopes_[i * n / sampled + n / sampled / 2]);
    const auto low_at = cached_.begin() + static_cast<std::ptrdiff_t>(sampled * 3 / 10);
    const auto high_at = cached_.begin() + static_cast<std::ptrdiff_t>(sampled * 7 / 10);
    std::nth_element(cached_.begin(), low_at, cached_.end());
    if (high_at != low_at) std::nth_element(low_at + 1, high_at, cached_.end());
    const double low = *low_at;
    const double high = *high_at;
    const std::size_t bins = std::clamp<std::size_t>(n / 8, 16, 4096);
    const double scale = static_cast<double>(bins - 2) / (high - low);
    bin_.resize(n);
    bin_starts_.assign(bins + 1, 0);
    const bool spread = low < high && std::isfinite(high - low) && std::isfinite(scale);
    const double last = static_cast<double>(bins - 1);
    const double* const slope = slopes_.data();
    std::int32_t* const bin = bin_.data();
    if (spread)
      for (std::size_t i = 0; i < n; ++i) {
        const double at = (slope[i] - low) * scale + 1.0;
        const double not_below = at > 0.0 ? at : 0.0;
        bin[i] = static_cast<std::int32_t>(not_below < last ? not_below : last);
      }
    else
      for (std::size_t i = 0; i < n; ++i) bin[i] = slope[i] < low ? 0 : slope[i] > low ? 2 : 1;
    // Four counters for each bin: neighbors often share one, and would wait for each other.
    counters_.assign(4 * bins, 0);
    std::uint32_t* const counter = counters_.data();
    for (std::size_t i = 0; i < n; ++i) ++counter[4U * static_cast<std::size_t>(bin[i]) + (i & 3U)];
    for (std::size_t b = 0; b < bins; ++b)
      bin_starts_[b + 1] = std::size_t{counter[4 * b]} + counter[4 * b + 1] + counter[4 * b + 2] + counter[4 * b + 3];
    for (std::size_t b = 0; b < bins; ++b) bin_starts_[b + 1] += bin_starts_[b];
    tied_bin_ = spread ? bins : 1;
    tied_value_ = low;
  }

  [[nodiscard]] double select_formed(std::int64_t k) {
    if (!formed_) form();
    const auto rank = static_cast<std::size_t>(k);
    const auto after = std::upper_bound(bin_starts_.begin(), bin_starts_.end(), rank);
    const auto b = static_cast<std::size_t>(after - bin_starts_.begin()) - 1;
    if (b == tied_bin_) return tied_value_;
    const std::size_t count = bin_starts_[b + 1] - bin_starts_[b];
    cached_.resize(count + 1); // one more, which the loop may write and not keep
    std::size_t found = 0;
    double* const kept = cached_.data();
    const double* const slope = slopes_.data();
    const std::int32_t* const bin = bin_.data();
    const auto wanted = static_cast<std::int32_t>(b);
    const std::size_t n = slopes_.size();
    for (std::size_t i = 0; i < n; ++i) { // no branch: a slope of another bin is written over
      kept[found] = slope[i];
      found += bin[i] == wanted ? 1U : 0U;
    }
    cached_.resize(count);
    constexpr std::size_t worth_sorting = 256;
    const std::size_t at = rank - bin_starts_[b];
    if (count <= worth_sorting) {
      std::sort(cached_.begin(), cached_.end());
      cached_from_ = static_cast<std::int64_t>(bin_starts_[b]);
      cached_to_ = cached_from_ + static_cast<std::int64_t>(count);
    } else {
      cached_from_ = cached_to_ = 0;
      std::nth_element(cached_.begin(), cached_.begin() + static_cast<std::ptrdiff_t>(at), cached_.end());
    }
    return cached_[at];
  }

  /// Points of one group in the order they have just above `low`, each with its key just above `high`.
  void order(std::size_t start, std::size_t end, double low, double high) {
    keys_.resize(end - start);
    const bool from_start = std::isinf(low);
    low_keys_.resize(end - start);
    for (std::size_t i = start; i < end; ++i) {
      keys_[i - start] = {std::isinf(high) ? -t_[i] : x_[i] - high * t_[i], static_cast<std::uint32_t>(i)};
      low_keys_[i - start] = from_start ? 0.0 : x_[i] - low * t_[i];
    }
    if (!from_start)
      std::sort(keys_.begin(), keys_.end(), [&](const key& a, const key& b) {
        const double ka = low_keys_[a.point - start];
        const double kb = low_keys_[b.point - start];
        return ka != kb ? ka < kb : a.point > b.point; // equal at low: the pair has swapped already
      });
  }

  /// Merges, calling `inverted(left keys, the right key)` for every stretch of inversions.
  template <class Call>
  void merge_sort(Call inverted) {
    const std::size_t n = keys_.size();
    spare_.resize(n);
    for (std::size_t width = 1; width < n; width *= 2) {
      for (std::size_t start = 0; start < n; start += 2 * width) {
        const std::size_t middle = std::min(start + width, n);
        const std::size_t stop = std::min(start + 2 * width, n);
        std::size_t left = start;
        std::size_t right = middle;
        std::size_t to = start;
        while (left < middle && right < stop) {
          if (keys_[right].at_high < keys_[left].at_high) {
            inverted(std::span<const key>(keys_.data() + left, middle - left), keys_[right]);
            spare_[to++] = keys_[right++];
          } else {
            spare_[to++] = keys_[left++];
          }
        }
        while (left < middle) spare_[to++] = keys_[left++];
        while (right < stop) spare_[to++] = keys_[right++];
      }
      keys_.swap(spare_);
    }
  }

  template <class Call>
  void for_each_inversion(double low, double high, Call call) {
    std::size_t start = 0;
    for (const std::size_t end : ends_) {
      order(start, end, low, high);
      merge_sort(call);
      start = end;
    }
  }

  /// Number of slopes <= s.
  [[nodiscard]] std::int64_t count_up_to(double s) {
    std::int64_t count = 0;
    for_each_inversion(-std::numeric_limits<double>::infinity(), s,
                       [&](std::span<const key> left, const key&) { count += static_cast<std::int64_t>(left.size()); });
    return count;
  }

  /// A step that rounding in x - s t cannot bridge.
  [[nodiscard]] double margin(double s) const {
    return 16.0 * std::numeric_limits<double>::epsilon() * (largest_x_ + std::abs(s) * largest_t_);
  }

  [[nodiscard]] double contract(std::int64_t k) {
    largest_x_ = 0.0;
    largest_t_ = 0.0;
    for (std::size_t i = 0; i < x_.size(); ++i) {
      largest_x_ = std::max(largest_x_, std::abs(x_[i]));
      largest_t_ = std::max(largest_t_, std::abs(t_[i]));
    }
    random_ = seeded_random();
    cached_from_ = cached_to_ = 0;
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    std::int64_t below = 0;      // slopes <= low
    std::int64_t up_to = pairs_; // slopes <= high
    const auto few = std::max<std::int64_t>(4 * static_cast<std::int64_t>(t_.size()), 4096);
    while (up_to - below > few) {
      const std::int64_t inside = up_to - below;
      sample(low, high, inside);
      if (slopes_.empty()) break;
      std::sort(slopes_.begin(), slopes_.end());
      const auto size = static_cast<double>(slopes_.size());
      const double expected = static_cast<double>(k - below) / static_cast<double>(inside) * size;
      const double spread = 1.5 * std::sqrt(size) + 1.0;
      const auto pick = [&](double rank) {
        return slopes_[static_cast<std::size_t>(std::clamp(rank, 0.0, size - 1.0))];
      };
      if (expected - spread >= 0.0) narrow(pick(expected - spread), false, k, low, high, below, up_to);
      if (expected + spread < size) narrow(pick(expected + spread), true, k, low, high, below, up_to);
      if (up_to - below > inside / 2) {
        // Many equal slopes: decide about one of them.
        const double s = pick(expected);
        const auto before = count_up_to(s - margin(s));
        const auto through = count_up_to(s + margin(s));
        if (before <= k && k < through && through - before > few) return s;
        if (k < before) {
          high = s - margin(s);
          up_to = before;
        } else if (k >= through) {
          low = s + margin(s);
          below = through;
        } else {
          low = s - margin(s);
          below = before;
          high = s + margin(s);
          up_to = through;
        }
      }
    }
    cached_.clear();
    for_each_inversion(low, high, [&](std::span<const key> left, const key& right) {
      for (const auto& l : left) cached_.push_back(slope_of(l.point, right.point));
    });
    std::sort(cached_.begin(), cached_.end());
    const auto found = static_cast<std::int64_t>(cached_.size());
    cached_from_ = below;
    cached_to_ = below + found;
    return cached_[static_cast<std::size_t>(std::clamp<std::int64_t>(k - below, 0, found - 1))];
  }

  [[nodiscard]] double slope_of(std::size_t a, std::size_t b) const {
    return a < b ? slope_between(a, b) : slope_between(b, a);
  }

  void narrow(double s, bool from_above, std::int64_t k, double& low, double& high, std::int64_t& below,
              std::int64_t& up_to) {
    const double at = from_above ? s + margin(s) : s - margin(s);
    if (!(at > low && at < high)) return;
    const auto count = count_up_to(at);
    if (count > k) {
      high = at;
      up_to = count;
    } else {
      low = at;
      below = count;
    }
  }

  /// Random slopes inside the bracket, with replacement, into slopes_.
  void sample(double low, double high, std::int64_t inside) {
    const std::size_t wanted = std::clamp<std::size_t>(t_.size(), 256, 8192);
    ranks_.clear();
    for (std::size_t i = 0; i < wanted; ++i)
      ranks_.push_back(static_cast<std::int64_t>(random_.next() % static_cast<std::uint64_t>(inside)));
    std::sort(ranks_.begin(), ranks_.end());
    slopes_.clear();
    std::int64_t seen = 0;
    auto next = ranks_.begin();
    for_each_inversion(low, high, [&](std::span<const key> left, const key& right) {
      const auto after = seen + static_cast<std::int64_t>(left.size());
      for (; next != ranks_.end() && *next < after; ++next)
        slopes_.push_back(slope_of(left[static_cast<std::size_t>(*next - seen)].point, right.point));
      seen = after;
    });
  }

  std::vector<double> t_;
  std::vector<double> x_;
  std::vector<std::size_t> ends_;
  std::int64_t pairs_ = 0;
  bool formed_ = false;
  std::vector<double> slopes_; ///< all of them, or a sample
  bool middle_tried_ = false;
  std::int64_t below_middle_ = 0;     ///< slopes below the middle
  std::int64_t middle_size_ = 0;      ///< slopes of the middle, in slopes_ bin by bin; 0 where it is not formed
  std::vector<double> kept_;          ///< slopes of the middle as they are met
  std::vector<double> row_;           ///< slopes from one point
  std::vector<std::uint64_t> inside_; ///< 1 for each of them within the middle
  std::vector<std::int32_t> bin_;     ///< of each slope formed
  std::vector<std::uint32_t> counters_;
  std::vector<std::size_t> bin_starts_; ///< rank of the first slope of each bin
  std::size_t tied_bin_ = 0;            ///< the bin of one single value, where there is one
  double tied_value_ = 0.0;
  std::vector<double> cached_; ///< slopes of the ranks [cached_from_, cached_to_), sorted
  std::int64_t cached_from_ = 0;
  std::int64_t cached_to_ = 0;
  std::vector<key> keys_;
  std::vector<key> spare_;
  std::vector<double> low_keys_;
  std::vector<std::int64_t> ranks_;
  double largest_x_ = 0.0;
  double largest_t_ = 0.0;
  seeded_random random_;
};

} // namespace commonweal::inline v0::detail
