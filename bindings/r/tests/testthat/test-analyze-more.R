# SPDX-License-Identifier: Apache-2.0

# The clinic is in health, the school in youth; housed is a percentage with parts by sex.
parted <- function(numerator, denominator, reporter = "clinic") town(
  member_of = data.frame(from = c("clinic", "school"), to = c("health", "youth")),
  indicators = data.frame(id = c("served", "housed"), kind = c("count", "ratio"), factor = c(1, 100), direction = "up"),
  observations = data.frame(reporter = reporter, indicator = "housed", period = "2024", numerator = numerator, denominator = denominator,
                            breakdown = c("sex=female", "sex=male")),
  measure_map = data.frame(local = "visitors", indicator = "served", factor = 2, offset = 1)
)

test_that("gaps compare the parts of a whole", {
  g <- gaps(parted(c(10, 5), c(40, 10)), "housed", "council", by = "sex", reference = "male")
  expect_identical(setNames(g$rate, g$category)[c("female", "male")], c(female = 25, male = 50))
  expect_identical(setNames(g$gap, g$category)[["female"]], -25)
  expect_error(gaps(town(), "served", "council", by = "sex", reference = c("a", "b")), class = "cw_invalid_argument")
})

test_that("equity and standard rates compare populations", {
  x <- parted(c(10, 5), c(40, 10))
  e <- equity(x, "housed", by = "sex", reference = "male")
  expect_identical(e$value[e$measure == "gap" & e$category == "female"], -25)
  expect_true("slope_index" %in% equity(x, "housed", by = "sex", order = c("female", "male"))$measure)
  s <- standardized(x, "housed", by = "sex", standard = c(female = 1, male = 3))
  expect_identical(s$crude[1], 30) # 15 of 50
  expect_identical(s$standardized[1], (25 + 3 * 50) / 4)
  expect_error(standardized(x, "housed", by = "sex", standard = c(1, 3)), class = "cw_invalid_argument")
})

test_that("reversals are found", {
  # Health has more of each part (80 % and 20 % against 70 % and 10 %), and less of the whole (28 of 110 against 71 of 110).
  x <- parted(c(8, 20, 70, 1), c(10, 100, 100, 10), reporter = c("clinic", "clinic", "school", "school"))
  r <- reversals(x, "housed", by = "sex", group = c("health", "youth"))
  expect_identical(r$reversed, TRUE)
  expect_setequal(c(r$a, r$b), c("health", "youth"))
})

test_that("parts that do not add up are found", {
  x <- town(observations = data.frame(reporter = "clinic", indicator = "served", period = "2024", value = c(20, 10, 5), breakdown = c(NA, "sex=female", "sex=male")))
  b <- breakdowns(x)
  expect_identical(c(b$sum, b$stated, abs(b$difference)), c(15, 20, 5))
  expect_identical(nrow(breakdowns(x, tolerance = 10)), 0L)
  expect_identical(nrow(breakdowns(x, tolerance = 10, all = TRUE)), 1L)
})

test_that("the change of a figure is shared out exactly", {
  k <- contributions(town(), "served", "council", from = 2023, to = 2024)
  expect_identical(setNames(k$exit + k$entry + k$within, k$reporter), c(school = -20, clinic = 5)) # 30 to 15: the school did not report
  expect_equal(sum(k$share), 1)
})

test_that("local measures become shared ones", {
  local <- data.frame(reporter = "clinic", local = factor("visitors"), period = 2024, value = 4)
  h <- harmonize(parted(c(10, 5), c(40, 10)), local, show = "observations")
  expect_identical(h$indicator, "served")
  expect_identical(h$value, 9) # 2 * 4 + 1
  expect_identical(harmonize(parted(c(10, 5), c(40, 10)), local)$outcome, "mapped")
  expect_error(harmonize(town(), "local.csv"), class = "cw_invalid_argument")
  expect_error(harmonize(town(), data.frame(a = 1)), class = "cw_error")
})

test_that("forecasts tell how they were made", {
  f <- forecast_figures(demo(), "people-served", horizon = 2, method = "naive")
  expect_s3_class(f, "cw_forecast")
  expect_identical(f$value, c(13042, 13042)) # the last value again
  expect_identical(f$period, c("2022-01", "2022-02"))
  expect_identical(f$method, c("naive", "naive"))
  reconciled <- forecast_figures(demo(), "people-served", horizon = 1, reconcile = "bottom_up")
  top <- reconciled$value[reconciled$id == "council"]
  expect_equal(top, sum(reconciled$value[reconciled$level == "reporter"]), tolerance = 1e-9)
})

test_that("whom to call is told first things first", {
  q <- data_quality(demo(), top = 3)
  expect_identical(q$rank, 1:3)
  expect_identical(q$reporter[1], "organization-30")
  expect_true("completeness" %in% names(data_quality(demo(), show = "reporters")))
  expect_identical(unique(data_quality(demo(), reporter = "organization-30")$reporter), "organization-30")
  expect_error(data_quality(demo(), show = "rumors"), class = "cw_invalid_argument")
})

test_that("what answers say is told in sentences", {
  said <- reading(trend(demo()))
  expect_length(said, 5L)
  expect_match(said[1], "^People served rose from 9,298 people to 13,042 people")
  expect_length(reading(report_card(demo())), 1L)
  expect_identical(reading(rollup(town())), character())
  expect_output(print(report_card(demo())), "move in the right direction")
})

test_that("figures may be those of reporters", {
  expect_identical(analyze(town(), "summary", reporter = "school")$maximum, 20)
})

test_that("an analysis tells progress and may be cancelled", {
  expect_error(analyze(demo(), "forecast", progress = function(share, doing) FALSE), class = "cw_cancelled")
  expect_error(assess(demo(), progress = 3), class = "cw_invalid_argument")
  told <- 0
  analyze(demo(), "trend", progress = function(share, doing) told <<- told + 1)
  expect_gt(told, 0)
})
