# SPDX-License-Identifier: Apache-2.0
# Judgements, and the lists of the literature they rest on.

#' Links that are missing
#'
#' Every strategy must link to the common agenda, to shared measures and to other strategies; every group, measure and partner to something.
#'
#' @param x An initiative.
#' @param as_of The day; that of [default_day()].
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame: rule, severity, kind, id, name, finding, mend, requirement, date.
#' @examples
#' found <- lint(read_initiative(example_initiative()))
#' table(found$rule)
#' @export
lint <- function(x, as_of = NULL) answer_of(checked(.Call(C_lint, live(x, "cw_initiative"), as_word(as_of, "as_of"))))

#' Judge an initiative
#'
#' @param x An initiative.
# options of assess: written by tools/options.py
#' @param as_of Judge on this day (default: the last day with data).
#' @param compare What moved since this day, instead of the judgements.
#' @param only Criteria that begin so: precondition, condition, backbone, phase, condition.common_agenda. One or several.
#' @param policy Preconditions as a gate or to cultivate: `"gate"`, `"cultivate"`.
#' @param rubric Run this instrument instead: readiness, checklist, factors, principles, feasibility, contrast, or one of the initiative's own.
#' @param scheme Phase scheme; by default three.
#' @param currency Currency in which money is added; by default USD.
#' @param progress `NULL`, or a function of the share done (0 to 1) and what is being done; `FALSE` from it cancels.
# end of options
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame of class `cw_assessment`: criterion, question, verdict (met, partly, not_met, unknown), score, scale, evidence_for,
#'   evidence_against, rule, missing, change, source, date. What the data does not say is unknown, not unmet. With `compare`: criterion, question,
#'   from_date, from, from_score, to_date, to, to_score.
#' @examples
#' judged <- assess(read_initiative(example_initiative()), only = "precondition")
#' judged[, c("question", "verdict")]
#' summary(judged)
#' @export
assess <- function(x, as_of = NULL, compare = NULL, only = NULL, policy = NULL, rubric = NULL, scheme = NULL, currency = NULL, progress = NULL) ask(x, "assess", as.list(environment()), if (is.null(compare)) "cw_assessment")

#' @export
summary.cw_assessment <- function(object, ...) {
  area <- sub("\\..*", "", object$criterion)
  table(area = factor(area, unique(area)), verdict = factor(object$verdict, unique(c("met", "partly", "not_met", "unknown", object$verdict))))
}

#' The day of questions that name none
#'
#' The last day with data: of the last period with a report, and of what is recorded with its day (meetings, surveys, people served, ...). Where nothing
#' is reported it is the last day that the data names (starts, ends, targets, ...); where it names none, today in UTC, or the day that the
#' environment variable `COMMONWEAL_TODAY` names. What has no dates holds on every day.
#'
#' @param x An initiative.
#' @return A data frame of one row: the day, and its origin: data, named or today.
#' @examples
#' default_day(read_initiative(example_initiative()))
#' @export
default_day <- function(x) answer_of(checked(.Call(C_default_day, live(x, "cw_initiative"))))

#' How long the first two phases may take
#'
#' @param x An initiative.
#' @param as_of The day; that of [default_day()].
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame of one row: low and high in months, and the arithmetic in words.
#' @examples
#' phase_duration(read_initiative(example_initiative()))
#' @export
phase_duration <- function(x, as_of = NULL) answer_of(checked(.Call(C_duration, live(x, "cw_initiative"), as_word(as_of, "as_of"))))

#' Choose a backbone organization
#'
#' @param x An initiative whose survey rates candidates.
# options of select: written by tools/options.py
#' @param show Which table: `"rank"`, `"tensions"`, `"share"`, `"uncovered"`, `"budget"`.
#' @param weight Rank: weight of a criterion (default: all alike). One or several.
#' @param seed Rank: seed of the random weightings that test how firm it is; by default 1.
#' @param deadline Rank: day by which to decide.
#' @param coordination_cost Share: cost of each organization after the first.
#' @param as_of Budget: its day (default: the last day with data).
# end of options
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame with the columns of the command line.
#' @examples
#' care <- read_initiative(example_initiative())
#' head(select_backbone(care, "budget"))
#' @export
select_backbone <- function(x, show = NULL, weight = NULL, seed = NULL, deadline = NULL, coordination_cost = NULL, as_of = NULL) ask(x, "select", as.list(environment()))

#' What the literature fixes
#'
#' @param list The name of a list; `NULL`: the lists there are.
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame: the list with its sources, or list, meaning, entries.
#' @examples
#' catalogue()
#' catalogue("conditions")[, c("id", "text")]
#' @export
catalogue <- function(list = NULL) answer_of(checked(.Call(C_catalogue, as_word(list, "list"))))
