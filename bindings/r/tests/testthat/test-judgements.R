# SPDX-License-Identifier: Apache-2.0

test_that("links that are missing are named", {
  found <- lint(care())
  expect_identical(nrow(found), 14L) # as docs/cli.md has it
  expect_true(all(c("parent-education", "youth-recognition") %in% found$id[found$rule == "strategy_without_measure"]))
  expect_identical(unique(found$date), as.Date("2010-12-31"))
  expect_identical(unique(lint(care(), as_of = "2005-12-31")$date), as.Date("2005-12-31"))
})

test_that("judgements come with their evidence, and can be counted", {
  judged <- assess(care(), only = "precondition")
  expect_s3_class(judged, "cw_assessment")
  expect_identical(judged$verdict[judged$criterion == "precondition.champion"], "unknown")
  counts <- summary(judged)
  expect_identical(sum(counts), 10L)
  expect_identical(unname(counts["precondition", c("met", "partly", "unknown")]), c(1L, 2L, 7L))
  moved <- assess(care(), compare = "2005-12-31")
  expect_true(all(c("from", "to", "from_date", "to_date") %in% names(moved)))
  expect_gt(nrow(assess(care(), rubric = "readiness")), 0)
})

test_that("candidates for the backbone are compared", {
  rated <- as_initiative(list(
    groups = data.frame(id = "council"),
    organizations = data.frame(id = c("a", "b")),
    member_of = data.frame(from = c("a", "b"), to = "council"),
    candidates = data.frame(id = c("a", "b")),
    scores = data.frame(candidate = rep(c("a", "b"), each = 2), criterion = rep(catalogue("selection_criteria")$id[1:2], 2), score = c(5, 1, 2, 2))
  ))
  weights <- stats::setNames(c(10, 1), catalogue("selection_criteria")$id[1:2])
  expect_identical(select_backbone(rated, weight = weights)$candidate[1], "a")
  expect_identical(select_backbone(rated, weight = rev(stats::setNames(c(10, 1), rev(names(weights)))), seed = 2)$candidate[1], "b")
  expect_true("tension" %in% names(select_backbone(rated, "tensions")))
  expect_gt(nrow(select_backbone(care(), "budget")), 0)
})

test_that("the lists of the literature are there without an initiative", {
  expect_identical(nrow(catalogue("conditions")), 5L)
  lists <- catalogue()
  for (i in seq_len(nrow(lists))) expect_gt(nrow(catalogue(lists$list[i])), 0)
})

test_that("the first phases are given a length with its arithmetic", {
  d <- phase_duration(demo())
  expect_identical(nrow(d), 1L)
  expect_true(d$low <= d$high)
  expect_true(nzchar(d$arithmetic))
})

test_that("what has no dates is judged today, and holds on every day", {
  before <- Sys.getenv("COMMONWEAL_TODAY", NA)
  on.exit(if (is.na(before)) Sys.unsetenv("COMMONWEAL_TODAY") else Sys.setenv(COMMONWEAL_TODAY = before))
  Sys.setenv(COMMONWEAL_TODAY = "2024-03-15")
  undated <- as_initiative(list(organizations = data.frame(id = c("north", "south")), groups = data.frame(id = "table"),
                                communicates_with = data.frame(from = "north", to = "south")), title = "Undated")
  expect_identical(plain(default_day(undated)), data.frame(day = as.Date("2024-03-15"), origin = "today"))
  expect_identical(unique(assess(undated)$date), as.Date("2024-03-15"))
  for (day in c("0001-01-01", "2024-03-15", "9999-12-31")) {
    expect_gt(nrow(lint(undated, as_of = day)), 0)
    expect_identical(network_structure(undated, as_of = day)$value, network_structure(undated)$value)
    expect_identical(nrow(phase_duration(undated, as_of = day)), 1L)
  }
  pdf(NULL)
  expect_identical(nrow(plot(undated)), 1L)
  dev.off()
  Sys.setenv(COMMONWEAL_TODAY = "soon")
  expect_error(assess(undated), "COMMONWEAL_TODAY is not a valid day: soon", class = "cw_invalid_argument")
  expect_identical(plain(default_day(care())), data.frame(day = as.Date("2010-12-31"), origin = "data"))
})
