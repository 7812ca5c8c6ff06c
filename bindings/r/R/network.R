# SPDX-License-Identifier: Apache-2.0
# The network: its shape, and its way to other programs.

#' The shape of the network
#'
#' @param x An initiative.
#' @param what `"whole"` (density, centralization, ...), `"nodes"` (centrality, cores, components), `"bridges"`, `"mixing"` (ties by sector),
#'   `"without_backbone"`, `"trust"`, `"group_trust"`, `"changes"` (from `compare` to `as_of`).
#' @param nodes,edges Kinds, such as `"person"` and `"member_of"`; `NULL`: the ties of partners among people, organizations and groups.
#' @param as_of In force on this day; that of [default_day()].
#' @param compare For `"changes"`: the earlier day.
#' @param sources On a very large network: estimate paths from so many nodes; 0: from all.
#' @param seed Of drawing them.
#' @param progress As for [rollup()].
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame with the columns of the command line.
#' @examples
#' care <- read_initiative(example_initiative())
#' network_structure(care, edges = c("part_of", "linked_with"))
#' @export
network_structure <- function(x, what = "whole", nodes = NULL, edges = NULL, as_of = NULL, compare = NULL, sources = 0, seed = 1, progress = NULL) {
  handle <- live(x, "cw_initiative")
  what <- as_needed(what, "what")
  options <- options_for("view", list(nodes = nodes, edges = edges, as_of = as_of, compare = compare, sources = sources, seed = seed))
  answer_of(followed(function(watch) .Call(C_structure, handle, what, options, watch), progress))
}

#' The network as text for graph programs
#'
#' @inheritParams network_structure
#' @param format `"dot"` (Graphviz), `"graphml"` (igraph and others), `"gexf"` (Gephi).
#' @param nodes,edges Kinds; `NULL`: all.
#' @param as_of In force on this day; `NULL`: of all time.
#' @param file Where to write it; `NULL`: nowhere.
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return The text, one element; invisibly where it was written to a file.
#' @examples
#' care <- read_initiative(example_initiative())
#' cat(substr(network_graph(care, "dot", edges = "part_of"), 1, 200))
#' @export
network_graph <- function(x, format = c("dot", "graphml", "gexf"), nodes = NULL, edges = NULL, as_of = NULL, file = NULL) {
  handle <- live(x, "cw_initiative")
  options <- options_for("view", list(nodes = nodes, edges = edges, as_of = as_of))
  bytes <- checked(.Call(C_graph, handle, one_of(format, c("dot", "graphml", "gexf"), "format"), options))
  text <- rawToChar(bytes)
  Encoding(text) <- "UTF-8"
  if (is.null(file)) return(text)
  writeBin(bytes, as_path(file, "file"))
  invisible(text)
}

#' The network as a graph of package igraph
#'
#' @inheritParams network_graph
#' @return A directed graph of class `igraph` with all attributes of nodes and edges; nodes are named by their ids. Needs package igraph.
#' @examplesIf requireNamespace("igraph", quietly = TRUE)
#' care <- read_initiative(example_initiative())
#' graph <- as_igraph(care, edges = "part_of")
#' igraph::vcount(graph)
#' @export
as_igraph <- function(x, nodes = NULL, edges = NULL, as_of = NULL) {
  if (!requireNamespace("igraph", quietly = TRUE)) refuse("package igraph is not installed: install.packages(\"igraph\")")
  file <- tempfile(fileext = ".graphml")
  on.exit(unlink(file))
  network_graph(x, "graphml", nodes, edges, as_of, file)
  graph <- igraph::read_graph(file, format = "graphml")
  igraph::set_vertex_attr(graph, "name", value = igraph::vertex_attr(graph, "id"))
}
