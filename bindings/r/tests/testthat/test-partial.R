# SPDX-License-Identifier: Apache-2.0

test_that("parts add up to the whole, bit for bit, however they are shared out", {
  x <- demo()
  all <- as.data.frame(initiative_table(x, "observations"))
  set.seed(7)
  for (n in c(1L, 3L, 7L)) {
    in_part <- sample(n, nrow(all), replace = TRUE)
    parts <- lapply(seq_len(n), function(i) add_observations(partial_rollup(x), all[in_part == i, ]))
    expect_identical(plain(finish(Reduce(merge, parts))), plain(rollup(x)))
  }
})

test_that("a part may go on, and merging leaves both as they are", {
  x <- town()
  rows <- town_tables()$observations
  one <- add_observations(partial_rollup(x, group = "council"), rows[1, ])
  two <- add_observations(partial_rollup(x, group = "council"), rows[2, ])
  both <- merge(one, two)
  expect_identical(finish(one)$value, 10)
  expect_identical(finish(two)$value, 20)
  expect_identical(finish(both)$value, 30)
  add_observations(both, rows[3, ])
  expect_identical(finish(both)$value, c(30, 15))
  expect_s3_class(finish(both), "cw_rollup")
  expect_output(print(one), "add_observations")
})

test_that("a part travels as its bytes", {
  x <- town()
  one <- add_observations(partial_rollup(x), town_tables()$observations)
  bytes <- pack(one)
  expect_type(bytes, "raw")
  expect_identical(plain(finish(unpack(bytes, of = x))), plain(rollup(x)))
  expect_identical(pack(unpack(bytes, of = x)), bytes)
  cut <- bytes[-length(bytes)]
  expect_error(unpack(cut, of = x), class = "cw_invalid_data")
  expect_error(unpack(bytes, of = demo()), class = "cw_invalid_data")
  expect_error(unpack(bytes), class = "cw_error")
  dead <- unserialize(serialize(one, NULL))
  expect_error(finish(dead), "pack", class = "cw_invalid_argument")
})

test_that("what does not fit is refused and changes nothing", {
  x <- town()
  one <- add_observations(partial_rollup(x, group = "council"), town_tables()$observations)
  problem <- tryCatch(add_observations(one, data.frame(reporter = c("school", "nobody"), indicator = "served", period = "2024", value = 1)), cw_invalid_data = identity)
  expect_identical(problem$code, "unknown_id")
  expect_equal(problem$row, 5) # over everything added
  expect_error(add_observations(one, town_tables()$observations[1, ]), class = "cw_invalid_data") # has come before
  expect_identical(finish(one)$value, c(30, 15))
  expect_error(merge(one, partial_rollup(x, group = "health")), class = "cw_invalid_argument")
  expect_error(merge(one, one), class = "cw_error")
  expect_error(merge(one, x), class = "cw_invalid_argument")
  expect_error(partial_rollup(x, missing = "carry_forward"), class = "cw_invalid_argument")
  expect_error(partial_rollup("x"), class = "cw_invalid_argument")
  expect_error(pack("x"), class = "cw_invalid_argument")
})
