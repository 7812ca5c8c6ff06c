# SPDX-License-Identifier: Apache-2.0
# That pictures are drawn, and of what; how they look was looked at.

# Whether something other than white is on the page.
inked <- function(code) {
  file <- tempfile(fileext = ".png")
  grDevices::png(file, 700, 500)
  on.exit(unlink(file))
  before <- graphics::par(c("mar", "mfrow", "las"))
  tryCatch(force(code), finally = {
    after <- graphics::par(c("mar", "mfrow", "las"))
    grDevices::dev.off()
  })
  expect_identical(after, before) # the settings of the user are left alone
  file.size(file) > 3000
}

test_that("each answer draws itself", {
  skip_if_not(capabilities("png"))
  x <- demo()
  figures <- rollup(x, group = c("council", "sub-initiative-1"))
  expect_true(inked(plot(figures)))
  expect_true(inked(plot(figures, type = "spark")))
  expect_true(inked(plot(trend(x))))
  expect_true(inked(plot(control_chart(x, "people-served", phase = "2021-01", ghost = "2020-11"))))
  expect_true(inked(plot(target_progress(x))))
  expect_true(inked(plot_trajectory(x, "waiting-list")))
  expect_true(inked(plot_trajectory(x, "people-served", "council", path = "geometric")))
  expect_true(inked(plot(forecast_figures(x, group = "council"), rollup(x, group = "council"))))
  expect_true(inked(plot(forecast_figures(x, "people-served"))))
  expect_true(inked(plot(x)))
  expect_true(inked(plot(care(), as_of = "2005-12-31")))
})

test_that("the cascade is drawn level by level, as of the day", {
  grDevices::pdf(NULL)
  on.exit(grDevices::dev.off())
  drawn <- plot(care())
  expect_identical(drawn$level[drawn$id == "coordinating-council"], 1L)
  expect_identical(sum(drawn$level == 2L), 6L)
  expect_false("north-quabbin" %in% plot(care(), as_of = as.Date("2005-12-31"))$id)
  drawn <- plot(town())
  expect_identical(drawn$members[match(c("council", "health", "youth"), drawn$id)], c(0L, 1L, 2L))
})

test_that("what has nothing to draw says so", {
  nothing <- town(observations = data.frame(reporter = "clinic", indicator = "served", period = "2023", value = NA_real_))
  expect_error(plot(rollup(nothing)), "no value to plot", class = "cw_invalid_argument")
  expect_error(plot(trend(nothing)), class = "cw_invalid_argument")
  expect_error(plot(target_progress(town())), class = "cw_invalid_argument")
  expect_error(plot_trajectory(town(), "served"), "0 targets", class = "cw_invalid_argument")
  grDevices::pdf(NULL)
  expect_error(plot(forecast_figures(demo(), "people-served"), rollup(demo())), "several groups", class = "cw_invalid_argument")
  grDevices::dev.off()
  expect_error(plot(town(), as_of = "soon"), class = "cw_invalid_argument")
})

test_that("ggplot2 draws the same", {
  skip_if_not_installed("ggplot2")
  x <- demo()
  skip_if_not(capabilities("png"))
  for (answer in list(rollup(x), trend(x), control_chart(x, "people-served", ghost = "2020-11"), target_progress(x))) {
    p <- ggplot2::autoplot(answer)
    expect_s3_class(p, "ggplot")
    expect_true(inked(print(p)))
  }
})
