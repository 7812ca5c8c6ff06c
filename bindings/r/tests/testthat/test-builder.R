# SPDX-License-Identifier: Apache-2.0

served <- function(x, ...) rollup(x, group = "council", ...)$value

test_that("tables in any order and in batches make the same initiative", {
  tables <- town_tables()
  b <- initiative_builder(title = "A town")
  for (name in rev(names(tables))) for (i in seq_len(nrow(tables[[name]]))) add_rows(b, name, tables[[name]][i, , drop = FALSE])
  expect_identical(sort(plain(rollup(finish(b)))$value), sort(plain(rollup(town()))$value))
  expect_identical(initiative_info(finish(b))$title, "A town")
})

test_that("a builder may be fixed and finished again", {
  b <- initiative_builder(town())
  add_rows(b, "observations", data.frame(reporter = "nobody", indicator = "served", period = "2024", value = 5))
  problem <- tryCatch(finish(b), cw_invalid_data = identity)
  expect_identical(problem$code, "unknown_id")
  expect_equal(problem$row, 4) # over everything added under the name
  remove_rows(b, "observations")
  add_rows(b, "observations", data.frame(reporter = "school", indicator = "served", period = 2024, value = 31))
  expect_identical(served(finish(b)), 31)
  expect_error(remove_rows(b, "targets"), class = "cw_invalid_argument")
  expect_output(print(b), "add_rows")
})

test_that("what an initiative says of itself is kept and may be changed", {
  b <- initiative_builder(town(), description = "By the river", synthetic = TRUE)
  info <- initiative_info(finish(b))
  expect_identical(info$title, "A town")
  expect_identical(info$description, "By the river")
  expect_true(info$synthetic)
  expect_error(initiative_builder(synthetic = NA), class = "cw_invalid_argument")
})

test_that("numbers of every type come in", {
  values <- function(v) town(observations = list(reporter = c("clinic", "school"), indicator = rep("served", 2), period = rep("2023", 2), value = v))
  expect_identical(served(values(c(1, 2))), 3)
  expect_identical(served(values(c(1L, 2L))), 3)
  expect_identical(served(values(c("1", "2"))), 3)
  expect_identical(served(values(factor(c("1", "2")))), 3)
  big <- structure(c(4.94065645841246544e-324, 9.88131291682493088e-324), class = "integer64") # 1 and 2, as bit64 keeps them
  expect_identical(served(values(big)), 3)
})

test_that("NA and NaN are missing reports, never zero", {
  missing <- function(v) rollup(town(observations = data.frame(reporter = c("clinic", "school"), indicator = "served", period = c("2022", "2022", "2023", "2023"),
                                                               value = v[c(1, 1, 1, 2)])), group = "council", from = 2023)
  for (v in list(c(1, NA), c(1, NaN), c(1L, NA), c("1", NA))) {
    r <- missing(v)
    expect_identical(r$value, 1)
    expect_identical(r$reported, 1L)
    expect_identical(r$expected, 2L)
    expect_identical(r$coverage, 0.5)
  }
  expect_error(missing(c(1, Inf)), class = "cw_invalid_data")
})

test_that("periods may be text, factors and years as numbers; days may be Date of either storage, or text", {
  for (p in list("2023", factor("2023"), 2023, 2023L))
    expect_identical(rollup(town(observations = data.frame(reporter = "clinic", indicator = "served", period = p, value = 4)), group = "council")$period, "2023")
  joined <- function(day) town(member_of = data.frame(from = c("clinic", "school"), to = "youth", start = day))
  for (day in list(as.Date(c("2024-01-01", NA)), structure(c(19723L, NA), class = "Date"), c("2024-01-01", NA), as.Date(c(19723.7, NA), origin = "1970-01-01"))) {
    x <- joined(day)
    expect_identical(initiative_table(x, "member_of")$start, as.Date(c("2024-01-01", NA)))
    expect_identical(rollup(x, group = "council", to = 2023)$value, 20) # the clinic had not joined
  }
})

test_that("logical columns come in and out with NA", {
  x <- town(indicators = data.frame(id = c("served", "b", "c"), kind = "count", counts_people = c(TRUE, NA, FALSE)))
  expect_identical(indicators(x)$counts_people, c(TRUE, FALSE, FALSE))
  expect_identical(from_arrow_stream(as_arrow_stream(data.frame(v = c(TRUE, NA, FALSE))))$v, c(TRUE, NA, FALSE))
})

test_that("text is UTF-8 whatever its encoding was", {
  latin <- "Caf\xe9"
  Encoding(latin) <- "latin1"
  x <- town(organizations = data.frame(id = c("clinic", "school"), name = c(latin, "\u5b66\u6821")))
  expect_identical(initiative_table(x, "organizations")$name, c("Caf\u00e9", "\u5b66\u6821"))
  bad <- "\xff\xfe"
  Encoding(bad) <- "UTF-8"
  expect_error(town(organizations = data.frame(id = c("clinic", "school"), name = c(bad, "b"))), class = "cw_invalid_data")
})

test_that("ids of many kinds of repetition keep their places", {
  n <- 5000
  ids <- sprintf("org-%d", seq_len(n))
  x <- town(organizations = data.frame(id = ids), member_of = data.frame(from = ids, to = "health"),
            observations = data.frame(reporter = rep(ids, 2), indicator = "served", period = rep(c("2023", "2024"), each = n), value = c(seq_len(n), rep(1, n))))
  expect_identical(served(x), c(n * (n + 1) / 2, n))
  back <- initiative_table(x, "observations")
  expect_identical(back$value[back$reporter == "org-4321" & back$period == "2023"], 4321)
})

test_that("what is no column is refused with the cure", {
  refused <- function(v) tryCatch(add_rows(initiative_builder(), "observations", list(value = v)), cw_invalid_data = identity)
  expect_match(conditionMessage(refused(Sys.time())), "as.Date")
  expect_identical(refused(Sys.time())$field, "value")
  expect_match(conditionMessage(refused(as.POSIXlt(Sys.time()))), "as.Date")
  expect_match(conditionMessage(refused(as.difftime(1, units = "days"))), "duration")
  expect_match(conditionMessage(refused(I(list(1)))), "list")
  expect_match(conditionMessage(refused(matrix(1, 1, 1))), "table of its own")
  expect_match(conditionMessage(refused(1i)), "complex")
  expect_error(add_rows(initiative_builder(), "observations", 1:3), class = "cw_invalid_argument")
  expect_error(add_rows(initiative_builder(), "observations", list(a = 1:3, b = 1:2)), "different lengths", class = "cw_invalid_argument")
  expect_error(add_rows(initiative_builder(), "", data.frame(id = "a")), class = "cw_invalid_argument")
  expect_error(as_initiative(data.frame(id = "a")), class = "cw_invalid_argument")
  expect_error(add_rows(town(), "groups", data.frame(id = "a")), class = "cw_invalid_argument")
})

test_that("tables of no rows or no columns do no harm", {
  b <- initiative_builder(town())
  add_rows(b, "observations", data.frame(reporter = character(), indicator = character(), period = character(), value = double()))
  expect_identical(served(finish(b)), c(30, 15))
  add_rows(b, "observations", data.frame()) # no columns, not even those that are required
  expect_error(finish(b), "no column reporter", class = "cw_invalid_data")
})

test_that("tables leave and come back as Arrow streams, once each", {
  frame <- data.frame(a = c(1, NA, -0.5), b = c("x", NA, "\u00fc"), c = c(TRUE, NA, FALSE), d = as.Date(c("2020-02-29", NA, "1960-01-01")), e = c(1L, NA, 3L))
  stream <- as_arrow_stream(frame)
  expect_s3_class(stream, "nanoarrow_array_stream")
  expect_identical(plain(from_arrow_stream(stream)), frame)
  expect_error(from_arrow_stream(stream), "consumed")
  observations <- as_arrow_stream(town_tables()$observations)
  expect_identical(served(town(observations = observations)), c(30, 15))
  rm(observations)
  as_arrow_stream(frame) # dropped without being consumed
  gc()
  expect_identical(plain(from_arrow_stream(as_arrow_stream(frame[0, ]))), frame[0, ], ignore_attr = TRUE)
})

test_that("NaN and NA are told apart where NaN is a number", {
  back <- from_arrow_stream(as_arrow_stream(data.frame(v = c(NaN, NA, 1))))$v
  expect_identical(is.nan(back), c(TRUE, FALSE, FALSE))
  expect_true(is.na(back[2]))
})

test_that("whole numbers beyond 32 bits come out as doubles", {
  big <- structure(c(4.94065645841246544e-324, 2^-1022), class = "integer64") # 1 and 2^52
  back <- from_arrow_stream(as_arrow_stream(list(v = big)))$v
  expect_identical(back, c(1, 2^52))
  small <- structure(c(4.94065645841246544e-324, -0.0), class = "integer64") # 1 and NA
  expect_identical(from_arrow_stream(as_arrow_stream(list(v = small)))$v, c(1L, NA))
})

test_that("as_csv writes what the command line would", {
  expect_identical(as_csv(data.frame(a = c(0.1, NA), b = c("x, y", "z"), c = c(TRUE, NA), d = as.Date(c(NA, "2020-02-29")))),
                   "a,b,c,d\n0.1,\"x, y\",true,\n,z,,2020-02-29\n")
})
