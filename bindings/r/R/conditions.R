# SPDX-License-Identifier: Apache-2.0
# Failures of the library as conditions of R.

#' Errors of this package
#'
#' Every error has the classes `cw_<status>`, `cw_error`, `error` and `condition`, so that [tryCatch()] takes one kind or all.
#'
#' | class | what went wrong |
#' |---|---|
#' | `cw_invalid_argument` | the call: an unknown group, an impossible option, an object that is spent |
#' | `cw_invalid_data` | the data: see `diagnostics` |
#' | `cw_io` | the system: no such file, no permission, disk full |
#' | `cw_cancelled` | a progress function that returned `FALSE` |
#' | `cw_no_memory` | there was not enough memory |
#' | `cw_internal` | a mistake of the library |
#'
#' A condition is a list with these elements, `NA` where nothing is known:
#' \describe{
#'   \item{`message`}{a sentence: what is wrong and what to do}
#'   \item{`code`}{stable, such as `"unknown_id"`}
#'   \item{`file`}{the file or the table}
#'   \item{`row`}{for tables in memory counted as R counts, the first is 1; for files as a spreadsheet counts, the header is 1}
#'   \item{`field`, `record`}{the column, and the id concerned}
#'   \item{`diagnostics`}{every finding, as [diagnostics()] gives them}
#' }
#'
#' @name commonweal-conditions
#' @examples
#' problem <- tryCatch(
#'   as_initiative(list(groups = data.frame(id = c("council", "council")))),
#'   cw_invalid_data = identity
#' )
#' problem$code
#' problem$row
#' conditionMessage(problem)
NULL

# What the user called: the first function of this package on the stack.
user_call <- function() {
  ours <- topenv()
  for (i in seq_len(sys.nframe()))
    if (identical(topenv(environment(sys.function(i))), ours)) return(sys.call(i))
  NULL
}

raise <- function(status, message, code = status, file = NA_character_, field = NA_character_, row = NA_real_,
                  record = NA_character_, diagnostics = NULL) {
  stop(structure(
    class = c(paste0("cw_", status), "cw_error", "error", "condition"),
    list(message = visible(message), call = user_call(), status = status, code = code, file = file, field = field, row = row, record = record,
         diagnostics = diagnostics)
  ))
}

# Rows of tables in memory are counted from 0 by the library and from 1 by R.
rows_of_r <- function(rows, in_memory) {
  rows[!is.na(rows) & rows < 0] <- NA
  if (in_memory) rows + 1L else rows
}

# Sentences name rows, too: "row 0 and row 1".
sentences_of_r <- function(text, in_memory) {
  if (!in_memory) return(text)
  at <- gregexpr("(?<=\\brow )[0-9]+", text, perl = TRUE)
  regmatches(text, at) <- lapply(regmatches(text, at), function(n) format(as.numeric(n) + 1, scientific = FALSE, trim = TRUE))
  text
}

findings_of_r <- function(findings, in_memory) {
  findings$row <- rows_of_r(findings$row, in_memory)
  findings$message <- sentences_of_r(findings$message, in_memory)
  findings
}

# The answer of a .Call, or its failure as a condition.
checked <- function(answer, in_memory = FALSE) {
  if (!inherits(answer, "cw_failure")) return(answer)
  if (answer$interrupted) interrupt()
  findings <- if (!is.null(answer$diagnostics)) findings_of_r(answer$diagnostics, in_memory)
  raise(answer$status, sentences_of_r(answer$message, in_memory), answer$code, answer$file, answer$field, rows_of_r(answer$row, in_memory),
        answer$record, findings)
}

# What R does on Ctrl-C: a handler of interrupts gets one; without a handler: back to the prompt, or the end of the script.
interrupt <- function() {
  signalCondition(structure(class = c("interrupt", "condition"), list(message = "interrupted", call = user_call())))
  if (interactive()) invokeRestart("abort")
  raise("cancelled", "interrupted")
}

# Functions for C that never throw: what goes wrong in them ends the call, and is raised when it is over.
watch <- function(progress = NULL, log = NULL) {
  caught <- NULL
  keep <- function(e) {
    caught <<- e
    FALSE
  }
  wrapped <- function(f, name) {
    if (is.null(f)) return(NULL)
    if (!is.function(f)) refuse(name, " is neither NULL nor a function of two arguments", field = name)
    function(...) is.null(caught) && !identical(tryCatch(f(...), error = keep, interrupt = keep), FALSE)
  }
  report <- wrapped(progress, "progress")
  log <- wrapped(log, "log")
  list(
    # A finding cannot end a call; the next report of progress does.
    functions = list(report = if (is.null(report) && !is.null(log)) function(...) is.null(caught) else report, log = log),
    raise = function() {
      if (inherits(caught, "error")) stop(caught)
      if (!is.null(caught)) interrupt()
    }
  )
}

# The answer of a long call, which reports its progress and can be interrupted.
followed <- function(call, progress = NULL, log = NULL, in_memory = FALSE) {
  w <- watch(progress, log)
  answer <- call(w$functions)
  w$raise()
  checked(answer, in_memory)
}
