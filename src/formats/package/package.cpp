// SPDX-License-Identifier: Apache-2.0
// Reading datapackage.json (Frictionless Data Package, versions 1 and 2) with every finding named.
#include <commonweal/formats/package.hpp>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <set>
#include <system_error>

#include <commonweal/core/error.hpp>
#include <commonweal/measure/records.hpp>

#include "bytes/held_folder.hpp"
#include "core/json_tree.hpp"
#include "formats/package/held_package.hpp"

namespace commonweal::inline v0 {

namespace fs = std::filesystem;
using json = json_tree;

namespace {

using detail::held_file;
using detail::held_folder;
using detail::max_package_bytes;
using detail::package_file;
constexpr std::size_t max_json_depth = 64;

/// Words of a list property, or nothing where it is absent or no list of strings.
std::optional<std::vector<std::string>> words(const json& of, const char* key) {
  const auto it = of.find(key);
  if (it == nullptr || !it->is_array()) return std::nullopt;
  std::vector<std::string> out;
  for (const auto& v : it->elements()) {
    const auto* inside = v.is_string() ? &v : v.find("value");
    if (inside == nullptr || !inside->is_string()) return std::nullopt;
    out.push_back(inside->text());
  }
  return out;
}

std::string text(const json& of, const char* key) {
  const auto it = of.find(key);
  return it != nullptr && it->is_string() ? it->text() : std::string();
}

std::string lower(std::string s) {
  for (char& c : s)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return s;
}

class package_reader {
 public:
  package_reader(held_folder& folder, diagnostics& found) : folder_(folder), found_(found) {}

  package read() {
    for (auto& name : folder_.list())
      if (lower(fs::path(name).extension().string()) == ".csv") csv_files_.insert(std::move(name));
    package out;
    const held_file file = folder_.open_file(package_file);
    has_package_ = file.is != held_file::state::absent || file.link;
    if (has_package_) {
      read_json(out);
    } else {
      out.info.name = fs::absolute(folder_.path()).lexically_normal().filename().string();
      if (out.info.name.empty())
        out.info.name = fs::absolute(folder_.path()).lexically_normal().parent_path().filename().string();
    }
    add_undeclared(out);
    return out;
  }

 private:
  void tell(severity s, const char* code, std::string record, std::string message) {
    found_.add({s, code, package_file, -1, {}, std::move(record), std::move(message)});
  }

  /// True where the file may be read. Otherwise says why not, by the rules that hold for every file of a folder: in a
  /// finding of file `where` that begins with `subject`.
  bool may_be_read(const std::string& path, const std::string& where, const std::string& record,
                   const std::string& subject, const char* absent) {
    const held_file file = folder_.open_file(path);
    const auto refuse = [&](const char* code, const std::string& why) {
      found_.add({severity::error, code, where, -1, {}, record, subject + why});
      return false;
    };
    switch (file.is) {
      case held_file::state::open: return true;
      case held_file::state::absent:
        return refuse("missing_file", file.link ? "a link to nothing; put the file itself there" : absent);
      case held_file::state::outside:
        return refuse("path_outside_folder",
                      "a link that leads out of the folder; nothing outside it is read: put the file itself there");
      case held_file::state::not_a_file:
        return refuse("not_a_file", std::string(file.what) + "; only regular files are read: put a file in its place");
      case held_file::state::unreadable: break;
    }
    if (file.why == ELOOP)
      return refuse("unreadable_file", "a link that leads back to itself; put the file itself there");
    detail::refuse(folder_.path() / path, "unreadable_file",
                   "the file cannot be opened: " + std::generic_category().message(file.why));
  }

  void read_json(package& out) {
    if (!may_be_read(package_file, package_file, {}, "this is ", "")) return;
    const held_file file = folder_.open_file(package_file);
    if (file.size > max_package_bytes) {
      tell(severity::error, "bad_package", {}, "the file is larger than 16 MB; descriptions of that size are not read");
      return;
    }
    const std::string content = folder_.text_of(package_file);
    const auto parsed = json::parse(content, max_json_depth);
    if (parsed.too_deep) {
      tell(severity::error, "bad_package", {},
           "values are nested more than " + std::to_string(max_json_depth) + " deep; a package description is not");
      return;
    }
    if (!parsed.good) {
      std::size_t line = 1;
      std::size_t column = 1;
      const std::size_t at = parsed.byte == 0 ? 0 : std::min(parsed.byte - 1, content.size());
      for (std::size_t i = 0; i < at; ++i) {
        ++column;
        if (content[i] == '\n') {
          ++line;
          column = 1;
        }
      }
      tell(severity::error, "json_syntax", {},
           "line " + std::to_string(line) + ", column " + std::to_string(column) + ": this is not JSON: " + parsed.why);
      return;
    }
    const json& root = parsed.value;
    if (!root.is_object()) {
      tell(severity::error, "bad_package", {}, "the file must hold one object, {...}, with the list resources");
      return;
    }
    read_root(root, out);
  }

  void read_root(const json& root, package& out) {
    if (const auto own = root.find("commonweal"); own != nullptr && own->find("format") != nullptr) {
      const auto& format = *own->find("format");
      if (!format.is_integer() || format.integer() > folder_format || format.integer() < 1) {
        tell(severity::error, "newer_format", {},
             "the folder has format " + format.dump() + ", this library reads format " + std::to_string(folder_format) +
                 "; use a newer release");
        return;
      }
    }
    out.info.name = text(root, "name");
    out.info.title = text(root, "title");
    out.info.description = text(root, "description");
    if (const auto s = root.find("synthetic"); s != nullptr) {
      if (s->is_boolean()) out.info.synthetic = s->boolean();
      else tell(severity::error, "bad_package", "synthetic", "synthetic must be true or false");
    }
    json extra = json::object();
    static const std::set<std::string, std::less<>> own_keys = {
        "name", "title", "description", "synthetic", "resources", "missingValues", "commonweal", "profile", "$schema"};
    for (const auto& [key, value] : root.members())
      if (!own_keys.contains(key)) extra[key] = value;

    value_rules common;
    if (auto codes = missing_codes(root, "the package")) common.missing = std::move(*codes);
    const auto list = root.find("resources");
    if (list == nullptr || !list->is_array()) {
      tell(severity::error, "bad_package", {}, "there is no list resources, which names the CSV files");
      return;
    }
    json resource_extras = json::array();
    std::size_t number = 0;
    for (const auto& r : list->elements()) {
      ++number;
      if (!r.is_object()) {
        tell(severity::error, "bad_package", {}, "resource " + std::to_string(number) + " is no object");
        continue;
      }
      read_resource(r, number, common, out, resource_extras);
    }
    if (!resource_extras.elements().empty()) extra["resources"] = std::move(resource_extras);
    if (!extra.members().empty()) out.info.extra_json = extra.dump();
  }

  std::optional<std::vector<std::string>> missing_codes(const json& of, const std::string& whose) {
    if (of.find("missingValues") == nullptr) return std::nullopt;
    auto codes = words(of, "missingValues");
    if (!codes) tell(severity::error, "bad_package", {}, "missingValues of " + whose + " must be a list of texts");
    return codes;
  }

  void read_resource(const json& r, std::size_t number, const value_rules& common, package& out, json& extras) {
    package_resource to;
    to.name = text(r, "name");
    const std::string label = to.name.empty() ? "resource " + std::to_string(number) : "resource " + to.name;
    const auto path = r.find("path");
    if (path != nullptr && path->elements().size() == 1 && path->elements()[0].is_string()) {
      to.path = path->elements()[0].text();
    } else if (path != nullptr && path->is_string()) {
      to.path = path->text();
    } else {
      tell(severity::error, "unsupported_resource", to.name,
           label +
               (r.find("data") != nullptr ? " holds its data inline"
                : path == nullptr         ? " has no path"
                                          : " has several paths") +
               "; give it the path of one CSV file");
      return;
    }
    const std::string stem = fs::path(to.path).stem().string();
    if (to.name.empty()) to.name = stem;
    const auto& model = files_of_the_model();
    const auto known = [&](std::string_view n) { return std::find(model.begin(), model.end(), n) != model.end(); };
    if (known(to.name)) to.file = to.name;
    else if (known(stem)) to.file = stem;
    declared_.insert(fs::path(to.path).lexically_normal().generic_string());

    const std::string extension = lower(fs::path(to.path).extension().string());
    const std::string format = lower(text(r, "format"));
    const bool is_table =
        (format.empty() ? extension == ".csv" || extension == ".tsv" : format == "csv" || format == "tsv");
    if (!is_table && to.file.empty()) {
      tell(severity::note, "unknown_resource", to.name,
           label + " is no CSV file; it is not read, and its description is kept");
      extras.push_back(r);
      return;
    }
    if (!check_path(to, label)) return;
    for (const auto& other : out.resources) {
      if (other.name != to.name && (to.file.empty() || other.file != to.file)) continue;
      tell(severity::error, "duplicate_resource", to.name,
           label + " (" + to.path + ") stands for the same as " + other.path +
               "; join the two files, or give the resource a name of its own");
      return;
    }
    if (format == "tsv" || (format.empty() && extension == ".tsv")) to.csv.delimiter = '\t';
    read_dialect(r, to, label);
    if (const std::string encoding = lower(text(r, "encoding")); !encoding.empty() && encoding != "utf-8" &&
                                                                 encoding != "utf8" && encoding != "utf-8-sig" &&
                                                                 encoding != "us-ascii" && encoding != "ascii")
      tell(severity::error, "unsupported_encoding", to.name,
           label + " is declared as " + encoding + "; save the file as UTF-8 and declare utf-8");
    if (!text(r, "compression").empty() && text(r, "compression") != "no")
      tell(severity::error, "unsupported_resource", to.name, label + " is compressed; unpack it");

    to.rules = common;
    if (auto codes = missing_codes(r, label)) to.rules.missing = std::move(*codes);
    if (const auto s = r.find("schema"); s != nullptr) {
      if (s->is_object()) read_schema(*s, to, label);
      else
        tell(severity::warning, "unsupported_resource", to.name,
             label + " has its schema elsewhere; it is not read, and the schema of the model holds");
    }
    if (to.file.empty())
      tell(severity::note, "unknown_resource", to.name,
           label + " is not of the model; it is kept as a table and takes part in nothing");
    static const std::set<std::string, std::less<>> own_keys = {
        "name",   "path",    "profile", "type", "format",        "mediatype", "encoding",
        "schema", "dialect", "bytes",   "hash", "missingValues", "$schema"};
    json extra = json::object();
    for (const auto& [key, value] : r.members())
      if (!own_keys.contains(key)) extra[key] = value;
    if (!extra.members().empty()) {
      json named = json::object();
      named["name"] = to.file.empty() ? to.name : to.file;
      for (const auto& [key, value] : extra.members()) named[key] = value;
      extras.push_back(std::move(named));
    }
    out.resources.push_back(std::move(to));
  }

  bool check_path(const package_resource& r, const std::string& label) {
    if (r.path.find("://") != std::string::npos) {
      tell(severity::error, "remote_path", r.name,
           label + " lies at " + in_quotes(r.path) +
               "; nothing is fetched from elsewhere: put the file into the folder");
      return false;
    }
    const fs::path p(r.path);
    const bool climbs = std::any_of(p.begin(), p.end(), [](const fs::path& part) { return part == ".."; });
    if (r.path.empty() || p.is_absolute() || climbs || r.path.find('\0') != std::string::npos) {
      tell(severity::error, "path_outside_folder", r.name,
           label + " has the path " + in_quotes(r.path) + "; a path must lie within the folder and be relative to it");
      return false;
    }
    return may_be_read(r.path, package_file, r.name, label + " names " + r.path + ", ",
                       "and the folder has no such file; add it or remove the resource");
  }

  void read_dialect(const json& r, package_resource& to, const std::string& label) {
    const auto it = r.find("dialect");
    if (it == nullptr) return;
    const auto refuse = [&](const std::string& what) {
      tell(severity::error, "unsupported_dialect", to.name,
           label + " has a dialect with " + what + "; only delimiter and quoteChar may differ from RFC 4180");
    };
    if (!it->is_object()) return refuse("its description elsewhere");
    const auto& d = *it;
    const auto character = [&](const char* key, char& value) {
      if (d.find(key) == nullptr) return;
      const std::string c = text(d, key);
      if (c.size() != 1 || c[0] == '\n' || c[0] == '\r' || c[0] == '\0')
        return refuse(std::string("a ") + key + " that is not one character of ASCII");
      value = c[0];
    };
    character("delimiter", to.csv.delimiter);
    to.csv.guess_delimiter = d.find("delimiter") == nullptr;
    character("quoteChar", to.csv.quote);
    if (to.csv.delimiter == to.csv.quote) {
      refuse("one character for delimiter and quoteChar");
      to.csv = {};
    }
    if (d.holds("doubleQuote", false)) refuse("doubleQuote false");
    if (d.holds("header", false)) refuse("no header row");
    if (d.find("headerRows") != nullptr && !d.holds("headerRows", json::array({1})))
      refuse("headerRows other than [1]");
    if (d.holds("skipInitialSpace", true)) refuse("skipInitialSpace true");
    for (const char* key : {"escapeChar", "commentChar", "nullSequence"})
      if (d.find(key) != nullptr && !d.find(key)->is_null() && !d.holds(key, "")) refuse(std::string("a ") + key);
  }

  void read_schema(const json& s, package_resource& to, const std::string& label) {
    if (auto codes = missing_codes(s, "the schema of " + label)) to.rules.missing = std::move(*codes);
    const auto fields = s.find("fields");
    if (fields == nullptr || !fields->is_array()) return;
    for (const auto& f : fields->elements()) {
      if (!f.is_object() || text(f, "name").empty()) {
        tell(severity::error, "bad_package", to.name, "a field of " + label + " has no name");
        continue;
      }
      package_field field;
      field.name = text(f, "name");
      field.rules = to.rules;
      const std::string type = text(f, "type");
      if (type == "integer") field.type = column_type::int64;
      else if (type == "number") field.type = column_type::float64;
      else if (type == "boolean") field.type = column_type::boolean;
      else if (type == "date" && (text(f, "format").empty() || text(f, "format") == "default"))
        field.type = column_type::date;
      else if (text(f, "commonwealType") == "period") field.type = column_type::period;
      if (auto v = words(f, "trueValues")) field.rules.true_values = std::move(*v);
      if (auto v = words(f, "falseValues")) field.rules.false_values = std::move(*v);
      if (auto v = words(f, "missingValues")) field.rules.missing = std::move(*v);
      if (const auto c = text(f, "decimalChar"); c.size() == 1) field.rules.decimal_char = c[0];
      if (const auto c = text(f, "groupChar"); c.size() == 1) field.rules.group_char = c[0];
      else if (field.rules.decimal_char == ',') field.rules.group_char = '.';
      if (field.rules.decimal_char == field.rules.group_char)
        tell(severity::error, "bad_package", to.name,
             "field " + field.name + " of " + label + " has one character for decimalChar and groupChar");
      to.fields.push_back(std::move(field));
    }
  }

  /// CSV files that lie in the folder and that no resource names.
  void add_undeclared(package& out) {
    bool any_known = false;
    for (const auto& name : csv_files_) {
      if (declared_.contains(name)) continue;
      const std::string stem = fs::path(name).stem().string();
      const auto& model = files_of_the_model();
      const bool known = std::find(model.begin(), model.end(), stem) != model.end();
      const bool taken =
          std::any_of(out.resources.begin(), out.resources.end(), [&](const auto& r) { return r.file == stem; });
      if (!known || taken) {
        found_.add({severity::warning,
                    "undeclared_file",
                    name,
                    -1,
                    {},
                    {},
                    has_package_ ? "no resource in datapackage.json names this file, and it is not read"
                                 : "the model has no file of this name, and it is not read; describe it in "
                                   "datapackage.json to keep it"});
        continue;
      }
      any_known = true;
      if (!may_be_read(name, name, {}, "this is ", "no longer there; it was removed while the folder was read"))
        continue;
      if (has_package_)
        found_.add({severity::warning,
                    "undeclared_file",
                    name,
                    -1,
                    {},
                    {},
                    "no resource in datapackage.json names this file; it is read by its name all the same"});
      package_resource r;
      r.name = stem;
      r.path = name;
      r.file = stem;
      out.resources.push_back(std::move(r));
    }
    if (has_package_) return;
    if (any_known) {
      tell(severity::note, "no_package", {},
           "there is no datapackage.json; files are read by their names, blanks are the only missing values");
      return;
    }
    found_.add({severity::error,
                "empty_folder",
                folder_.path().string(),
                -1,
                {},
                {},
                "the folder holds neither datapackage.json nor a CSV file of the model, such as organizations.csv, "
                "groups.csv or observations.csv"});
  }

  held_folder& folder_;
  diagnostics& found_;
  bool has_package_ = false;
  std::set<std::string, std::less<>> csv_files_;
  std::set<std::string, std::less<>> declared_;
};

} // namespace

const value_rules& package_resource::rules_of(std::string_view column) const {
  const auto it = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.name == column; });
  return it == fields.end() ? rules : it->rules;
}

package detail::read_package(held_folder& folder, diagnostics& found) {
  package out = package_reader(folder, found).read();
  folder.seal();
  return out;
}

package read_package(const fs::path& folder, diagnostics& found) {
  return detail::read_held(folder, found, [&](held_folder& held) { return detail::read_package(held, found); });
}

bool detail::is_own_package(const held_folder& folder) {
  const auto parsed = json::parse(folder.text_of(package_file));
  return parsed.good && parsed.value.find("commonweal") != nullptr;
}

bool is_own_package(const fs::path& folder) {
  try {
    return detail::is_own_package(detail::hold_for_reading(folder));
  } catch (const error&) { return false; }
}

} // namespace commonweal::inline v0
