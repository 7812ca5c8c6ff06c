# SPDX-License-Identifier: Apache-2.0

test_that("the shape of a network is measured", {
  whole <- network_structure(town(), edge = c("part_of", "member_of"))
  measure <- function(name) whole$value[whole$measure == name]
  expect_identical(measure("nodes"), 5)
  expect_identical(measure("edges"), 5) # 2 groups in the council, 3 memberships
  nodes <- network_structure(town(), "nodes", edge = c("part_of", "member_of"))
  expect_identical(nodes$degree[nodes$id == "clinic"], 2L)
  expect_true("from" %in% names(network_structure(town(), "bridges")))
  expect_identical(nrow(network_structure(demo(), "without_backbone")), 2L)
  expect_gt(nrow(network_structure(demo(), "mixing")), 0)
  changed <- network_structure(demo(), "changes", as_of = "2021-12-31", compare = as.Date("2020-06-30"))
  expect_gt(nrow(changed), 0)
  expect_identical(network_structure(demo(), sources = 10, seed = 3), network_structure(demo(), sources = 10, seed = 3))
})

test_that("the network leaves as text", {
  dot <- network_graph(town(), "dot", edge = "part_of")
  expect_match(dot, "health->council", fixed = TRUE)
  file <- tempfile()
  text <- network_graph(town(), "gexf", file = file)
  expect_identical(paste0(readLines(file), collapse = "\n"), sub("\n$", "", text))
  expect_error(network_graph(town(), "svg"))
})

test_that("igraph gets the same network", {
  skip_if_not_installed("igraph")
  g <- as_igraph(town(), edge = c("part_of", "member_of"))
  expect_true(igraph::is_directed(g))
  expect_identical(igraph::ecount(g), 5)
  expect_true(igraph::are_adjacent(g, "clinic", "health"))
})
