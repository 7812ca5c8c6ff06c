# SPDX-License-Identifier: Apache-2.0

test_that("the version of the library and of its interface are told", {
  expect_match(commonweal_version(), "^[0-9]+\\.[0-9]+\\.[0-9]+$")
  expect_identical(attr(commonweal_version(), "abi")[1], 0L)
})

test_that("a folder is read, and says what it holds", {
  x <- care()
  expect_s3_class(x, "cw_initiative")
  expect_identical(initiative_info(x)$title, "Communities That Care Coalition of Franklin County and the North Quabbin")
  expect_false(initiative_info(x)$synthetic)
  tables <- initiative_tables(x)
  expect_identical(tables$rows[tables$table == "organizations"], 13L)
  expect_identical(tables$kind[tables$table == "part_of"], "edges")
  observations <- initiative_table(x, "observations")
  expect_identical(observations$value, c(100, 69, 100, 68, 100, 82))
  expect_identical(unique(observations$reporter), "coordinating-council")
  groups <- initiative_table(x, "groups")
  expect_s3_class(groups$start, "Date")
  expect_identical(groups$start[groups$id == "north-quabbin"], as.Date("2008-01-01"))
  expect_true(is.na(groups$start[groups$id == "coordinating-council"]))
  expect_identical(indicators(x)$direction, rep("down", 3))
  expect_identical(nrow(diagnostics(x)), 0L)
})

test_that("every exported table function names the tables there are", {
  problem <- expect_error(initiative_table(care(), "organisations"), class = "cw_invalid_argument")
  expect_match(conditionMessage(problem), "organisations")
})

test_that("print, format and summary say what it is", {
  expect_identical(format(care())[1], "Communities That Care Coalition of Franklin County and the North Quabbin")
  expect_output(print(care()), "13 organizations, 8 groups, 3 shared measures, 6 observations")
  expect_output(print(demo()), "(synthetic)", fixed = TRUE)
  s <- summary(demo())
  expect_s3_class(s, "summary.cw_initiative")
  expect_identical(s$counts$count[s$counts$item == "observations"], 1841L)
  expect_output(print(s), "observations +1,841|observations +1841")
})

test_that("a folder that is written reads back equal", {
  x <- demo()
  folder <- tempfile()
  expect_identical(write_initiative(x, folder), x)
  expect_identical(plain(rollup(read_initiative(folder))), plain(rollup(x)))
  busy <- tempfile()
  dir.create(busy)
  writeLines("mine", file.path(busy, "notes.txt"))
  expect_error(write_initiative(x, busy), class = "cw_error")
  expect_identical(readLines(file.path(busy, "notes.txt")), "mine")
})

test_that("packed forms read back equal, in files and in memory", {
  file <- tempfile(fileext = ".cwl")
  write_initiative(care(), file, as = "packed")
  bytes <- pack(care())
  expect_identical(readBin(file, "raw", length(bytes) + 1), bytes)
  expect_identical(plain(rollup(unpack(bytes))), plain(rollup(care())))
  expect_identical(plain(rollup(read_initiative(file))), plain(rollup(care())))
  bytes[length(bytes) %/% 2] <- xor(bytes[length(bytes) %/% 2], as.raw(1))
  expect_error(unpack(bytes), class = "cw_invalid_data")
  expect_error(unpack("text"), class = "cw_invalid_argument")
  expect_error(unpack(raw()), class = "cw_error")
})

test_that("samples of the same options are the same", {
  again <- sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24, seed = 1)
  for (file in list.files(again))
    expect_identical(readLines(file.path(again, file)), readLines(file.path(demo_path(), file)))
  expect_error(sample_initiative(tempfile(), groups = -1), class = "cw_invalid_argument")
  expect_error(sample_initiative(tempfile(), groups = 3), class = "cw_invalid_argument")
  expect_error(sample_initiative(tempfile(), seed = 1.5), "seed is 1.5")
})

test_that("progress is told, and may cancel or fail", {
  told <- list()
  read_initiative(demo_path(), progress = function(share, doing) told[[length(told) + 1L]] <<- list(share, doing))
  shares <- vapply(told, function(t) t[[1]], 0)
  expect_gt(length(shares), 3)
  expect_false(is.unsorted(shares))
  expect_true(all(shares >= 0 & shares <= 1))
  expect_type(told[[1]][[2]], "character")
  expect_error(read_initiative(demo_path(), progress = function(share, doing) FALSE), class = "cw_cancelled")
  expect_error(read_initiative(demo_path(), progress = function(share, doing) stop("the bar broke")), "the bar broke")
  expect_error(read_initiative(demo_path(), progress = 7), class = "cw_invalid_argument")
})

test_that("findings are told as they are found", {
  folder <- tempfile()
  dir.create(folder)
  writeLines(c("id,name", "council,Council"), file.path(folder, "groups.csv"))
  heard <- character()
  x <- read_initiative(folder, log = function(severity, text) heard <<- c(heard, paste(severity, text)))
  expect_length(heard, 1L)
  expect_match(heard, "^note .*datapackage.json")
  expect_identical(diagnostics(x)$code, "no_package")
  expect_error(read_initiative(folder, log = function(severity, text) stop("the log is full")), "the log is full")
})

test_that("a rollup tells its progress, and may be cancelled", {
  shares <- double()
  r <- rollup(demo(), progress = function(share, doing) shares <<- c(shares, share))
  expect_gt(length(shares), 0)
  expect_true(all(shares >= 0 & shares <= 1))
  expect_identical(plain(r), plain(rollup(demo())))
  expect_error(rollup(demo(), progress = function(share, doing) FALSE), class = "cw_cancelled")
  expect_error(rollup(demo(), progress = function(share, doing) stop("enough")), "enough")
})

test_that("a check tells everything whether or not it loads", {
  folder <- tempfile()
  dir.create(folder)
  writeLines(c("id,name", "org-1,One", "org-1,Two"), file.path(folder, "organizations.csv"))
  found <- check_initiative(folder)
  expect_true("duplicate_id" %in% found$code)
  expect_identical(found$row[found$code == "duplicate_id"], 3L)
  expect_identical(nrow(check_initiative(care())), 0L)
  rated <- town(trusts = data.frame(from = "clinic", to = "school", rating = 9, scale_max = 5))
  expect_identical(nrow(diagnostics(rated)), 0L)
  expect_identical(check_initiative(rated)$code, "rating_off_scale")
  expect_error(check_initiative(7L), class = "cw_error")
  expect_error(check_initiative(folder, progress = function(share, doing) stop("no")), "no")
})

test_that("the content of the report is tables too", {
  names <- report_tables(care())$name
  expect_true(all(c("summary", "who", "measures", "problems") %in% names))
  expect_identical(report_tables(care(), "measures")$verdict, c("right", "right", "right"))
  expect_identical(report_tables(care(), "summary", as_of = "2009-12-31")$as_of, as.Date("2009-12-31"))
  expect_error(report_tables(care(), "measure"), "measures", class = "cw_invalid_argument")
})

test_that("the report is lines that print themselves", {
  r <- report(care(), width = 80)
  expect_s3_class(r, "cw_report")
  expect_identical(unclass(r)[1], "Communities That Care Coalition of Franklin County and the North Quabbin")
  expect_output(print(r), "SHARED MEASURES")
  expect_error(report(care(), width = 20), class = "cw_invalid_argument")
  expect_error(report(care(), group = "nobody"), class = "cw_invalid_argument")
})
