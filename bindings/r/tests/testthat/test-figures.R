# SPDX-License-Identifier: Apache-2.0

test_that("each reporter counts once on every level", {
  r <- plain(rollup(town()))
  value <- function(group, period) r$value[r$group == group & r$period == period]
  expect_identical(value("health", "2023"), 10)
  expect_identical(value("youth", "2023"), 30)
  expect_identical(value("council", "2023"), 30) # 10 + 20: the clinic sits in both groups
  expect_identical(value("council", "2024"), 15)
  last <- r[r$group == "council" & r$period == "2024", ]
  expect_identical(last$reported, 1L)
  expect_identical(last$expected, 2L)
  expect_identical(last$coverage, 0.5)
  expect_identical(last$state, "partial")
  expect_identical(last$structure_date, as.Date("2024-12-31"))
  expect_true(is.na(last$numerator))
})

test_that("figures of Communities That Care are those of the source", {
  r <- rollup(care(), group = "coordinating-council", from = 2010)
  expect_s3_class(r, c("cw_rollup", "cw_table", "data.frame"), exact = TRUE)
  expect_identical(paste(r$indicator, r$value), c("teen-binge-drinking 69", "teen-cigarette-smoking 68", "teen-marijuana-use 82"))
})

test_that("options choose and decide", {
  x <- town()
  expect_identical(unique(rollup(x, group = c("council", "health"))$group), c("council", "health"))
  expect_identical(rollup(x, indicator = "served", group = "council", from = "2024", to = "2024")$value, 15)
  expect_identical(rollup(x, group = "council", from = 2024, to = 2024L)$value, 15)
  expect_true(is.na(rollup(x, group = "council", from = 2024, missing = "all_or_nothing")$value))
  stock <- town(indicators = data.frame(id = "served", kind = "count", nature = "stock"))
  expect_identical(rollup(stock, group = "council", from = 2024, missing = "carry_forward")$value, 35) # 15 + the school's 20
  expect_true(is.na(rollup(x, group = "council", from = 2024, missing = "minimum_coverage", minimum_coverage = 0.6)$value))
  expect_identical(rollup(x, group = "council", from = 2024, missing = "minimum_coverage", minimum_coverage = 0.5)$value, 15)
  expect_identical(rollup(demo(), "people-served", "council", every = "year")$value, c(135067, 161339)) # as docs/cli.md has it
})

test_that("the structure of a day is that of as_of, text or Date", {
  x <- town(member_of = data.frame(from = c("clinic", "school"), to = "youth", start = c(NA, "2024-01-01")))
  expect_identical(rollup(x, group = "council", to = 2023)$value, 10)
  expect_identical(rollup(x, group = "council", to = 2023, as_of = "2024-06-30")$value, 30)
  expect_identical(rollup(x, group = "council", to = 2023, as_of = as.Date("2024-06-30"))$value, 30)
})

test_that("the shares behind a figure add up to it", {
  e <- explain(town(), "council", "served", 2023)
  expect_identical(e$reporter, c("clinic", "school"))
  expect_identical(sum(e$share), 30)
  expect_match(e$paths[1], "health > council")
  e <- explain(demo(), "working-group-1", "waiting-list", "2021-06")
  expect_identical(sum(e$share), 2432)
  stock <- town(indicators = data.frame(id = "served", kind = "count", nature = "stock"))
  e <- explain(stock, "council", "served", "2024", missing = "carry_forward")
  expect_identical(sum(e$share), 35)
})

test_that("an initiative is a data frame of its figures", {
  expect_identical(as.data.frame(town(), group = "council"), plain(rollup(town(), group = "council")))
})

test_that("summary of figures tells first, last and coverage", {
  s <- summary(rollup(town(), group = "council"))
  expect_identical(s$first, 30)
  expect_identical(s$last, 15)
  expect_identical(s$with_value, 2L)
  expect_identical(s$coverage, 0.75)
  none <- rollup(town(), from = 2030)
  expect_identical(nrow(none), 0L)
  expect_identical(nrow(summary(none)), 0L)
})

test_that("answers print short and keep everything", {
  out <- capture.output(print(rollup(demo()), n = 3))
  expect_match(out, "and 933 more rows", all = FALSE)
  out <- capture.output(print(rollup(care(), group = "coordinating-council", from = 2010)))
  expect_match(out, "teen-binge-drinking +69", all = FALSE)
  expect_match(paste(out, collapse = " "), "The same in every row: group\\s+coordinating-council")
  expect_match(paste(out, collapse = " "), "without any value: numerator, denominator")
  expect_match(out, "value.*lower.*upper.*state", all = FALSE)
  expect_output(print(rollup(town(), from = 2030)), "no rows: group")
  expect_output(print(town() |> rollup() |> subset(group == "council", select = c(period, value))), "2023 +30")
  expect_output(print(catalogue()), "conditions")
})

test_that("what was asked for is printed, whatever it holds", {
  columns <- function(frame) strsplit(trimws(capture.output(print(commonweal:::answer_of(frame)))[1]), " +")[[1]]
  forecast <- data.frame(series = "people-served", period = c("2024", "2025"), value = 12.5, lower = NA_real_, upper = 15, state = "forecast")
  expect_identical(columns(forecast), c("period", "value", "lower", "upper", "state"))
  expect_identical(columns(forecast[1, ]), c("series", "period", "value", "lower", "upper", "state"))
  expect_identical(columns(data.frame(criterion = c("a", "b"), question = NA, verdict = "met", score = NA_real_)), c("criterion", "verdict", "score"))
})

test_that("first days of periods are those of ISO 8601", {
  expect_identical(period_start(c("2024", "2024-Q3", "2024-02", "2024-02-29", NA, "soon", "2023-02-29")),
                   as.Date(c("2024-01-01", "2024-07-01", "2024-02-01", "2024-02-29", NA, NA, NA)))
  # The first week holds the first Thursday.
  expect_identical(period_start(c("2020-W01", "2021-W01", "2024-W05", "2015-W53")), as.Date(c("2019-12-30", "2021-01-04", "2024-01-29", "2015-12-28")))
  expect_identical(commonweal:::period_end(c("2024", "2024-Q1", "2024-02", "2024-W05", "2024-02-29")),
                   as.Date(c("2024-12-31", "2024-03-31", "2024-02-29", "2024-02-04", "2024-02-29")))
})

test_that("every option of a C struct is an argument, and takes what its field takes", {
  kinds <- function(struct) .Call(commonweal:::C_option_kinds, struct)
  asked <- c(rollup = "rollup", explain = "explain", trend = "trend", card = "report_card", target = "target_progress", chart = "control_chart",
             forecast = "forecast_figures", quality = "data_quality", contributions = "contributions", gaps = "gaps", equity = "equity",
             standardized = "standardized", reversals = "reversals", breakdowns = "breakdowns", harmonize = "harmonize", assess = "assess",
             select = "select_backbone", structure = "network_structure", export = "network_graph", report = "report", sample = "sample_initiative")
  for (question in names(asked)) {
    arguments <- names(formals(getExportedValue("commonweal", asked[[question]])))
    expect_setequal(names(kinds(question)), setdiff(arguments, c("x", if (question == "sample") "path", "file", "progress", "...")))
  }
  expect_setequal(setdiff(commonweal:::analyses, names(asked)), c("summary", "group_contributions")) # analyze() asks these
  expect_identical(kinds("select"), c(show = "word", weight = "weights", seed = "whole", deadline = "word", coordination_cost = "number", as_of = "word"))
  expect_identical(commonweal:::options_for("report", list(full = TRUE, width = 90, group = NULL)), list(full = 1, width = 90, group = NULL))
  expect_error(report(care(), width = 2^40), "width: 1099511627776 is not a number from 72 to 120", class = "cw_invalid_argument")
  expect_error(commonweal:::options_for("report", list(depth = 1)), "subscript out of bounds")
  expect_error(kinds("nothing"), "there are no options of nothing")
})
