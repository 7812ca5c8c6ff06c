# SPDX-License-Identifier: Apache-2.0

test_that("a mistyped id or word is told what may be meant", {
  x <- town()
  expect_error(rollup(x, group = "concil"), "there is no group concil. Did you mean council?", fixed = TRUE, class = "cw_invalid_argument")
  expect_error(rollup(x, indicator = "serverd"), "Did you mean served?", fixed = TRUE)
  expect_error(rollup(x, group = "Helth"), "Did you mean health?", fixed = TRUE)
  expect_error(rollup(x, every = "moth"), "Did you mean month?", fixed = TRUE)
  expect_error(rollup(x, missing = "completecase"), "Did you mean complete_case?", fixed = TRUE)
  expect_error(analyze(x, "trends"), "Did you mean trend?", fixed = TRUE)
  expect_error(network_structure(x, "brigdes"), "Did you mean bridges?", fixed = TRUE)
  expect_error(network_graph(x, "grpahml"), "Did you mean graphml?", fixed = TRUE)
  expect_error(write_initiative(x, tempfile(), as = "fodler"), "Did you mean folder?", fixed = TRUE)
  expect_error(catalogue("conditons"), "Did you mean conditions?", fixed = TRUE)
  expect_error(initiative_table(x, "organisations"), "Did you mean organizations?", fixed = TRUE)
  expect_error(remove_rows(initiative_builder(x), "organisations"), "Did you mean organizations?", fixed = TRUE)
  said <- expect_error(rollup(x, group = "quite another"))
  expect_false(grepl("Did you mean", conditionMessage(said)))
})

test_that("a mistyped argument is an error that says which is meant", {
  x <- town()
  expect_error(rollup(x, gruop = "council"), "there is no argument gruop. Did you mean group?", fixed = TRUE, class = "cw_invalid_argument")
  expect_error(trend(x, confidense = 0.9), "Did you mean confidence?", fixed = TRUE)
  expect_error(analyze(x, "forecast", metod = "holt"), "Did you mean method?", fixed = TRUE)
  expect_error(analyze(x, "trend", method = "holt"), "trend has no option method; it has: indicator, group,", fixed = TRUE, class = "cw_invalid_argument")
  expect_error(explain(x, "council", "served", 2023, mising = "adjusted"), "Did you mean missing?", fixed = TRUE)
  expect_error(partial_rollup(x, group = 1, gruop = "council"), "Did you mean group?", fixed = TRUE)
  expect_error(as.data.frame(x, gruop = "council"), "Did you mean group?", fixed = TRUE)
  expect_error(read_initiative("x", progres = NULL, lgo = NULL), "Did you mean log?", fixed = TRUE)
  expect_error(initiative_builder(titel = "x"), "Did you mean title?", fixed = TRUE)
  expect_error(lint(x, "2024-01-01", 3), "one argument too many", fixed = TRUE)
  expect_identical(plain(rollup(x, gro = "council")), plain(rollup(x, group = "council"))) # beginnings match, as everywhere in R
  expect_identical(formals(lint), as.pairlist(alist(x = , as_of = NULL, ... = )))
})

# Controls and bidirectional controls, as they may be in data; and whether printing let one through.
steering <- function() c(intToUtf8(c(1:31, 127:159, 0x61c, 0x200e, 0x200f, 0x2028:0x202e, 0x2066:0x2069), multiple = TRUE))
steers <- function(text) any(strsplit(paste(text, collapse = ""), "")[[1]] %in% setdiff(steering(), "\n"))

test_that("data cannot steer the terminal", {
  bad <- paste0("a", steering(), "b", collapse = "")
  x <- as_initiative(c(town_tables()[-2], list(organizations = data.frame(id = c("clinic", "school"), name = c(bad, "School")))), title = bad, description = bad)
  expect_identical(initiative_info(x)$title, bad) # the data is what it is
  expect_identical(initiative_table(x, "organizations")$name[1], bad)
  shown <- c(capture.output(print(x)), capture.output(print(summary(x))), capture.output(print(initiative_table(x, "organizations"))),
             capture.output(print(report(x))), capture.output(print(structure(data.frame(a = c(bad, "x"), reading = bad), class = c("cw_table", "data.frame")))))
  expect_false(steers(shown))
  expect_true(any(grepl("\\x1b", shown, fixed = TRUE)) && any(grepl("\\u202e", shown, fixed = TRUE)))
  for (ask in list(function() rollup(x, group = bad), function() read_initiative(file.path(tempdir(), bad)), function() lint(x, as_of = bad),
                   function() as_csv(list(a = list(bad))), function() rollup(bad), function() do.call(rollup, setNames(list(x, 1), c("", bad)))))
    expect_false(steers(conditionMessage(tryCatch(ask(), error = identity))))
})

test_that("columns of R in every form keep their values", {
  n <- 1500L
  frame <- function(...) as.data.frame(from_arrow_stream(as_arrow_stream(list(...))))
  expect_identical(frame(a = 1:n)$a, 1:n)                                   # compact, not in memory
  expect_identical(frame(a = as.character(1:n))$a, as.character(1:n))       # made when asked for
  expect_identical(frame(a = as.character(seq(0.5, by = 1, length.out = n)))$a, as.character(seq(0.5, by = 1, length.out = n)))
  expect_identical(frame(a = rep_len("x", n)[n:1])$a, rep_len("x", n))
  expect_identical(frame(a = sort(c(3, 1, 2)), b = sort(c("b", NA, "a"), na.last = TRUE)), data.frame(a = c(1, 2, 3), b = c("a", "b", NA)))
  expect_identical(frame(a = structure(c(NA, 2L), levels = c("u", "v"), class = "factor"))$a, c(NA, "v"))
  expect_error(frame(a = structure(7L, levels = "u", class = "factor")), class = "cw_error") # a code that no level has
  expect_error(frame(a = structure(-7L, levels = "u", class = "factor")), class = "cw_error")
  broken <- structure(list(a = 1:3, b = 1:2), class = "data.frame", row.names = 1:3)
  expect_error(as_csv(broken), "different lengths", class = "cw_error")
  expect_error(as_csv(structure(list(a = 1:2, m = matrix(1:4, 2)), class = "data.frame", row.names = 1:2)), class = "cw_error")
})
