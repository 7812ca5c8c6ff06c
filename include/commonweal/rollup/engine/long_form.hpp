// SPDX-License-Identifier: Apache-2.0
// Long-form columns in memory (reporter, period, value), in any order, and the index that reads their ids.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <commonweal/core/error.hpp>
#include <commonweal/rollup/engine/detail/hash.hpp>

namespace commonweal::inline v0::engine {

/// A column of strings as Arrow lays them out: string i is data[offsets[i] .. offsets[i + 1]).
struct utf8_column {
  std::span<const std::int32_t> offsets; ///< one more than strings
  const char* data = nullptr;

  [[nodiscard]] std::size_t size() const { return offsets.empty() ? 0 : offsets.size() - 1; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return {data + offsets[i], static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
  }
};

/// A dictionary-encoded column of strings.
struct dictionary_column {
  std::span<const std::int32_t> codes; ///< into `words`
  utf8_column words;

  [[nodiscard]] std::size_t size() const { return codes.size(); }
};

/// One batch. Columns have equal lengths; period counts from the first period of the plan; NaN is missing.
/// A batch may be a piece of a larger table: spans borrow.
struct long_batch {
  std::variant<std::span<const std::int64_t>, utf8_column, dictionary_column> reporter;
  std::span<const std::int32_t> period;
  std::span<const double> value; ///< or the numerator, with `denominator`
  std::span<const double> denominator;

  [[nodiscard]] std::size_t size() const { return value.size(); }
};

/// From the ids that the data uses to the reporters of a plan. Immutable once built; shared by threads.
class reporter_index {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;

  /// Reporter i has ids[i]. Throws invalid_data if two have the same. O(reporters).
  explicit reporter_index(std::span<const std::int64_t> ids);
  explicit reporter_index(std::span<const std::string> ids);

  [[nodiscard]] std::uint32_t find(std::int64_t id) const {
    const auto offset = static_cast<std::uint64_t>(id) - static_cast<std::uint64_t>(first_);
    if (offset < direct_.size()) return direct_[static_cast<std::size_t>(offset)];
    if (number_slots_.empty()) return none;
    for (std::size_t k = detail::mix(static_cast<std::uint64_t>(id)) & mask_;; k = (k + 1) & mask_) {
      if (number_slots_[k].reporter == none || number_slots_[k].id == id) return number_slots_[k].reporter;
    }
  }
  [[nodiscard]] std::uint32_t find(std::string_view id) const {
    if (text_slots_.empty()) return none;
    const std::uint64_t hash = hash_text(id);
    for (std::size_t k = hash & mask_;; k = (k + 1) & mask_) {
      const text_slot& s = text_slots_[k];
      if (s.reporter == none || (s.hash == hash && text(s.reporter) == id)) return s.reporter;
    }
  }

 private:
  struct number_slot {
    std::int64_t id = 0;
    std::uint32_t reporter = none;
  };
  struct text_slot {
    std::uint64_t hash = 0;
    std::uint32_t reporter = none;
  };
  [[nodiscard]] static std::uint64_t hash_text(std::string_view id) {
    std::uint64_t h = id.size();
    for (; id.size() >= 8; id.remove_prefix(8)) h = detail::mix(h ^ load(id, 8));
    return detail::mix(h ^ load(id, id.size()));
  }
  [[nodiscard]] static std::uint64_t load(std::string_view id, std::size_t bytes) {
    std::uint64_t word = 0;
    for (std::size_t b = 0; b < bytes; ++b) word |= std::uint64_t{static_cast<unsigned char>(id[b])} << (8 * b);
    return word;
  }
  [[nodiscard]] std::string_view text(std::uint32_t reporter) const {
    return std::string_view(letters_).substr(letters_begin_[reporter],
                                             letters_begin_[reporter + std::size_t{1}] - letters_begin_[reporter]);
  }
  [[nodiscard]] static std::size_t table_size(std::size_t ids) {
    std::size_t size = 16;
    while (size < 2 * ids) size *= 2;
    return size;
  }

  // Numbers close together are looked up directly, others by open addressing.
  std::int64_t first_ = 0;
  std::vector<std::uint32_t> direct_;
  std::vector<number_slot> number_slots_;
  std::vector<text_slot> text_slots_;
  std::string letters_;
  std::vector<std::size_t> letters_begin_;
  std::size_t mask_ = 0;
};

inline reporter_index::reporter_index(std::span<const std::int64_t> ids) {
  if (ids.empty()) return;
  const auto refuse = [](std::int64_t id) {
    throw error(error_code::invalid_data, "two reporters have the id " + std::to_string(id));
  };
  const auto [low, high] = std::minmax_element(ids.begin(), ids.end());
  const std::uint64_t span = static_cast<std::uint64_t>(*high) - static_cast<std::uint64_t>(*low);
  if (span < 4 * ids.size()) {
    first_ = *low;
    direct_.assign(static_cast<std::size_t>(span) + 1, none);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      auto& slot = direct_[static_cast<std::size_t>(ids[i] - first_)];
      if (slot != none) refuse(ids[i]);
      slot = static_cast<std::uint32_t>(i);
    }
    return;
  }
  number_slots_.resize(table_size(ids.size()));
  mask_ = number_slots_.size() - 1;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    std::size_t k = detail::mix(static_cast<std::uint64_t>(ids[i])) & mask_;
    for (; number_slots_[k].reporter != none; k = (k + 1) & mask_) {
      if (number_slots_[k].id == ids[i]) refuse(ids[i]);
    }
    number_slots_[k] = {ids[i], static_cast<std::uint32_t>(i)};
  }
}

inline reporter_index::reporter_index(std::span<const std::string> ids) {
  letters_begin_.push_back(0);
  for (const auto& id : ids) {
    letters_ += id;
    letters_begin_.push_back(letters_.size());
  }
  text_slots_.resize(table_size(ids.size()));
  mask_ = text_slots_.size() - 1;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::uint64_t hash = hash_text(ids[i]);
    std::size_t k = hash & mask_;
    for (; text_slots_[k].reporter != none; k = (k + 1) & mask_) {
      if (text_slots_[k].hash == hash && text(text_slots_[k].reporter) == ids[i]) {
        throw error(error_code::invalid_data, "two reporters have the id " + ids[i]);
      }
    }
    text_slots_[k] = {hash, static_cast<std::uint32_t>(i)};
  }
}

/// Calls visit(row, reporter) for the rows [begin, end) of a batch; reporter is `none` where the id is
/// unknown.
template <class Visit>
void for_each_reporter(const long_batch& batch, const reporter_index& ids, std::size_t begin, std::size_t end,
                       Visit visit) {
  if (const auto* numbers = std::get_if<std::span<const std::int64_t>>(&batch.reporter)) {
    // Rows of one reporter often stand together.
    std::int64_t last = 0;
    std::uint32_t reporter = ids.find(last);
    for (std::size_t i = begin; i < end; ++i) {
      if ((*numbers)[i] != last) reporter = ids.find(last = (*numbers)[i]);
      visit(i, reporter);
    }
  } else if (const auto* text = std::get_if<utf8_column>(&batch.reporter)) {
    std::string_view last;
    std::uint32_t reporter = ids.find(last);
    for (std::size_t i = begin; i < end; ++i) {
      if ((*text)[i] != last) reporter = ids.find(last = (*text)[i]);
      visit(i, reporter);
    }
  } else {
    const auto& coded = std::get<dictionary_column>(batch.reporter);
    std::vector<std::uint32_t> reporter_of(coded.words.size());
    for (std::size_t w = 0; w < reporter_of.size(); ++w) reporter_of[w] = ids.find(coded.words[w]);
    for (std::size_t i = begin; i < end; ++i) {
      const auto code = static_cast<std::size_t>(coded.codes[i]);
      visit(i, code < reporter_of.size() ? reporter_of[code] : reporter_index::none);
    }
  }
}

/// Calls visit(reporter, first, last) for each run of rows of one reporter in [begin, end), until it returns
/// false.
template <class Visit>
void for_each_run(const long_batch& batch, const reporter_index& ids, std::size_t begin, std::size_t end, Visit visit) {
  const auto runs = [&](auto key_at, auto reporter_of) {
    for (std::size_t first = begin; first < end;) {
      const auto key = key_at(first);
      std::size_t last = first + 1;
      if constexpr (std::is_same_v<decltype(key), const std::int64_t>) { // eight at a time
        for (std::int64_t other = 0; last + 8 <= end; last += 8) {
          for (std::size_t k = 0; k < 8; ++k) other |= key_at(last + k) ^ key;
          if (other != 0) break;
        }
      }
      while (last < end && key_at(last) == key) ++last;
      if (!visit(reporter_of(key), first, last)) return;
      first = last;
    }
  };
  if (const auto* numbers = std::get_if<std::span<const std::int64_t>>(&batch.reporter)) {
    const std::int64_t* id = numbers->data();
    runs([id](std::size_t i) { return id[i]; }, [&](std::int64_t key) { return ids.find(key); });
  } else if (const auto* text = std::get_if<utf8_column>(&batch.reporter)) {
    runs([text](std::size_t i) { return (*text)[i]; }, [&](std::string_view key) { return ids.find(key); });
  } else {
    const auto& coded = std::get<dictionary_column>(batch.reporter);
    runs([&](std::size_t i) { return coded.codes[i]; },
         [&](std::int32_t code) {
           const auto word = static_cast<std::size_t>(code);
           return word < coded.words.size() ? ids.find(coded.words[word]) : reporter_index::none;
         });
  }
}

/// Throws invalid_data unless the columns of a batch have the same length.
inline void check_lengths(const long_batch& batch) {
  const std::size_t reporters = std::visit([](const auto& column) { return column.size(); }, batch.reporter);
  const bool equal = reporters == batch.size() && batch.period.size() == batch.size() &&
                     (batch.denominator.empty() || batch.denominator.size() == batch.size());
  if (!equal) throw error(error_code::invalid_data, "the columns of a batch have different lengths");
}

} // namespace commonweal::inline v0::engine
