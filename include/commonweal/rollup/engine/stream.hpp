// SPDX-License-Identifier: Apache-2.0
// stream: a rollup of batches that come one after the other and are not kept.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <commonweal/rollup/engine/long_form.hpp>
#include <commonweal/rollup/engine/partial.hpp>

namespace commonweal::inline v0::engine {

/// What happens to a cell (reporter x period) that arrives with a value a second time. Values are not kept,
/// so the last one cannot win.
enum class second_value : std::uint8_t {
  refuse,     ///< the batch is refused, whole; a bit is kept for each reporter and period
  keep_first, ///< the first value counts, the others do not; the same bits
  add,        ///< each value counts as a report of its own; nothing is kept
};

/// Takes batches of long-form columns in any order and adds each cell to the groups above its reporter.
///
/// Memory: the plan, 40 bytes a group and period (twice that for pairs), a bit a reporter and period unless
/// cells add, and one number a row of the batch in hand. It does not grow with the observations. The plan and
/// the index must outlive it. One writer; streams of other machines merge as partials.
class stream {
 public:
  stream(const plan& p, const reporter_index& ids, second_value rule = second_value::refuse)
      : plan_(&p), ids_(&ids), rule_(rule), paths_(p), values_(p) {
    if (rule != second_value::add) {
      arrived_.assign(std::size_t{p.reporters()} * static_cast<std::size_t>(p.periods()), false);
    }
  }

  /// Adds a batch, or throws invalid_data and adds nothing: an unknown reporter, a period outside the plan,
  /// an infinite value, a second value under `refuse`. Pairs count where both are present. A stream of pairs
  /// stays one. O(rows x groups of a reporter).
  void take(const long_batch& batch);

  /// What has come so far: the values or numerators, and the denominators of a stream of pairs.
  [[nodiscard]] const partial& values() const { return values_; }
  [[nodiscard]] const partial* denominators() const { return denominators_ ? &*denominators_ : nullptr; }
  [[nodiscard]] std::uint64_t taken() const { return taken_; } ///< cells that count

 private:
  void check(const long_batch& batch);
  [[nodiscard]] std::size_t cell(std::size_t row, const long_batch& batch) const {
    return reporters_[row] * static_cast<std::size_t>(plan_->periods()) + static_cast<std::size_t>(batch.period[row]);
  }

  const plan* plan_;
  const reporter_index* ids_;
  second_value rule_;
  reach paths_;
  partial values_;
  std::optional<partial> denominators_;
  std::vector<bool> arrived_;
  std::vector<std::uint32_t> reporters_; // of the batch in hand; none: the row does not count
  std::uint64_t taken_ = 0;
};

inline void stream::take(const long_batch& batch) {
  check_lengths(batch);
  const bool pairs = !batch.denominator.empty();
  if (taken_ > 0 && pairs != denominators_.has_value() && batch.size() > 0) {
    throw error(error_code::invalid_data, "a stream has denominators in all batches or in none");
  }
  check(batch);
  if (pairs && !denominators_) denominators_.emplace(*plan_);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (reporters_[i] == reporter_index::none) continue;
    ++taken_;
    values_.update(paths_, reporters_[i], batch.period[i], batch.value[i]);
    if (pairs) denominators_->update(paths_, reporters_[i], batch.period[i], batch.denominator[i]);
  }
}

// Nothing is added before the whole batch is known to be good.
inline void stream::check(const long_batch& batch) {
  reporters_.resize(batch.size());
  std::size_t marked = 0; // rows whose bits this batch has set
  const auto refuse = [&](std::size_t row, const char* why) {
    for (std::size_t i = 0; i < marked; ++i) {
      if (reporters_[i] != reporter_index::none) arrived_[cell(i, batch)] = false;
    }
    throw error(error_code::invalid_data, "row " + std::to_string(row + 1) + " of the batch " + why);
  };
  for_each_reporter(batch, *ids_, 0, batch.size(), [&](std::size_t i, std::uint32_t reporter) {
    if (reporter == reporter_index::none) refuse(i, "is of a reporter that the plan does not have");
    if (batch.period[i] < 0 || batch.period[i] >= plan_->periods()) {
      refuse(i, "is of a period that the plan does not have");
    }
    const double other = batch.denominator.empty() ? 0.0 : batch.denominator[i];
    if (std::isinf(batch.value[i]) || std::isinf(other)) refuse(i, "has an infinite value");
    reporters_[i] = std::isnan(batch.value[i]) || std::isnan(other) ? reporter_index::none : reporter;
    if (rule_ != second_value::add && reporters_[i] != reporter_index::none) {
      if (arrived_[cell(i, batch)]) {
        if (rule_ == second_value::refuse) refuse(i, "gives a second value for its reporter and period");
        reporters_[i] = reporter_index::none;
      } else {
        arrived_[cell(i, batch)] = true;
      }
    }
    marked = i + 1;
  });
}

} // namespace commonweal::inline v0::engine
