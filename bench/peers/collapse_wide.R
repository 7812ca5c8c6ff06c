# SPDX-License-Identifier: Apache-2.0
# collapse, wide form: a matrix of reporters by periods, its rows gathered by pair, and grouped statistics in C.
#
# The grouping is made beforehand and given for nothing. Long becomes wide by one matrix assignment. fsum, fnobs, fmin and
# fmax skip missing cells themselves, so one gathered matrix serves all four.
suppressPackageStartupMessages(library(collapse))
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "peer.R"))

prepare <- function(c) {
  order <- radixorder(c$pair_group)
  list(columns = c, rows = c$pair_reporter[order] + 1L, groups = GRP(c$pair_group[order]))
}

job <- function(d) {
  c <- d$columns
  x <- matrix(NA_real_, c$reporters, c$periods)
  x[c$reporter + 1 + c$period * c$reporters] <- c$value
  x <- x[d$rows, ]
  list(sum = fsum(x, d$groups, use.g.names = FALSE, fill = TRUE), count = fnobs(x, d$groups, use.g.names = FALSE),
       min = fmin(x, d$groups, use.g.names = FALSE), max = fmax(x, d$groups, use.g.names = FALSE))
}

answers <- function(c, r) {
  clean <- function(x, fill) {
    x <- t(x)
    x[is.na(x)] <- fill
    as.vector(x)
  }
  list(sum = clean(r$sum, 0), count = clean(r$count, 0), min = clean(r$min, Inf), max = clean(r$max, -Inf))
}

serve("collapse_wide", prepare, job, answers)
