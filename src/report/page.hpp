// SPDX-License-Identifier: Apache-2.0
// A page of text: headings, paragraphs, labelled entries, cut lists, all within one width.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "report/style.hpp"
#include <commonweal/core/text.hpp>

namespace commonweal::inline v0::report {

using namespace text;

class page {
 public:
  page(const style& look, bool full)
      : look_(look), full_(full), width_(look.width == 0 ? 100 : std::clamp<std::size_t>(look.width, 72, 120)) {}

  [[nodiscard]] const style& look() const { return look_; }
  [[nodiscard]] bool full() const { return full_; }
  [[nodiscard]] std::size_t width() const { return width_; }

  /// Text of the data, safe to print and in characters that can be shown.
  [[nodiscard]] std::string safe(std::string_view text) const {
    const auto cleaned = clean(text);
    return look_.ascii ? to_ascii(cleaned) : cleaned;
  }
  /// One of two spellings of a mark.
  [[nodiscard]] std::string mark(std::string_view unicode, std::string_view ascii) const {
    return std::string(look_.ascii ? ascii : unicode);
  }

  void blank() { out_ += '\n'; }
  /// A line as it is; the caller keeps it within the width.
  void line(std::string_view text) {
    out_ += text;
    out_.erase(out_.find_last_not_of(' ') + 1);
    out_ += '\n';
  }
  /// The same, in an ink; blanks at its end are dropped before they could be colored.
  void line(style::ink how, std::string_view text) {
    line(look_.in(how, text.substr(0, text.find_last_not_of(' ') + 1)));
  }
  void heading(std::string_view text) {
    blank();
    line(style::ink::bold, text);
  }
  void paragraph(std::string_view text, std::size_t indent = 2) {
    for (const auto& l : wrap(text, width_ - indent)) line(std::string(indent, ' ') + l);
  }
  void faint(std::string_view text, std::size_t indent = 2) {
    for (const auto& l : wrap(text, width_ - indent)) line(std::string(indent, ' ') + look_.in(style::ink::faint, l));
  }
  /// A paragraph whose later lines hang below its first.
  void item(std::string_view text, std::size_t indent = 4) {
    const auto lines = wrap(text, width_ - indent - 2);
    for (std::size_t i = 0; i < lines.size(); ++i) line(std::string(indent + (i == 0 ? 0 : 2), ' ') + lines[i]);
  }
  /// Entries beside a label, each wrapped with a hanging indent.
  void labelled(std::string_view label, const std::vector<std::string>& entries, std::size_t label_width = 11) {
    const std::size_t indent = 2 + label_width;
    bool first = true;
    for (const auto& entry : entries) {
      const auto lines = wrap(entry, width_ - indent - 2);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto left = first ? "  " + look_.in(style::ink::bold, label) +
                                      std::string(label_width - std::min(label_width, display_width(label)), ' ')
                                : std::string(indent, ' ');
        line(left + (i > 0 ? "  " : "") + lines[i]);
        first = false;
      }
    }
  }
  /// How many of `n` items to show, so that nearly all is never cut to all but one.
  [[nodiscard]] std::size_t shown(std::size_t n, std::size_t limit) const {
    return full_ || n <= limit + 1 ? n : limit;
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  style look_;
  bool full_;
  std::size_t width_;
  std::string out_;
};

} // namespace commonweal::inline v0::report
