# SPDX-License-Identifier: Apache-2.0
# The network: its shape, and its way to other programs.

#' The shape of the network
#'
#' @param x An initiative.
# options of structure: written by tools/options.py
#' @param show Which table: `"whole"`, `"nodes"`, `"bridges"`, `"mixing"`, `"without_backbone"`, `"trust"`, `"group_trust"`, `"changes"`.
#' @param node Kind of node (default: person,organization,group). One or several.
#' @param edge Kind of edge that is a tie (default: communicates_with,member_of). One or several.
#' @param as_of Ties in force on this day (default: the last day with data).
#' @param compare Changes: the earlier day.
#' @param sources Whole, nodes: estimate paths from this many nodes; 0: from all.
#' @param seed Whole, nodes: seed of drawing them; by default 1.
#' @param progress `NULL`, or a function of the share done (0 to 1) and what is being done; `FALSE` from it cancels.
# end of options
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame with the columns of the command line.
#' @examples
#' care <- read_initiative(example_initiative())
#' network_structure(care, edge = c("part_of", "linked_with"))
#' @export
network_structure <- function(x, show = NULL, node = NULL, edge = NULL, as_of = NULL, compare = NULL, sources = NULL, seed = NULL, progress = NULL) ask(x, "structure", as.list(environment()))

#' The network as text for graph programs
#'
#' @param x An initiative.
# options of export: written by tools/options.py
#' @param format Form of the file: `"dot"`, `"graphml"`, `"gexf"`.
#' @param node Kind of node (default: all). One or several.
#' @param edge Kind of edge (default: all). One or several.
#' @param as_of Nodes and edges in force on this day (default: of all time).
# end of options
#' @param file Where to write it; `NULL`: nowhere.
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return The text, one element; invisibly where it was written to a file.
#' @examples
#' care <- read_initiative(example_initiative())
#' cat(substr(network_graph(care, "dot", edge = "part_of"), 1, 200))
#' @export
network_graph <- function(x, format = NULL, node = NULL, edge = NULL, as_of = NULL, file = NULL) {
  given <- as.list(environment())
  bytes <- checked(.Call(C_graph, live(x, "cw_initiative"), options_for("export", given[setdiff(names(given), c("x", "file"))])))
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
#' graph <- as_igraph(care, edge = "part_of")
#' igraph::vcount(graph)
#' @export
as_igraph <- function(x, node = NULL, edge = NULL, as_of = NULL) {
  if (!requireNamespace("igraph", quietly = TRUE)) refuse("package igraph is not installed: install.packages(\"igraph\")")
  file <- tempfile(fileext = ".graphml")
  on.exit(unlink(file))
  network_graph(x, "graphml", node, edge, as_of, file)
  graph <- igraph::read_graph(file, format = "graphml")
  igraph::set_vertex_attr(graph, "name", value = igraph::vertex_attr(graph, "id"))
}
