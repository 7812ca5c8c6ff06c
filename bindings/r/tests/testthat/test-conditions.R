# SPDX-License-Identifier: Apache-2.0

caught <- function(code) tryCatch({
  code
  stop("nothing was raised")
}, cw_error = identity)

test_that("mistakes in files are told with file, row as a spreadsheet counts, field, record and all findings", {
  folder <- tempfile()
  dir.create(folder)
  writeLines(c("id,name", "council,Council"), file.path(folder, "groups.csv"))
  writeLines(c("id,name", "org-1,Organization 1", "org-1,Organization 2"), file.path(folder, "organizations.csv"))
  writeLines(c("from,to,start,end", "org-1,council,2024-05-01,2023-05-01", "org-7,council,,"), file.path(folder, "member_of.csv"))
  problem <- caught(read_initiative(folder))
  expect_identical(class(problem), c("cw_invalid_data", "cw_error", "error", "condition"))
  expect_identical(problem$status, "invalid_data")
  expect_identical(problem$code, "duplicate_id")
  expect_identical(problem$file, "organizations.csv")
  expect_equal(problem$row, 3)
  expect_identical(problem$field, "id")
  expect_identical(problem$record, "org-1")
  found <- diagnostics(problem)
  expect_identical(found$code[found$severity == "error"], c("duplicate_id", "interval_reversed", "unknown_id"))
  expect_identical(found$row[found$severity == "error"], c(3L, 2L, 3L))
  expect_match(conditionMessage(problem), "row 2 and row 3")
})

test_that("rows of tables in memory count from 1, in sentences, too", {
  problem <- caught(town(groups = data.frame(id = c("council", "health", "youth", "health"))))
  expect_identical(problem$code, "duplicate_id")
  expect_identical(problem$file, "groups")
  expect_equal(problem$row, 4)
  expect_match(conditionMessage(problem), "row 2 and row 4")
  found <- diagnostics(problem)
  expect_true(4L %in% found$row)
})

test_that("the call is that of the user", {
  problem <- caught(rollup(town(), group = "concil"))
  expect_identical(as.character(problem$call[[1]]), "rollup")
  expect_identical(as.character(caught(lint(town(), as_of = c("a", "b")))$call[[1]]), "lint")
})

test_that("what is missing in a condition is NA", {
  problem <- caught(rollup(town(), group = "concil"))
  expect_identical(class(problem)[1], "cw_invalid_argument")
  expect_match(conditionMessage(problem), "concil")
  expect_true(is.na(problem$row))
  expect_true(is.na(problem$file))
})

test_that("the system's answers are conditions of their own", {
  expect_s3_class(caught(read_initiative(tempfile())), "cw_error")
  expect_s3_class(caught(write_initiative(town(), file.path(tempfile(), "no", "such", "place.cwl"), as = "packed")), "cw_io")
})

test_that("arguments that cannot be meant are refused by name", {
  x <- town()
  expect_error(rollup("a folder"), "x is character, not an initiative", class = "cw_invalid_argument")
  expect_error(rollup(x, group = list(1)), class = "cw_invalid_argument")
  expect_error(rollup(x, group = NA), class = "cw_invalid_argument")
  expect_error(rollup(x, every = c("year", "month")), "every has 2 elements", class = "cw_invalid_argument")
  expect_error(rollup(x, every = "fortnight"), class = "cw_invalid_argument")
  expect_error(rollup(x, from = "last year"), class = "cw_invalid_argument")
  expect_error(rollup(x, minimum_coverage = "much"), class = "cw_invalid_argument")
  expect_error(rollup(x, minimum_coverage = NaN), class = "cw_invalid_argument")
  expect_error(rollup(x, minimum_coverage = 2), class = "cw_invalid_argument")
  expect_error(rollup(x, group = `Encoding<-`("\xff\xfe", "UTF-8")), class = "cw_error")
  expect_error(explain(x, "council", "served", ""), "period: the text is blank", class = "cw_invalid_argument")
  expect_error(explain(x, "council", "served", "2023", every = "fortnight"), class = "cw_invalid_argument")
  expect_error(analyze(x, "trends"), class = "cw_invalid_argument")
  expect_error(select_backbone(x, weight = c(1, 2)), class = "cw_invalid_argument")
  expect_error(select_backbone(x, "rank", seed = -1), class = "cw_invalid_argument")
  expect_error(network_structure(x, "shape"), class = "cw_invalid_argument")
  expect_error(network_structure(x, edge = "likes"), class = "cw_invalid_argument")
  expect_error(catalogue("spells"), class = "cw_invalid_argument")
  expect_error(assess(x, policy = "wait"), class = "cw_invalid_argument")
  expect_error(diagnostics(7), class = "cw_invalid_argument")
  expect_error(from_arrow_stream(data.frame()), class = "cw_invalid_argument")
})
