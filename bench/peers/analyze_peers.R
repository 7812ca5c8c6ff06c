# SPDX-License-Identifier: Apache-2.0
# Mann-Kendall by base R, for analyze_peers.py: Rscript analyze_peers.R IN OUT COUNT ROUNDS. IN holds series as doubles, row after
# row, after two 64-bit counts; OUT gets score and p of the first COUNT of them as doubles; the seconds of each round are printed.
arguments <- commandArgs(trailingOnly = TRUE)
input <- file(arguments[1], "rb")
shape <- readBin(input, "integer", n = 4, size = 4, endian = "little")[c(1, 3)]
count <- min(as.integer(arguments[3]), shape[1])
x <- matrix(readBin(input, "double", n = count * shape[2], endian = "little"), nrow = count, byrow = TRUE)
close(input)
time <- seq_len(shape[2])
one <- function(row) {
  keep <- !is.nan(row)
  # The normal approximation, with ties and continuity allowed for: the test of Mann and Kendall.
  found <- suppressWarnings(cor.test(time[keep], row[keep], method = "kendall", exact = FALSE, continuity = TRUE))
  c(found$estimate, found$p.value)
}
for (round in seq_len(as.integer(arguments[4]))) {
  began <- proc.time()[["elapsed"]]
  answers <- vapply(seq_len(count), function(i) one(x[i, ]), numeric(2))
  cat(proc.time()[["elapsed"]] - began, "\n")
}
output <- file(arguments[2], "wb")
writeBin(as.vector(answers), output, endian = "little")
close(output)
