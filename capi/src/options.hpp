// SPDX-License-Identifier: Apache-2.0
// Options that callers pass, read into a request by the names in its list.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <commonweal.h>

#include "answers/requests.hpp"
#include "arguments.hpp"

namespace commonweal::inline v0::capi {

/// Where a member of an option struct is. The number of a list stands behind its pointer.
struct member {
  std::string_view name;
  std::size_t offset;
};
/// Its `standard` values and its `members`.
template <class Options>
struct layout_of;
#include "option_layouts.inc"

/// The rows of a handle as local observations, checked.
[[nodiscard]] table local_rows(const cw_table* given);

/// Takes the value of each option from a struct, checked. What is blank stays as it is: the default.
class option_reader {
 public:
  option_reader(const void* given, std::span<const member> members)
      : given_(static_cast<const std::byte*>(given)), members_(members) {}

  template <class T>
  void operator()(const answers::option& o, T& into) const {
    using one = answers::single<T>;
    const std::string name(o.name);
    if constexpr (std::is_same_v<one, answers::local_observations>) {
      if (const auto* rows = at<const cw_table*>(o.name)) into.rows = local_rows(rows);
    } else if constexpr (std::is_same_v<one, std::pair<std::string, double>>) {
      for (const auto& w : items<cw_weight>(o.name))
        into.emplace_back(checked_text(w.name, name.c_str()), number(w.weight, name.c_str()));
    } else if constexpr (std::is_same_v<one, bool>) {
      into = at<std::uint64_t>(o.name) != 0;
    } else if constexpr (std::is_arithmetic_v<one>) {
      const auto value = at<std::conditional_t<std::is_integral_v<one>, std::uint64_t, double>>(o.name);
      if (const auto why = answers::why_not(o, static_cast<double>(value)); !why.empty()) refuse(name + ": " + why);
      if constexpr (std::is_integral_v<one>)
        if (value > std::numeric_limits<one>::max())
          refuse(name + ": more than " + std::to_string(std::numeric_limits<one>::max()));
      into = static_cast<one>(value);
    } else if constexpr (answers::takes_several<T>) {
      for (const auto& item : items<cw_text>(o.name)) {
        const auto t = checked_text(item, name.c_str());
        if (t.empty()) refuse(name + ": one of them is blank");
        answers::put(into, read<one>(t, name));
      }
    } else {
      const auto t = checked_text(at<cw_text>(o.name), name.c_str());
      if (!t.empty()) into = read<one>(t, name);
      else if (o.required) refuse(name + ": the text is blank");
    }
  }

 private:
  template <class V>
  [[nodiscard]] V at(std::string_view name, std::size_t further = 0) const {
    V out;
    std::memcpy(&out, given_ + std::ranges::find(members_, name, &member::name)->offset + further, sizeof out);
    return out;
  }
  template <class Item>
  [[nodiscard]] std::span<const Item> items(std::string_view name) const {
    const auto* first = at<const Item*>(name);
    const auto count = at<std::size_t>(name, sizeof first);
    check_list(first, count, std::string(name).c_str());
    return {first, count};
  }
  template <class V>
  [[nodiscard]] static V read(std::string_view t, const std::string& name) {
    if constexpr (std::is_same_v<V, period>) return required_period(t, name.c_str());
    else if constexpr (std::is_same_v<V, date>) return required_date(t, name.c_str());
    else if constexpr (named_enum<V>) {
      std::string why;
      if (const auto word = answers::word_named<V>(std::string(t), why)) return *word;
      refuse(name + ": " + why);
    } else return V(t);
  }

  const std::byte* given_;
  std::span<const member> members_;
};

/// What is asked, and how.
template <class Request>
struct asking {
  Request how;
  answers::asked by;
};
template <class Request, class Options>
[[nodiscard]] asking<Request> read_options(const Options* given) {
  using layout = layout_of<Options>;
  const Options o = options(given, layout::standard);
  asking<Request> out;
  out.how.each_option(option_reader(&o, layout::members));
  if constexpr (requires { o.progress; }) out.by.tell = progress_of(o.progress);
  return out;
}

} // namespace commonweal::inline v0::capi
