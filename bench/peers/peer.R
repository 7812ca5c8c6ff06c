# SPDX-License-Identifier: Apache-2.0
# What every peer in R shares; see peer.py. A peer defines prepare(columns), job(prepared) and answers(columns, result).
serve <- function(name, prepare, job, answers) {
  folder <- commandArgs(trailingOnly = TRUE)[1]
  read <- function(file, what, size) {
    path <- file.path(folder, file)
    readBin(path, what, n = file.size(path) / size, size = size, endian = "little")
  }
  # The 64-bit ids of this job fit R's integers; its low words are taken.
  read_id <- function(file) {
    path <- file.path(folder, file)
    words <- readBin(path, "integer", n = file.size(path) / 4, size = 4, endian = "little")
    words[c(TRUE, FALSE)]
  }
  shape <- scan(file.path(folder, "shape.txt"), quiet = TRUE)
  columns <- list(groups = shape[1], reporters = shape[2], periods = shape[3],
                  reporter = read_id("obs_reporter.i64"), period = read("obs_period.i32", "integer", 4),
                  value = read("obs_value.f64", "double", 8),
                  pair_group = read("pair_group.i32", "integer", 4), pair_reporter = read_id("pair_reporter.i64"))
  prepared <- prepare(columns)
  memory <- function(what) {
    line <- grep(paste0("^", what, ":"), readLines("/proc/self/status"), value = TRUE)
    as.numeric(gsub("[^0-9]", "", line)) * 1024
  }
  input <- file("stdin", "r")
  cat("ready\n")
  answered <- FALSE
  while (length(readLines(input, 1)) > 0) {
    invisible(gc())
    try(writeLines("5", "/proc/self/clear_refs"), silent = TRUE)
    before <- memory("VmRSS")
    precise <- Sys.time()
    result <- job(prepared)
    took <- as.numeric(Sys.time() - precise, units = "secs")
    cat(sprintf("%.6f %.0f\n", took, max(0, memory("VmHWM") - before)))
    if (!answered) {
      answered <- TRUE
      given <- answers(columns, result)
      for (kind in names(given)) {
        writeBin(as.double(given[[kind]]), file.path(folder, sprintf("answers_%s_%s.f64", name, kind)), endian = "little")
      }
    }
    rm(result)
  }
}

here <- function() dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
