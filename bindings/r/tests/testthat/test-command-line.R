# SPDX-License-Identifier: Apache-2.0
# The same question, asked here and of the command line, byte for byte.

# The command line tells sentences below its tables and not in them.
same <- function(answer, ...) expect_identical(as_csv(answer[setdiff(names(answer), "reading")]), command_line(..., "--format", "csv"))

test_that("figures are those of the command line", {
  x <- demo()
  path <- demo_path()
  same(rollup(x), "rollup", path)
  same(rollup(x, "people-served", "council", every = "year"), "rollup", path, "-i", "people-served", "-g", "council", "--every", "year")
  same(rollup(x, group = "sub-initiative-1", from = "2021-01", to = "2021-03", missing = "adjusted", adjustment = 0.5), "rollup", path, "-g",
       "sub-initiative-1", "--from", "2021-01", "--to", "2021-03", "--missing", "adjusted", "--adjustment", "0.5")
  same(explain(x, "working-group-1", "waiting-list", "2021-06"), "explain", path, "-i", "waiting-list", "-g", "working-group-1", "-p", "2021-06")
  same(rollup(care()), "rollup", example_initiative())
})

test_that("analyses are those of the command line", {
  x <- demo()
  path <- demo_path()
  same(trend(x), "analyze", path, "trend")
  same(trend(x, every = "quarter", confidence = 0.9), "analyze", path, "trend", "--every", "quarter", "--confidence", "0.9")
  same(report_card(x), "analyze", path, "card")
  same(report_card(x, as_of = c("2020-12-31", "2021-12-31")), "analyze", path, "card", "--as-of", "2020-12-31", "--as-of", "2021-12-31")
  same(target_progress(x), "analyze", path, "target")
  same(control_chart(x, "people-served"), "analyze", path, "chart", "-i", "people-served")
  same(control_chart(x, "people-served", phase = "2021-01", rules = c("nelson", "anhoej")), "analyze", path, "chart", "-i", "people-served", "--phase",
       "2021-01", "--rules", "nelson", "--rules", "anhoej")
  same(analyze(x, "summary"), "analyze", path, "summary")
  same(forecast_figures(x), "analyze", path, "forecast")
  same(forecast_figures(x, "people-served", horizon = 2, reconcile = "structural"), "analyze", path, "forecast", "-i", "people-served", "--horizon", "2",
       "--reconcile", "structural")
  for (show in c("calls", "findings", "reporters", "indicators", "pairs"))
    same(data_quality(x, show = show, as_of = "2022-12-31"), "analyze", path, "quality", "--show", show, "--top", "0", "--as-of", "2022-12-31")
  same(contributions(x, "people-served"), "analyze", path, "contributions", "-i", "people-served")
  same(analyze(x, "trend", reporter = "organization-3"), "analyze", path, "trend", "--reporter", "organization-3")
})

test_that("reports and checks are those of the command line", {
  path <- demo_path()
  lines <- function(...) paste0(report(demo(), ...), "\n", collapse = "")
  expect_identical(lines(width = 80, ascii = FALSE), command_line("report", path, "--width", "80"))
  expect_identical(lines(as_of = as.Date("2021-06-30"), group = "sub-initiative-1", flat = 0.02, full = TRUE, ascii = TRUE, width = 80),
                   command_line("report", path, "--as-of", "2021-06-30", "--group", "sub-initiative-1", "--flat", "0.02", "--full", "--ascii", "--width", "80"))
  expect_match(paste(report(demo(), color = TRUE), collapse = ""), "\033[", fixed = TRUE)
  same(check_initiative(path), "check", path)
})

test_that("judgements are those of the command line", {
  path <- example_initiative()
  same(lint(care()), "lint", path)
  same(assess(care()), "assess", path)
  same(assess(care(), compare = "2005-12-31"), "assess", path, "--compare", "2005-12-31")
  same(select_backbone(care(), "budget"), "select", path, "--show", "budget")
  same(catalogue(), "catalogue")
  for (list in catalogue()$list) same(catalogue(list), "catalogue", list)
})

test_that("the network is that of the command line", {
  path <- demo_path()
  for (what in c("whole", "nodes", "bridges", "mixing", "without_backbone", "trust", "group_trust"))
    same(network_structure(demo(), what), "structure", path, "--show", what)
  expect_identical(network_graph(demo(), "graphml"), command_line("export", path, "--format", "graphml"))
})

test_that("packed files are those of the command line", {
  file <- tempfile(fileext = ".cwl")
  command_line("pack", example_initiative(), file)
  expect_identical(readBin(file, "raw", 1e6), pack(care()))
})
