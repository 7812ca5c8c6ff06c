# SPDX-License-Identifier: Apache-2.0
# check_page.R PAGE [update]: runs the blocks of R of a page of Markdown, one after the other, and compares what each prints with the block of text
# that follows it; with `update` writes what it prints there. Run from the root of a clone.
arguments <- commandArgs(TRUE)
page <- readLines(arguments[1], encoding = "UTF-8")
options(width = 88)
suppressPackageStartupMessages(library(commonweal))
world <- new.env(parent = globalenv())

# What a person at the prompt would see.
shown <- function(code) {
  grDevices::pdf(NULL)
  on.exit(grDevices::dev.off())
  capture.output(for (one in parse(text = code, keep.source = FALSE)) {
    value <- tryCatch(withVisible(eval(one, world)), error = function(e) {
      cat("Error: ", conditionMessage(e), "\n", sep = "")
      list(visible = FALSE)
    })
    if (value$visible) print(value$value)
  })
}

block <- function(from) from + which(page[-seq_len(from)] == "```")[1] # its last line
out <- character()
differences <- 0L
blocks <- 0L
i <- 1L
while (i <= length(page)) {
  if (page[i] != "```r") {
    out <- c(out, page[i])
    i <- i + 1L
    next
  }
  end <- block(i)
  got <- sub(" +$", "", shown(page[seq(i + 1L, length.out = end - i - 1L)]))
  out <- c(out, page[i:end])
  i <- end + 1L
  if (!identical(page[i + 1L], "```text")) next
  blocks <- blocks + 1L
  end <- block(i + 1L)
  expected <- page[seq(i + 2L, length.out = end - i - 2L)]
  if (!identical(expected, got)) {
    differences <- differences + 1L
    cat("expected:", expected, "got:", got, sep = "\n")
  }
  out <- c(out, page[i:(i + 1L)], got, "```")
  i <- end + 1L
}
if (length(arguments) > 1L && arguments[2] == "update") writeLines(out, arguments[1], useBytes = TRUE)
if (blocks == 0L || (differences > 0L && length(arguments) == 1L)) quit(status = 1L)
cat(blocks, "blocks of text are what R prints\n")
