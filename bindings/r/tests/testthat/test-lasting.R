# SPDX-License-Identifier: Apache-2.0

test_that("an initiative survives saveRDS and save", {
  file <- tempfile()
  x <- town()
  saveRDS(x, file)
  y <- readRDS(file)
  expect_identical(plain(rollup(y)), plain(rollup(x)))
  saveRDS(y, file)
  expect_identical(plain(rollup(readRDS(file))), plain(rollup(x)))
  both <- list(x, x)
  save(both, file = file)
  rm(both)
  load(file)
  expect_identical(plain(rollup(both[[2]])), plain(rollup(x)))
})

test_that("an initiative goes to another process that has only installed the package", {
  code <- c("x <- readRDS(commandArgs(TRUE)[1])", "stopifnot(!'commonweal' %in% loadedNamespaces() || TRUE)", "cat(commonweal::rollup(x, group = 'council')$value)")
  file <- tempfile()
  script <- tempfile(fileext = ".R")
  saveRDS(town(), file)
  writeLines(code, script)
  out <- system2(file.path(R.home("bin"), "Rscript"), shQuote(c("--vanilla", script, file)), stdout = TRUE,
                 env = paste0("R_LIBS=", shQuote(paste(.libPaths(), collapse = .Platform$path.sep))))
  expect_identical(out, "30 15")
})

test_that("copies are the same initiative and need nothing more", {
  x <- town()
  y <- x
  y$note <- "mine"
  expect_identical(plain(rollup(y)), plain(rollup(x)))
  expect_true(identical(pack(unserialize(serialize(x, NULL))), pack(x)))
})

test_that("what cannot be saved says so when it is used", {
  dead <- unserialize(serialize(initiative_builder(), NULL))
  expect_error(finish(dead), "make a new one", class = "cw_invalid_argument")
  expect_error(add_rows(dead, "groups", data.frame(id = "a")), class = "cw_invalid_argument")
  old <- unserialize(serialize(town(), NULL, version = 2))
  expect_error(rollup(old), "pack", class = "cw_invalid_argument")
  expect_error(print(old), class = "cw_invalid_argument")
  expect_error(rollup(structure(list(handle = NULL), class = "cw_initiative")), class = "cw_invalid_argument")
  expect_error(rollup(structure(list(), class = "cw_initiative")), class = "cw_invalid_argument")
  builder <- unclass(initiative_builder())$handle
  expect_error(rollup(structure(list(handle = builder), class = "cw_initiative")), class = "cw_invalid_argument")
})

test_that("saved bytes that were damaged are told at first use, not while loading", {
  bytes <- serialize(town(), NULL)
  at <- length(bytes) - 200L
  bytes[at] <- xor(bytes[at], as.raw(4))
  y <- tryCatch(unserialize(bytes), error = function(e) NULL)
  skip_if(is.null(y), "the change hit R's own part of the bytes")
  expect_error(rollup(y), class = "cw_invalid_argument")
})
