// SPDX-License-Identifier: Apache-2.0
// The help of a command within 80 columns.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::cli {

/// Help within 80 columns: longer descriptions go on below themselves. Examples stay whole, to be copied.
class help_formatter : public CLI::Formatter {
 public:
  static constexpr std::size_t label_width = 28;
  help_formatter() { column_width(label_width); }

  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    const auto text = CLI::Formatter::make_help(app, std::move(name), mode);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      const auto line = text.substr(at, end - at);
      at = end + 1;
      const bool described = line.size() > 80 && line[0] == ' ' && line.rfind("  commonweal ", 0) != 0;
      if (!described) {
        out += line + '\n';
        continue;
      }
      const auto lines = text::wrap(std::string_view(line).substr(label_width), 80 - label_width);
      for (std::size_t i = 0; i < lines.size(); ++i)
        out += (i == 0 ? line.substr(0, label_width) : std::string(label_width, ' ')) + lines[i] + '\n';
    }
    return out;
  }
};

} // namespace commonweal::inline v0::cli
