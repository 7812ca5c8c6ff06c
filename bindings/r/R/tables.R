# SPDX-License-Identifier: Apache-2.0
# Answers as data frames: how they print, and how they leave.

# Class of an answer; `source` gives plots the names and units that the answer itself does not hold.
answer_of <- function(frame, class = NULL, source = NULL) {
  if (!is.null(source)) {
    known <- checked(.Call(C_indicators, live(source, "cw_initiative")))
    attr(frame, "indicators") <- known[, c("id", "name", "unit", "direction")]
  }
  class(frame) <- c(class, "cw_table", "data.frame")
  frame
}

shortened <- function(text, width) ifelse(!is.na(text) & nchar(text) > width, paste0(substr(text, 1L, width - 3L), "..."), text)

as_shown <- function(v, width) {
  text <- if (is.double(v) && !inherits(v, "Date")) vapply(v, function(one) format(one, digits = 6L, big.mark = ","), "") else visible(v)
  text[is.na(v)] <- ""
  if (is.character(v)) shortened(text, width) else text
}

# Numbers in six significant digits, long text cut; columns without any value, or with one in every row, are named below the table, unless they are
# what the table answers.
print_rows <- function(x, n = 20, width = getOption("width")) {
  x <- as.data.frame(x)
  context <- .Call(C_is_context, names(x))
  empty <- context & vapply(x, function(column) all(is.na(column)), NA)
  same <- context & !empty & nrow(x) > 1L & vapply(x, function(column) length(unique(column)) == 1L, NA)
  if (all(empty | same)) same[] <- FALSE
  if (all(empty)) empty[] <- FALSE
  shown <- x[seq_len(min(n, nrow(x))), !(empty | same), drop = FALSE]
  text <- vapply(shown, function(column) is.character(column) || is.factor(column), NA)
  cells <- lapply(shown, as_shown, width = max(12L, width %/% 3L))
  header <- visible(names(cells))
  for (i in which(text)) { # text to the left, numbers to the right
    padded <- formatC(c(header[i], cells[[i]]), flag = "-", width = max(nchar(c(header[i], cells[[i]]))))
    header[i] <- padded[1]
    cells[[i]] <- padded[-1]
  }
  print(matrix(unlist(cells), nrow(shown), dimnames = list(rep("", nrow(shown)), header)), quote = FALSE, right = TRUE)
  if (nrow(x) > nrow(shown)) cat("... and ", format(nrow(x) - nrow(shown), big.mark = ","), " more rows\n", sep = "")
  note <- function(...) cat(strwrap(paste0(...), width, exdent = 2), sep = "\n")
  if (any(empty)) note("Not shown, since without any value: ", paste(visible(names(x)[empty]), collapse = ", "))
  if (any(same)) note("The same in every row: ", paste(visible(names(x)[same]), vapply(x[1, same, drop = FALSE], as_shown, "", width = width), collapse = ", "))
}

#' Print an answer
#'
#' Numbers in six significant digits, long text cut; columns without any value, or with one in every row, are named below the table; so are the
#' sentences of the answer. Columns that answer the question (a value and its interval, a state, a verdict) always stand in the table. All of
#' it is in the data frame.
#'
#' @param x A data frame from this package.
#' @param n How many rows.
#' @param ... Not used.
#' @return `x`, invisibly.
#' @export
print.cw_table <- function(x, n = 20, ...) {
  said <- reading(x)
  shown <- x[setdiff(names(x), "reading")]
  if (nrow(x) == 0L) cat("no rows: ", paste(visible(names(shown)), collapse = ", "), "\n", sep = "")
  else print_rows(shown, n)
  if (length(said) > 0L) cat("", strwrap(visible(head(said, n)), getOption("width"), exdent = 2), sep = "\n")
  if (length(said) > n) cat("... and ", length(said) - n, " more sentences: see reading()\n", sep = "")
  invisible(x)
}

#' @export
as.data.frame.cw_table <- function(x, row.names = NULL, optional = FALSE, ...) {
  attr(x, "indicators") <- NULL
  attr(x, "title") <- NULL
  class(x) <- "data.frame"
  x
}

#' @export
summary.cw_rollup <- function(object, ...) {
  parts <- split(as.data.frame(object), list(object$group, object$indicator), drop = TRUE)
  one <- function(p) {
    known <- which(!is.na(p$value))
    data.frame(group = p$group[1], indicator = p$indicator[1], periods = nrow(p), with_value = length(known),
               first = p$value[known[1]], last = if (length(known)) p$value[known[length(known)]] else NA_real_, from = p$period[1], to = p$period[nrow(p)],
               coverage = if (sum(p$expected, na.rm = TRUE) > 0) sum(p$reported, na.rm = TRUE) / sum(p$expected, na.rm = TRUE) else NA_real_)
  }
  out <- do.call(rbind, c(lapply(parts, one), list(make.row.names = FALSE)))
  if (is.null(out)) out <- data.frame()
  answer_of(out)
}

#' First days of periods
#'
#' @param period Text of ISO 8601: `"2024"`, `"2024-Q1"`, `"2024-03"`, `"2024-W05"`, `"2024-03-15"`.
#' @return `Date`: the first day of each; `NA` for `NA` and for what is not a valid period.
#' @examples
#' period_start(c("2024", "2024-Q2", "2024-03", "2024-W01", "2024-03-15"))
#' @export
period_start <- function(period) {
  period <- as.character(period)
  out <- rep(as.Date(NA), length(period))
  put <- function(pattern, to_day) {
    at <- grepl(pattern, period)
    if (any(at)) out[at] <<- to_day(period[at])
  }
  put("^\\d{4}$", function(p) as.Date(paste0(p, "-01-01"), optional = TRUE))
  put("^\\d{4}-Q[1-4]$", function(p) as.Date(sprintf("%s-%02d-01", substr(p, 1, 4), 3L * as.integer(substr(p, 7, 7)) - 2L)))
  put("^\\d{4}-(0[1-9]|1[0-2])$", function(p) as.Date(paste0(p, "-01")))
  put("^\\d{4}-(0[1-9]|1[0-2])-\\d{2}$", function(p) as.Date(p, optional = TRUE, format = "%Y-%m-%d"))
  put("^\\d{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$", function(p) {
    fourth <- as.Date(paste0(substr(p, 1, 4), "-01-04")) # always in week 1
    monday <- fourth - (as.POSIXlt(fourth)$wday + 6L) %% 7L
    monday + 7L * (as.integer(substr(p, 7, 8)) - 1L)
  })
  out
}

#' A data frame as CSV text, as the library writes it
#'
#' RFC 4180, numbers in the fewest digits that read back the same, blanks for `NA`: byte for byte what the command line prints with `--format csv`.
#'
#' @param x A data frame.
#' @return Text, one element, with line ends.
#' @examples
#' care <- read_initiative(example_initiative())
#' cat(as_csv(rollup(care, group = "coordinating-council", from = 2010)))
#' @export
as_csv <- function(x) {
  text <- rawToChar(checked(.Call(C_csv, as_rows(x, "x")), in_memory = TRUE))
  Encoding(text) <- "UTF-8"
  text
}

#' Tables from and to Arrow
#'
#' Streams of the Arrow C stream interface, with the class that package nanoarrow gives them: its functions, and those of package arrow, take and
#' make them. Neither package is needed here.
#'
#' @param x `as_arrow_stream()`: a data frame. `from_arrow_stream()`: an external pointer to an Arrow stream, which is consumed.
#' @return `as_arrow_stream()`: the stream; `from_arrow_stream()`: a data frame.
#' @examples
#' stream <- as_arrow_stream(data.frame(id = c("a", "b"), value = c(1.5, NA)))
#' from_arrow_stream(stream)
#' @export
as_arrow_stream <- function(x) checked(.Call(C_export, as_rows(x, "x")), in_memory = TRUE)

#' @rdname as_arrow_stream
#' @export
from_arrow_stream <- function(x) {
  if (!inherits(x, "nanoarrow_array_stream")) refuse("x is ", class(x)[1], "; it has to be an Arrow stream", field = "x")
  answer_of(checked(.Call(C_import, x), in_memory = TRUE))
}
