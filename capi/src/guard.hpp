// SPDX-License-Identifier: Apache-2.0
// The one barrier between C and C++: every fallible entry point is guard(err, [&] { ... }), and nothing precedes it.
#pragma once

#include <cstdint>
#include <utility>

#include <commonweal.h>

#include "arguments.hpp"
#include "objects.hpp"

namespace commonweal::inline v0::capi {

/// Inside a handler: the status of the exception at hand, and an error that tells it. Where that cannot be made, the
/// static one.
[[nodiscard]] std::int32_t report(cw_error** err) noexcept;

/// Not noexcept, as what it is called by is not (CW_NOEXCEPT): a thread that ends inside a callback unwinds through it.
template <class Body>
[[nodiscard]] std::int32_t guard(cw_error** err, Body&& body) {
  if (err != nullptr) *err = nullptr;
  try {
    std::forward<Body>(body)();
    return CW_OK;
  }
  COMMONWEAL_LET_THREAD_END
  catch (...) {
    return report(err);
  }
}

/// An output: nulled when it is made, required, filled at the end.
template <class T>
class output {
 public:
  explicit output(T* to) : to_(to) {
    if (to == nullptr) throw error(error_code::invalid_argument, "the output is NULL");
    *to = T{};
  }
  void set(T value) const noexcept { *to_ = value; }

 private:
  T* to_;
};

/// Periods become text, once for each different one. O(cells of such columns).
[[nodiscard]] table with_periods_as_text(table rows);

/// The usual entry point: a table made from an initiative. `make` is given the object.
template <class Make>
[[nodiscard]] std::int32_t answer(const cw_initiative* initiative, cw_table** out, cw_error** err, Make&& make) {
  return guard(err, [&] {
    const output to(out);
    const auto source = acquire(initiative);
    auto rows = std::make_shared<const table>(with_periods_as_text(make(*source)));
    to.set(register_handle<cw_table>(std::make_unique<table_object>(std::move(rows))));
  });
}

} // namespace commonweal::inline v0::capi
