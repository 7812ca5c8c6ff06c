// SPDX-License-Identifier: Apache-2.0
// datapackage.json: what is read, what is refused, and in which words.
#include <gtest/gtest.h>

#include <commonweal/core/error.hpp>
#include <commonweal/formats/package.hpp>

#include "temporary_folder.hpp"

namespace cw = commonweal;

namespace {

struct outcome {
  cw::package package;
  cw::diagnostics found;
  [[nodiscard]] std::string all() const {
    std::string out;
    for (const auto& d : found.items()) out += (out.empty() ? "" : "\n") + d.to_string();
    return out;
  }
};

outcome read(std::string_view json) {
  cw::test::temporary_folder t;
  t.file("datapackage.json", json)
      .file("organizations.csv", "id\na\n")
      .file("other.csv", "x\n1\n")
      .file("map.png", "png");
  outcome o;
  o.package = cw::read_package(t.path(), o.found);
  return o;
}

} // namespace

TEST(package, keeps_what_it_says_of_itself_and_what_others_put_there) {
  const auto o = read(R"({"profile": "data-package", "name": "n", "title": "T", "description": "D", "synthetic": true,
    "licenses": [{"name": "CC0-1.0"}], "resources": [
      {"name": "organizations", "path": "organizations.csv", "title": "Partners"}, {"name": "other", "path": "other.csv"},
      {"name": "map", "path": "map.png"}]})");
  EXPECT_EQ(o.package.info.name, "n");
  EXPECT_EQ(o.package.info.title, "T");
  EXPECT_TRUE(o.package.info.synthetic);
  EXPECT_EQ(
      o.package.info.extra_json,
      R"({"licenses":[{"name":"CC0-1.0"}],"resources":[{"name":"organizations","title":"Partners"},{"name":"map","path":"map.png"}]})");
  EXPECT_EQ(
      o.all(),
      "note: datapackage.json: resource other is not of the model; it is kept as a table and takes part in nothing "
      "[unknown_resource]\n"
      "note: datapackage.json: resource map is no CSV file; it is not read, and its description is kept "
      "[unknown_resource]");
  ASSERT_EQ(o.package.resources.size(), 2U);
}

TEST(package, finds_files_by_resource_name_or_by_path) {
  const auto o = read(R"({"resources": [{"name": "organizations", "path": "other.csv"}]})");
  EXPECT_EQ(o.package.resources[0].file, "organizations");
  const auto p = read(R"({"resources": [{"name": "partners-2024", "path": "organizations.csv"}]})");
  EXPECT_EQ(p.package.resources[0].file, "organizations");
}

TEST(package, nearest_declaration_of_missing_codes_counts) {
  const auto o = read(R"({"missingValues": ["A"], "resources": [
    {"path": "organizations.csv", "missingValues": ["B"], "schema": {"missingValues": ["C"], "fields": [
      {"name": "x", "type": "number", "missingValues": ["D"], "decimalChar": ","}, {"name": "y", "type": "boolean", "trueValues": ["ja"]}]}},
    {"path": "other.csv"}]})");
  const auto& r = o.package.resources[0];
  EXPECT_EQ(r.rules_of("name").missing, std::vector<std::string>{"C"});
  EXPECT_EQ(r.rules_of("x").missing, std::vector<std::string>{"D"});
  EXPECT_EQ(r.rules_of("x").decimal_char, ',');
  EXPECT_EQ(r.rules_of("x").group_char, '.');
  EXPECT_EQ(r.rules_of("y").true_values, std::vector<std::string>{"ja"});
  EXPECT_EQ(o.package.resources[1].rules.missing, std::vector<std::string>{"A"});
}

TEST(package, a_list_of_codes_is_in_memory_once_however_many_fields_it_holds_for) {
  const auto o = read(R"({"missingValues": ["A", "B"], "resources": [
    {"path": "organizations.csv", "schema": {"fields": [{"name": "x"}, {"name": "y", "type": "number"}]}},
    {"path": "other.csv", "schema": {"fields": [{"name": "z", "missingValues": ["C"]}]}}]})");
  const auto& all = o.package.resources[0].rules.missing.words();
  EXPECT_EQ(all, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(&o.package.resources[0].rules_of("x").missing.words(), &all);
  EXPECT_EQ(&o.package.resources[0].rules_of("y").missing.words(), &all);
  EXPECT_EQ(&o.package.resources[1].rules.missing.words(), &all);
  EXPECT_NE(&o.package.resources[1].rules_of("z").missing.words(), &all);
  EXPECT_EQ(&o.package.resources[0].rules_of("x").true_values.words(), &cw::value_rules().true_values.words());
}

TEST(package, broken_json_names_line_and_column) {
  EXPECT_EQ(read("{\n  \"name\": oops\n}").all().substr(0, 74),
            "error: datapackage.json: line 2, column 11: this is not JSON: syntax error");
  EXPECT_NE(read("").all().find("[json_syntax]"), std::string::npos);
  EXPECT_NE(read("[1]").all().find("must hold one object"), std::string::npos);
  EXPECT_NE(read("{}").all().find("there is no list resources"), std::string::npos);
  EXPECT_NE(read(std::string(100000, '[')).all().find("nested more than 64 deep"), std::string::npos);
  EXPECT_NE(read(R"({"resources": [3]})").all().find("resource 1 is no object"), std::string::npos);
  EXPECT_NE(read(R"({"missingValues": "N/A", "resources": []})")
                .all()
                .find("missingValues of the package must be a list of texts"),
            std::string::npos);
}

TEST(package, files_must_be_there_and_within_the_folder) {
  EXPECT_EQ(
      read(
          R"({"resources": [{"name": "groups", "path": "groups.csv"}, {"path": "organizations.csv"}, {"path": "other.csv"}]})")
          .all()
          .substr(0, 135),
      "error: datapackage.json: resource groups names groups.csv, and the folder has no such file; add it or remove "
      "the resource [missing_file");
  for (const char* path : {"../x.csv", "a/../../x.csv", "/etc/passwd.csv", ""})
    EXPECT_NE(read(std::string(R"({"resources": [{"name": "groups", "path": ")") + path + "\"}]}")
                  .all()
                  .find("[path_outside_folder]"),
              std::string::npos)
        << path;
  EXPECT_NE(read(R"({"resources": [{"name": "groups", "path": "https://example.org/groups.csv"}]})")
                .all()
                .find("nothing is fetched from elsewhere"),
            std::string::npos);
  cw::test::temporary_folder t;
  t.file("datapackage.json", R"({"resources": [{"path": "groups.csv"}]})");
  std::filesystem::create_symlink("/etc/hosts", t.path() / "groups.csv");
  cw::diagnostics found;
  (void)cw::read_package(t.path(), found);
  ASSERT_TRUE(found.has_errors());
  EXPECT_EQ(found.first_error()->code, "path_outside_folder");
}

TEST(package, what_cannot_be_read_right_is_refused) {
  const auto refused = [](std::string_view resource) {
    return read("{\"resources\": [{\"name\": \"organizations\", \"path\": \"organizations.csv\", " +
                std::string(resource) + "}]}")
        .all();
  };
  EXPECT_NE(refused(R"("dialect": {"header": false})").find("[unsupported_dialect]"), std::string::npos);
  EXPECT_NE(refused(R"("dialect": {"escapeChar": "\\"})").find("[unsupported_dialect]"), std::string::npos);
  EXPECT_NE(refused(R"("dialect": {"delimiter": "||"})").find("a delimiter that is not one character"),
            std::string::npos);
  EXPECT_NE(refused(R"("dialect": {"delimiter": "\""})").find("one character for delimiter and quoteChar"),
            std::string::npos);
  EXPECT_NE(refused(R"("encoding": "windows-1252")").find("save the file as UTF-8"), std::string::npos);
  EXPECT_NE(refused(R"("compression": "gz")").find("unpack it"), std::string::npos);
  EXPECT_NE(read(R"({"resources": [{"name": "groups", "data": []}]})").all().find("holds its data inline"),
            std::string::npos);
  EXPECT_NE(read(R"({"resources": [{"path": ["organizations.csv", "b.csv"]}]})").all().find("several paths"),
            std::string::npos);
  EXPECT_NE(read(R"({"resources": [{"path": "organizations.csv"}, {"name": "organizations", "path": "other.csv"}]})")
                .all()
                .find("[duplicate_resource]"),
            std::string::npos);
  EXPECT_NE(read(R"({"commonweal": {"format": 2}, "resources": []})")
                .all()
                .find("the folder has format 2, this library reads format 1"),
            std::string::npos);
  const auto tabs = read(R"({"resources": [{"path": "organizations.csv", "dialect": {"delimiter": "\t"}}]})");
  EXPECT_EQ(tabs.package.resources[0].csv.delimiter, '\t');
}
