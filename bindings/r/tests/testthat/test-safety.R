# SPDX-License-Identifier: Apache-2.0

test_that("an interrupt ends a call and leaves everything as it was", {
  skip_on_os("windows")
  path <- demo_path()
  # From within a progress function.
  got <- tryCatch(read_initiative(path, progress = function(share, doing) {
    tools::pskill(Sys.getpid(), tools::SIGINT)
    Sys.sleep(1)
  }), interrupt = function(e) "interrupted")
  expect_identical(got, "interrupted")
  # From outside, while the library runs.
  system(sprintf("(sleep 0.4; kill -INT %d) >/dev/null 2>&1 &", Sys.getpid()))
  got <- tryCatch({
    until <- Sys.time() + 20
    while (Sys.time() < until) read_initiative(path)
    "not interrupted"
  }, interrupt = function(e) "interrupted")
  expect_identical(got, "interrupted")
  expect_identical(nrow(rollup(read_initiative(path))), 936L)
})

test_that("nothing depends on when R collects its garbage", {
  x <- town()
  tables <- town_tables()
  bytes <- pack(x)
  expected <- plain(rollup(x))
  old <- gctorture(TRUE)
  on.exit(gctorture(old))
  r <- .Call(commonweal:::C_rollup, x$handle, list(groups = c("council", "health", "youth"), every = "year"), NULL)
  failure <- .Call(commonweal:::C_rollup, x$handle, list(groups = "concil"), NULL)
  builder <- .Call(commonweal:::C_builder_new)
  for (name in names(tables)) .Call(commonweal:::C_builder_add, builder, name, tables[[name]], TRUE)
  .Call(commonweal:::C_builder_add, builder, "member_of", list(from = factor(c("school", NA))[1], to = "health", start = as.Date("2020-01-01")), FALSE)
  built <- .Call(commonweal:::C_builder_finish, builder)
  again <- .Call(commonweal:::C_unpack, bytes)
  packed <- .Call(commonweal:::C_pack, again)
  stream <- .Call(commonweal:::C_export, tables$groups)
  back <- .Call(commonweal:::C_import, stream)
  copy <- unserialize(serialize(x, NULL))
  gctorture(FALSE)
  expect_identical(r, expected)
  expect_s3_class(failure, "cw_failure")
  expect_identical(failure$status, "invalid_argument")
  expect_identical(.Call(commonweal:::C_rollup, built, list(groups = "health"), NULL)$value, c(30, 15))
  expect_identical(packed, bytes)
  expect_identical(back, tables$groups)
  expect_identical(plain(rollup(copy)), expected)
})

test_that("many handles come and go", {
  for (i in 1:200) unpack(pack(town()))
  gc()
  expect_identical(nrow(rollup(town())), 6L)
})
