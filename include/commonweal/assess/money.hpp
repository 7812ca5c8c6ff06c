// SPDX-License-Identifier: Apache-2.0
// Sums of money in one currency: mixed currencies without a rate are refused, never added.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <commonweal/core/error.hpp>
#include <commonweal/measure/record_tables.hpp>

namespace commonweal::inline v0 {

/// Converts amounts into one currency by the rates of exchange_rates.csv, either way round. A blank currency is taken
/// for the one wanted, so that an initiative that uses a single one need not write it.
class currency_converter {
 public:
  currency_converter(const record_tables& records, std::string wanted) : wanted_(std::move(wanted)) {
    const table* rates = find_records(records, "exchange_rates");
    if (rates == nullptr) return;
    const auto& r = (*rates)["rate"].values<double>();
    for (std::size_t i = 0; i < rates->rows(); ++i) {
      const std::string one((*rates)["currency"].text(i));
      const std::string other((*rates)["to"].text(i));
      if (other == wanted_) factors_[one] = r[i];
      else if (one == wanted_ && r[i] > 0) factors_.try_emplace(other, 1 / r[i]);
    }
  }

  [[nodiscard]] const std::string& wanted() const { return wanted_; }

  /// The amount in the wanted currency, or nothing when there is no rate.
  [[nodiscard]] std::optional<double> convert(double amount, std::string_view currency) const {
    if (currency.empty() || currency == wanted_) return amount;
    const auto it = factors_.find(currency);
    if (it == factors_.end()) return std::nullopt;
    return amount * it->second;
  }

  /// What to say when convert() gave nothing.
  [[nodiscard]] std::string no_rate(std::string_view currency) const {
    return "amounts in " + std::string(currency) + " and " + wanted_ +
           " cannot be added; add a row to exchange_rates.csv from " + std::string(currency) + " to " + wanted_;
  }

 private:
  std::string wanted_;
  std::map<std::string, double, std::less<>> factors_;
};

} // namespace commonweal::inline v0
