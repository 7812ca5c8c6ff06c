// SPDX-License-Identifier: Apache-2.0
// What is asked of figures, the report, samples and checks; and every question there is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>

#include <commonweal/formats/sample.hpp>
#include <commonweal/rollup/options.hpp>

#include "answers/analyze.hpp"
#include "answers/judge.hpp"
#include "report/content.hpp"

namespace commonweal::inline v0::answers {

/// How a figure is made: options of rollup and explain.
void each_option_of_figure(rollup_options& how, auto&& take) {
  take({"as_of", "Use the structure of this one day for all periods"}, how.as_of);
  take({"membership", "When a membership counts in a period", "RULE"}, how.membership);
  take({"missing", "What missing reports do", "POLICY"}, how.missing);
  take({"minimum_coverage", "Share of reports that minimum_coverage and adjusted ask for", "SHARE", 0, 1},
       how.minimum_coverage);
  take({"adjustment", "k of the policy adjusted", "SHARE", 0, 1}, how.adjustment);
  take({"breakdown", "A part of the whole, as sex=female (default: the total)", "PART"}, how.breakdown);
}

struct rollup_request {
  static constexpr question asks{"rollup", "Figures of every group: each reporter counts once on every level"};
  rollup_options how;
  void each_option(auto&& take) {
    take(shared::indicator, how.indicators);
    take({.name = "group", .meaning = "This group (default: all)", .id_of = node_kind::group, .letter = 'g'},
         how.groups);
    take(shared::every, how.every);
    take(shared::from, how.from);
    take(shared::to, how.to);
    each_option_of_figure(how, take);
  }
};

struct explain_request {
  static constexpr question asks{"explain", "The reporters and amounts behind one figure"};
  std::string group, indicator;
  std::optional<period> when;
  rollup_options how;
  void each_option(auto&& take) {
    take({.name = "group", .meaning = "The group", .id_of = node_kind::group, .letter = 'g', .required = true}, group);
    take({.name = "indicator",
          .meaning = "The indicator",
          .id_of = node_kind::indicator,
          .letter = 'i',
          .required = true},
         indicator);
    take({.name = "period", .meaning = "The period, as 2024, 2024-Q1 or 2024-03", .letter = 'p', .required = true},
         when);
    each_option_of_figure(how, take);
  }
};

struct report_request {
  static constexpr question asks{"report",
                                 "Who the initiative is, where its measures stand, what is wrong with the data", false};
  report::report_options content;
  bool full = false;
  std::size_t width = 80;
  bool ascii = false;
  bool color = false;
  /// What is reported; a command line finds out the rest by itself.
  void each_option_of_content(auto&& take) {
    take({"as_of", "Structure and figures up to this day (default: the last day with data)"}, content.as_of);
    take({.name = "group",
          .meaning = "This group and what is below it (default: the whole)",
          .id_of = node_kind::group,
          .letter = 'g'},
         content.group);
    take({"flat", "A change of at most this share of the baseline is flat", "SHARE", 0, 1}, content.flat);
    take({"full", "Cut no list"}, full);
  }
  void each_option(auto&& take) {
    each_option_of_content(take);
    take({"width", "Columns to fill", "N", 72, 120}, width);
    take({"ascii", "No letters and lines beyond ASCII"}, ascii);
    take({"color", "With the escape sequences of terminals"}, color);
  }
};

struct sample_request {
  static constexpr question asks{"sample", "Write a synthetic initiative, to try things out", false};
  sample_options size;
  void each_option(auto&& take) {
    take({"reporters", "Organizations that report", "N"}, size.reporters);
    take({"groups", "Groups, at least 4: the cascade has four levels", "N"}, size.groups);
    take({"periods", "Months from 2020-01", "N"}, size.periods);
    take({"indicators",
          "Shared measures, 1 to 5 of: people served, dollars spent, households housed, a waiting list, well-being",
          "N"},
         size.indicators);
    take({"seed", "The same seed gives the same bytes", "SEED"}, size.seed);
  }
};

/// Every question that takes options.
using questions = decltype(std::tuple_cat(std::tuple<rollup_request, explain_request>{}, analyses{},
                                          std::tuple<assess_request, lint_request, select_request, structure_request,
                                                     export_request, report_request, sample_request>{}));

} // namespace commonweal::inline v0::answers
