# SPDX-License-Identifier: Apache-2.0
# data.table, long form: a keyed join and a grouped query of sum, .N, min and max.
#
# The observations are keyed by reporter beforehand, so that the join is a binary merge on sorted integers; the four
# aggregations are the ones that data.table optimizes internally (GForce), on both cores.
suppressPackageStartupMessages(library(data.table))
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "peer.R"))
setDTthreads(2)

prepare <- function(c) {
  observations <- data.table(reporter = c$reporter, period = c$period, value = c$value, key = "reporter")
  pairs <- data.table(group = c$pair_group, reporter = c$pair_reporter, key = "reporter")
  list(observations = observations, pairs = pairs)
}

job <- function(d) {
  joined <- d$observations[d$pairs, on = "reporter", allow.cartesian = TRUE, nomatch = NULL]
  joined[, .(sum = sum(value), count = .N, min = min(value), max = max(value)), by = .(group, period)]
}

answers <- function(c, r) {
  at <- r$group * c$periods + r$period + 1
  grid <- function(values, fill) {
    out <- rep(fill, c$groups * c$periods)
    out[at] <- values
    out
  }
  list(sum = grid(r$sum, 0), count = grid(r$count, 0), min = grid(r$min, Inf), max = grid(r$max, -Inf))
}

serve("datatable_long", prepare, job, answers)
