# SPDX-License-Identifier: Apache-2.0
# What the measures say.

#' What the measures say
#'
#' `analyze()` takes any of the analyses by its word; the functions beside it are one each, with a class that [plot()] knows.
#' Figures are those of the groups that are part of no other, unless `groups` names some.
#'
#' @param x An initiative.
#' @param what `"trend"`, `"card"`, `"target"`, `"chart"`, `"summary"`, or one of those on [more-analyses].
#' @param indicators,groups,every,from,to Choose figures as for [rollup()].
#' @param ... Options of the analysis: those of the functions below, of [more-analyses], and `reporters`: figures of these organizations or groups
#'   by themselves, instead of groups.
#' @param progress As for [rollup()].
#' @param confidence Of intervals and trends: a trend is called where p < 1 - confidence.
#' @param test Trend test: `"automatic"` (the default), `"original"`, `"seasonal"`, ...
#' @param basis The card compares the latest value with: `"since_baseline"` (the default), `"since_previous"`, `"since_year_before"`, `"trend"`.
#' @param flat Changes up to this share are flat.
#' @param days Card: as of each of these days, earlier ones beside the latest. Target: as of one day.
#' @param as_of The day on which targets are judged; the last with data.
#' @param path `"linear"` (the default) or `"geometric"`.
#' @param chart `"run"`, `"xmr"`, `"p"`, `"p_prime"`, `"u"`, `"u_prime"`, `"c"`, `"t"`, `"g"`; `NULL`: by the kind of indicator.
#' @param indicator,group The one series of a chart. `NULL`: the only one there is.
#' @param rules Any of `"shewhart"`, `"anhoej"`, `"western_electric"`, `"nelson"`, `"nhs"`.
#' @param phases Periods with which a new center and new limits begin.
#' @param freeze Limits of the last phase come from its points up to this period.
#' @param ghosts Periods that are plotted and not counted.
#' @param screen Whether to drop unusual moving ranges.
#' @param by_phase A row for each phase instead of each point.
#' @return A data frame with the columns of the command line, a row for each series (of a chart: for each point). Its last column, `reading`, puts it in a
#'   sentence, in the first of the rows that it is about; see [reading()].
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' trend(demo)[, c("series", "first", "last", "trend", "movement")]
#' report_card(demo)
#' target_progress(demo)[, c("series", "value", "target", "progress", "status")]
#' head(control_chart(demo, "people-served"))
#' analyze(demo, "summary")
#' @export
analyze <- function(x, what = "trend", indicators = NULL, groups = NULL, every = NULL, from = NULL, to = NULL, ..., progress = NULL) {
  what <- as_needed(what, "what")
  class <- switch(what, trend = "cw_trend", card = "cw_card", target = "cw_target", chart = "cw_chart", forecast = "cw_forecast")
  handle <- live(x, "cw_initiative")
  options <- analyze_options(indicators = indicators, groups = groups, every = every, from = from, to = to, ...)
  answer <- followed(function(watch) .Call(C_analyze, handle, what, options, watch), progress, in_memory = !is.null(options$local))
  answer_of(answer, class, x)
}

analyze_options <- function(indicators = NULL, groups = NULL, every = NULL, from = NULL, to = NULL, confidence = NULL, flat = NULL, days = NULL,
                            test = NULL, basis = NULL, path = NULL, chart = NULL, rules = NULL, phases = NULL, freeze = NULL, ghosts = NULL,
                            screen = NULL, chart_phases = NULL, reporters = NULL, show = NULL, method = NULL, reconcile = NULL, by = NULL,
                            reference = NULL, top = NULL, horizon = NULL, local = NULL, compare = NULL, order = NULL, standard = NULL,
                            tolerance = NULL, all = NULL) {
  options_for("analyze", as.list(environment()))
}

#' @rdname analyze
#' @export
trend <- function(x, indicators = NULL, groups = NULL, every = NULL, from = NULL, to = NULL, test = NULL, confidence = NULL)
  analyze(x, "trend", indicators, groups, every, from, to, test = test, confidence = confidence)

#' @rdname analyze
#' @export
report_card <- function(x, indicators = NULL, groups = NULL, every = NULL, from = NULL, to = NULL, basis = NULL, flat = NULL, days = NULL, confidence = NULL)
  analyze(x, "card", indicators, groups, every, from, to, basis = basis, flat = flat, days = days, confidence = confidence)

#' @rdname analyze
#' @export
target_progress <- function(x, indicators = NULL, groups = NULL, every = NULL, from = NULL, to = NULL, path = NULL, as_of = NULL, confidence = NULL)
  analyze(x, "target", indicators, groups, every, from, to, path = path, days = as_word(as_of, "as_of"), confidence = confidence)

#' @rdname analyze
#' @export
control_chart <- function(x, indicator = NULL, group = NULL, every = NULL, from = NULL, to = NULL, chart = NULL, rules = NULL, phases = NULL, freeze = NULL,
                          ghosts = NULL, screen = FALSE, by_phase = FALSE) {
  as_truth(by_phase, "by_phase")
  out <- analyze(x, "chart", as_word(indicator, "indicator"), as_word(group, "group"), every, from, to, chart = chart, rules = rules, phases = phases,
                 freeze = freeze, ghosts = ghosts, screen = screen, chart_phases = by_phase)
  if (isTRUE(by_phase)) return(structure(out, class = setdiff(class(out), "cw_chart")))
  attr(out, "title") <- indicator
  out
}

#' What an answer says, in sentences
#'
#' @param x An answer of [analyze()] or of one of the functions beside it.
#' @return Text, one element for each sentence.
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' reading(trend(demo))
#' @export
reading <- function(x) {
  if (is.null(x$reading)) return(character())
  x$reading[!is.na(x$reading)]
}
