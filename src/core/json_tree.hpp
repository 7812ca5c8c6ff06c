// SPDX-License-Identifier: Apache-2.0
// json_tree: a JSON value whose destruction needs no memory, so that running out of memory is an error and not the end
// of the process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace commonweal::inline v0 {

struct json_member;

/// A value of JSON; members of an object keep their order. (The tree of nlohmann::json allocates while it is destroyed,
/// and ends the process where it cannot; its parser and its text of numbers and strings are used here.)
class json_tree {
 public:
  using array_type = std::vector<json_tree>;
  using object_type = std::vector<json_member>;

  json_tree() noexcept;
  json_tree(bool b) noexcept;
  json_tree(std::int64_t n) noexcept;
  json_tree(std::uint64_t n) noexcept;
  json_tree(int n) noexcept : json_tree(static_cast<std::int64_t>(n)) {}
  json_tree(double x) noexcept;
  json_tree(std::string text) noexcept;
  json_tree(const char* text);
  json_tree(const json_tree&);
  json_tree(json_tree&&) noexcept;
  json_tree& operator=(const json_tree&);
  json_tree& operator=(json_tree&&) noexcept;
  ~json_tree();

  [[nodiscard]] static json_tree array(std::vector<json_tree> of = {});
  [[nodiscard]] static json_tree object();
  [[nodiscard]] static json_tree object(std::vector<json_member> of);

  struct parsed;
  /// Reads one value; `too_deep` where containers lie in more than `max_depth` others.
  [[nodiscard]] static parsed parse(std::string_view text, std::size_t max_depth = 64);

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  [[nodiscard]] bool is_boolean() const { return std::holds_alternative<bool>(value_); }
  [[nodiscard]] bool is_integer() const {
    return std::holds_alternative<std::int64_t>(value_) || std::holds_alternative<std::uint64_t>(value_);
  }
  [[nodiscard]] bool is_string() const { return std::holds_alternative<string_type>(value_); }
  [[nodiscard]] bool is_array() const { return std::holds_alternative<array_type>(value_); }
  [[nodiscard]] bool is_object() const { return std::holds_alternative<object_type>(value_); }

  /// REQUIRES: a value of the kind.
  [[nodiscard]] bool boolean() const { return std::get<bool>(value_); }
  [[nodiscard]] const std::string& text() const { return std::get<string_type>(value_).of; }
  /// Integers beyond 64 bits with sign are the largest there is.
  [[nodiscard]] std::int64_t integer() const;

  /// The elements of an array; none of anything else.
  [[nodiscard]] const array_type& elements() const;
  /// The members of an object; none of anything else.
  [[nodiscard]] const object_type& members() const;
  /// The member of an object, or null where there is none (or no object).
  [[nodiscard]] const json_tree* find(std::string_view key) const;
  /// Whether the member is there and is this.
  [[nodiscard]] bool holds(std::string_view key, const json_tree& value) const;

  /// The member, made (null) where it is not there; a null becomes an object. REQUIRES: an object or null.
  json_tree& operator[](std::string_view key);
  /// A null becomes an array. REQUIRES: an array or null.
  void push_back(json_tree element);

  /// Text in UTF-8; pretty with `indent` blanks a level, compact where it is negative. Throws where a string is not
  /// UTF-8.
  [[nodiscard]] std::string dump(int indent = -1) const;

  friend bool operator==(const json_tree& a, const json_tree& b);

 private:
  // A type of ours: GCC 12 believes of a std::variant of nothing but library containers that it always holds a value,
  // and destroys one that was never made where a copy runs out of memory.
  struct string_type {
    std::string of;
  };

  void write(std::string& out, int indent, int depth) const;

  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, string_type, array_type, object_type> value_;
};

struct json_member {
  std::string key;
  json_tree value;
};

struct json_tree::parsed {
  json_tree value;
  bool good = false;
  bool too_deep = false;
  std::size_t byte = 0; ///< from 1: where it went wrong
  std::string why;
};

} // namespace commonweal::inline v0
