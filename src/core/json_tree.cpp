// SPDX-License-Identifier: Apache-2.0
// json_tree: a JSON value whose destruction needs no memory.
#include "core/json_tree.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

namespace commonweal::inline v0 {

json_tree::json_tree() noexcept = default;
json_tree::json_tree(bool b) noexcept : value_(b) {}
json_tree::json_tree(std::int64_t n) noexcept : value_(n) {}
json_tree::json_tree(std::uint64_t n) noexcept {
  if (n <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) value_ = static_cast<std::int64_t>(n);
  else value_ = n;
}
json_tree::json_tree(double x) noexcept : value_(x) {}
json_tree::json_tree(std::string text) noexcept : value_(string_type{std::move(text)}) {}
json_tree::json_tree(const char* text) : value_(string_type{text}) {}
json_tree::json_tree(const json_tree&) = default;
json_tree::json_tree(json_tree&&) noexcept = default;
json_tree& json_tree::operator=(const json_tree&) = default;
json_tree& json_tree::operator=(json_tree&&) noexcept = default;
json_tree::~json_tree() = default;

json_tree json_tree::array(std::vector<json_tree> of) {
  json_tree out;
  out.value_ = std::move(of);
  return out;
}
json_tree json_tree::object() {
  json_tree out;
  out.value_ = object_type();
  return out;
}
json_tree json_tree::object(std::vector<json_member> of) {
  json_tree out;
  out.value_ = std::move(of);
  return out;
}

std::int64_t json_tree::integer() const {
  return std::holds_alternative<std::uint64_t>(value_) ? std::numeric_limits<std::int64_t>::max()
                                                       : std::get<std::int64_t>(value_);
}

const json_tree::array_type& json_tree::elements() const {
  static const array_type none;
  const auto* all = std::get_if<array_type>(&value_);
  return all == nullptr ? none : *all;
}
const json_tree::object_type& json_tree::members() const {
  static const object_type none;
  const auto* all = std::get_if<object_type>(&value_);
  return all == nullptr ? none : *all;
}
const json_tree* json_tree::find(std::string_view key) const {
  for (const auto& m : members())
    if (m.key == key) return &m.value;
  return nullptr;
}
bool json_tree::holds(std::string_view key, const json_tree& value) const {
  const auto* there = find(key);
  return there != nullptr && *there == value;
}

json_tree& json_tree::operator[](std::string_view key) {
  if (is_null()) value_ = object_type();
  auto& all = std::get<object_type>(value_);
  for (auto& m : all)
    if (m.key == key) return m.value;
  all.push_back(json_member{std::string(key), {}});
  return all.back().value;
}
void json_tree::push_back(json_tree element) {
  if (is_null()) value_ = array_type();
  std::get<array_type>(value_).push_back(std::move(element));
}

bool operator==(const json_tree& a, const json_tree& b) {
  if (a.is_object() && b.is_object()) {
    const auto& x = a.members();
    return x.size() == b.members().size() &&
           std::all_of(x.begin(), x.end(), [&](const json_member& m) { return b.holds(m.key, m.value); });
  }
  if (a.is_array() && b.is_array())
    return std::equal(a.elements().begin(), a.elements().end(), b.elements().begin(), b.elements().end());
  if (a.is_object() || b.is_object() || a.is_array() || b.is_array() || a.value_.index() != b.value_.index())
    return false;
  if (a.is_string()) return a.text() == b.text();
  if (a.is_boolean()) return a.boolean() == b.boolean();
  if (const auto* x = std::get_if<double>(&a.value_)) return *x == std::get<double>(b.value_);
  if (const auto* x = std::get_if<std::int64_t>(&a.value_)) return *x == std::get<std::int64_t>(b.value_);
  if (const auto* x = std::get_if<std::uint64_t>(&a.value_)) return *x == std::get<std::uint64_t>(b.value_);
  return true; // null and null
}

// Single numbers and strings of nlohmann::json hold no containers, and so are destroyed without memory.
void json_tree::write(std::string& out, int indent, int depth) const {
  const auto line = [&](int level) {
    if (indent >= 0) out += "\n" + std::string(static_cast<std::size_t>(indent * level), ' ');
  };
  const auto key = [&](const std::string& k) { out += nlohmann::json(k).dump() + (indent >= 0 ? ": " : ":"); };
  if (is_object() || is_array()) {
    const bool object = is_object();
    const std::size_t size = object ? members().size() : elements().size();
    out += object ? '{' : '[';
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) out += ',';
      line(depth + 1);
      if (object) key(members()[i].key);
      (object ? members()[i].value : elements()[i]).write(out, indent, depth + 1);
    }
    if (size > 0) line(depth);
    out += object ? '}' : ']';
    return;
  }
  if (is_null()) out += "null";
  else if (is_boolean()) out += boolean() ? "true" : "false";
  else if (is_string()) out += nlohmann::json(text()).dump();
  else if (const auto* x = std::get_if<double>(&value_)) out += nlohmann::json(*x).dump();
  else if (const auto* n = std::get_if<std::int64_t>(&value_)) out += std::to_string(*n);
  else out += std::to_string(std::get<std::uint64_t>(value_));
}
std::string json_tree::dump(int indent) const {
  std::string out;
  write(out, indent, 0);
  return out;
}

/// Takes the events of the parser. Containers under way stand in a stack of their own and are put into their parent
/// when they end.
class json_tree_builder {
 public:
  json_tree_builder(json_tree::parsed& out, std::size_t max_depth) : out_(out), max_depth_(max_depth) {}

  bool null() { return put({}); }
  bool boolean(bool b) { return put(b); }
  bool number_integer(std::int64_t n) { return put(n); }
  bool number_unsigned(std::uint64_t n) { return put(n); }
  bool number_float(double x, const std::string&) { return put(x); }
  bool string(std::string& text) { return put(std::move(text)); }
  bool binary(std::vector<std::uint8_t>&) { return false; }
  bool start_object(std::size_t) { return start(json_tree::object()); }
  bool key(std::string& k) {
    open_.back().key = std::move(k);
    return fits(open_.size());
  }
  bool end_object() { return end(); }
  bool start_array(std::size_t) { return start(json_tree::array()); }
  bool end_array() { return end(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) {
    out_.byte = position;
    out_.why = e.what();
    if (const auto colon = out_.why.find(": "); colon != std::string::npos) out_.why = out_.why.substr(colon + 2);
    return false;
  }

 private:
  struct container {
    json_tree value;
    std::string key; // of the member that comes
  };
  bool fits(std::size_t depth) {
    out_.too_deep = depth > max_depth_;
    return !out_.too_deep;
  }
  bool start(json_tree empty) {
    if (!fits(open_.size())) return false;
    open_.push_back({std::move(empty), {}});
    return true;
  }
  bool end() {
    json_tree done = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(done));
  }
  bool put(json_tree value) {
    if (open_.empty()) {
      out_.value = std::move(value);
      return true;
    }
    if (!fits(open_.size())) return false;
    auto& to = open_.back();
    if (to.value.is_object()) to.value[to.key] = std::move(value); // a key that comes twice: the last
    else to.value.push_back(std::move(value));
    return true;
  }

  json_tree::parsed& out_;
  std::size_t max_depth_;
  std::vector<container> open_;
};

json_tree::parsed json_tree::parse(std::string_view text, std::size_t max_depth) {
  parsed out;
  json_tree_builder builder(out, max_depth);
  out.good = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return out;
}

} // namespace commonweal::inline v0
