# SPDX-License-Identifier: Apache-2.0

series <- function(values, target = NULL) town(
  observations = data.frame(reporter = "clinic", indicator = "served", period = as.character(2010 + seq_along(values)), value = values),
  targets = if (is.null(target)) data.frame(indicator = character(), period = character(), value = double(), kind = character()) else target
)

test_that("a trend is that of Mann and Kendall with the slope of Theil and Sen", {
  t <- trend(series(c(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)))
  expect_s3_class(t, "cw_trend")
  expect_identical(t$s, 45) # all 10 * 9 / 2 pairs rise
  expect_identical(t$slope, 1)
  expect_identical(t$trend, "rising")
  expect_identical(t$movement, "right")
  # variance n (n - 1) (2n + 5) / 18 = 125; z = 44 / sqrt(125)
  expect_equal(t$z, 44 / sqrt(125), tolerance = 1e-12)
  expect_equal(t$p, 2 * pnorm(-44 / sqrt(125)), tolerance = 1e-12)
  expect_identical(trend(series(c(5, 1, 4, 2, 3)))$trend, "flat")
  expect_identical(trend(series(c(1, NA, 3)))$missing, 1L)
  expect_identical(trend(series(c(1, 2, 3, 4, 5, 6)), test = "original")$test, "original")
})

test_that("a card compares the latest with the first", {
  card <- report_card(series(c(10, 12, 15)))
  expect_s3_class(card, "cw_card")
  expect_identical(card$before, 10)
  expect_identical(card$after, 15)
  expect_identical(card$change, 5)
  expect_identical(card$movement, "right")
  expect_identical(report_card(series(c(10, 12, 15)), basis = "since_previous")$before, 12)
  expect_identical(report_card(series(c(100, 104)), flat = 0.05)$movement, "flat")
  expect_gt(ncol(report_card(demo(), as_of = as.Date(c("2020-12-31", "2021-12-31")))), 3)
})

test_that("progress is the share of the way from baseline to target", {
  goal <- data.frame(indicator = "served", period = c("2011", "2021"), value = c(10, 30), kind = c("baseline", "target"))
  p <- target_progress(series(c(10, 11, 13, 14, 15), goal))
  expect_s3_class(p, "cw_target")
  expect_identical(p$progress, 0.25) # (15 - 10) / (30 - 10)
  expect_equal(p$expected, 18) # 10 + 20 * 4 / 10
  expect_identical(p$status, "at_risk") # behind by 3 of 20
  expect_identical(target_progress(series(c(10, 11, 13, 14, 15), goal), as_of = "2013-12-31")$value, 13)
  expect_identical(nrow(target_progress(series(1:3))), 0L)
})

test_that("a chart has limits at 2.66 mean moving ranges", {
  v <- c(10, 12, 11, 13, 12, 11, 12, 10)
  chart <- control_chart(series(v), "served", chart = "xmr", rules = "shewhart")
  expect_s3_class(chart, "cw_chart")
  expect_identical(chart$value, v)
  expect_equal(unique(chart$center), mean(v))
  d2 <- 2 / sqrt(pi)
  expect_equal(unique(chart$upper), mean(v) + 3 * mean(abs(diff(v))) / d2, tolerance = 1e-12)
  expect_false(any(chart$ghost))
  expect_identical(sum(control_chart(series(v), "served", ghost = c("2012", "2013"))$ghost), 2L)
  expect_identical(length(unique(control_chart(series(v), "served", phase = "2015")$phase)), 2L)
  phases <- control_chart(series(v), "served", phase = "2015", show = "phases")
  expect_identical(nrow(phases), 2L)
  expect_false(inherits(phases, "cw_chart"))
  expect_error(control_chart(demo()), class = "cw_invalid_argument")
})

test_that("analyze takes every word, and summary is that of R", {
  v <- c(3, 1, 4, 1, 5, 9, 2, 6)
  s <- analyze(series(v), "summary")
  expect_equal(c(s$mean, s$median, s$sd), c(mean(v), median(v), sd(v)), tolerance = 1e-12)
  x <- demo()
  for (what in c("trend", "card", "target"))
    expect_identical(plain(analyze(x, what)), plain(switch(what, trend = trend(x), card = report_card(x), target = target_progress(x))))
  expect_identical(analyze(x, "trend", group = c("council", "sub-initiative-1"), indicator = "people-served")$series,
                   c("people-served of council", "people-served of sub-initiative-1"))
})
