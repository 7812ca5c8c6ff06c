# SPDX-License-Identifier: Apache-2.0
# Initiatives: reading, writing, and what they hold.

# `in_memory`: whether rows in findings are those of tables of R.
new_initiative <- function(handle, in_memory = FALSE) structure(list(handle = handle, in_memory = in_memory), class = "cw_initiative")

#' Read an initiative
#'
#' @param path A folder with CSV files and, as a rule, a `datapackage.json`; the `datapackage.json` itself; or a packed file.
#' @param progress `NULL`, or a function of the share done (0 to 1) and what is being done; `FALSE` from it cancels.
#' @param log `NULL`, or a function of the severity (`"note"`, `"warning"`, `"error"`) and the sentence of each finding, called as it is found.
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return An initiative: checked and immutable, of class `cw_initiative`. It may be saved with [saveRDS()] and sent to other
#'   processes; on the way it is its packed bytes.
#' @section Errors: `cw_invalid_data` with every finding where the data does not hold; `cw_io` where the system refuses.
#' @seealso [as_initiative()] for data that R already has; [rollup()], [analyze()], [assess()].
#' @examples
#' care <- read_initiative(example_initiative())
#' care
#' summary(care)
#' @export
read_initiative <- function(path, progress = NULL, log = NULL) {
  path <- as_path(path)
  new_initiative(followed(function(watch) .Call(C_load, path, watch), progress, log))
}

#' Folder of the example: Communities That Care
#'
#' What one article says about Communities That Care of Franklin County and the North Quabbin: Fay Hanleybrown, John Kania and
#' Mark Kramer, "Channeling Change: Making Collective Impact Work", *Stanford Social Innovation Review*, 2012. The `README.md`
#' in the folder lists what the article gives and what is derived from it.
#'
#' @return The path of a folder that [read_initiative()] reads.
#' @examples
#' list.files(example_initiative())
#' @export
example_initiative <- function() system.file("extdata", "communities-that-care", package = "commonweal", mustWork = TRUE)

#' Write an initiative
#'
#' @param x An initiative.
#' @param path The folder to write: new, empty, or one that this library wrote; or the packed file to write, which takes the place
#'   of an older one at once.
#' @param as `"folder"` (CSV files and a `datapackage.json`) or `"packed"` (one checked, portable file).
#' @param progress As for [read_initiative()].
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return `x`, invisibly.
#' @examples
#' care <- read_initiative(example_initiative())
#' file <- tempfile(fileext = ".cwl")
#' write_initiative(care, file, as = "packed")
#' read_initiative(file)
#' @export
write_initiative <- function(x, path, as = c("folder", "packed"), progress = NULL) {
  handle <- live(x, "cw_initiative")
  path <- as_path(path)
  if (one_of(as, c("folder", "packed"), "as") == "packed") {
    checked(.Call(C_save, handle, path))
  } else {
    followed(function(watch) .Call(C_write_folder, handle, path, watch), progress)
  }
  invisible(x)
}

#' The packed form in memory
#'
#' `pack()` gives the bytes of the packed file; `unpack()` reads them. Bytes of which a single one was changed are refused. A partial rollup
#' ([partial_rollup()]) has its bytes, too, which are read with the initiative it is of.
#'
#' @param x An initiative or a partial rollup.
#' @param bytes A raw vector from `pack()`.
#' @param of The initiative, where the bytes are those of a partial rollup.
#' @param ... Not used.
#' @return `pack()`: a raw vector; `unpack()`: an initiative, or the partial rollup.
#' @examples
#' care <- read_initiative(example_initiative())
#' bytes <- pack(care)
#' length(bytes)
#' unpack(bytes)
#' @export
pack <- function(x, ...) UseMethod("pack")

#' @export
pack.default <- function(x, ...) live(x, "cw_initiative")

#' @export
pack.cw_initiative <- function(x, ...) checked(.Call(C_pack, live(x, "cw_initiative")))

#' @rdname pack
#' @export
unpack <- function(bytes, of = NULL) {
  if (!is.raw(bytes)) refuse("bytes is ", class(bytes)[1], "; it has to be a raw vector", field = "bytes")
  if (is.null(of)) new_initiative(checked(.Call(C_unpack, bytes)))
  else new_partial(checked(.Call(C_partial_deserialize, live(of, "cw_initiative", "of"), bytes)), of)
}

#' Write a synthetic initiative
#'
#' To try things with: a cascade of four levels, groups with two parents, reporters who join, leave, move and miss reports, and up to
#' five shared measures. It is marked as synthetic. The same options give the same bytes on any machine.
#'
#' @param path The folder to write: new, empty, or an older sample.
#' @param reporters,groups,periods,indicators How many; at least 4 groups, months from 2020-01, 1 to 5 indicators.
#' @param seed Which one of that size.
#' @param progress As for [read_initiative()].
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return `path`, invisibly.
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' demo
#' @export
sample_initiative <- function(path, reporters = 200, groups = 20, periods = 36, indicators = 5, seed = 1, progress = NULL) {
  path <- as_path(path)
  options <- options_for("sample", list(reporters = reporters, groups = groups, periods = periods, indicators = indicators, seed = seed))
  followed(function(watch) .Call(C_sample, path, options, watch), progress)
  invisible(path)
}

#' Findings
#'
#' Of an initiative: what was found while it was read and kept it from nothing (warnings and notes). Of an error of this package: every finding.
#'
#' @param x An initiative, or a condition of class `cw_error`.
#' @return A data frame: severity, code, file, row, field, record, message.
#' @examples
#' diagnostics(read_initiative(example_initiative()))
#' @export
diagnostics <- function(x) {
  if (inherits(x, "cw_error")) return(answer_of(x$diagnostics))
  answer_of(findings_of_r(checked(.Call(C_diagnostics, live(x, "cw_initiative"))), unclass(x)$in_memory))
}

#' Check a folder, a packed file or an initiative
#'
#' Every finding, those about records that cannot be right (a rating off its scale, an answer from one who did not exist yet) too, whether or not it loads.
#'
#' @param x A path as for [read_initiative()], or an initiative.
#' @param progress As for [read_initiative()].
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame as [diagnostics()] gives.
#' @examples
#' check_initiative(example_initiative())
#' @export
check_initiative <- function(x, progress = NULL) {
  if (inherits(x, "cw_initiative"))
    return(answer_of(findings_of_r(checked(.Call(C_initiative_check, live(x, "cw_initiative"))), unclass(x)$in_memory)))
  path <- as_path(x, "x")
  answer_of(followed(function(watch) .Call(C_check, path, watch), progress))
}

#' The report
#'
#' Who the initiative is, where its measures stand, what is wrong with the data: what the command `report` prints.
#'
#' @param x An initiative.
#' @param as_of Structure and figures up to this day; that of [default_day()].
#' @param group Of this group and what is below it; `NULL`: of the whole.
#' @param flat A change of at most this share of the baseline is flat; 0.005.
#' @param full Whether to cut no list.
#' @param width Columns to fill, 72 to 120.
#' @param ascii Whether to keep to plain ASCII.
#' @param color Whether with the escape sequences of terminals.
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @param name Of `report_tables()`: summary, who, groups, goals, measures, series, scorecard or problems; `NULL` lists them.
#' @return `report()`: its lines, of class `cw_report`, which prints them. `report_tables()`: a part of the same content as a data frame.
#' @examples
#' report(read_initiative(example_initiative()))
#' report_tables(read_initiative(example_initiative()), "scorecard")
#' @export
report <- function(x, as_of = NULL, group = NULL, flat = NULL, full = FALSE, width = max(72, min(120, getOption("width"))), ascii = !l10n_info()$`UTF-8`,
                   color = FALSE) {
  options <- options_for("report", list(as_of = as_of, group = group, flat = flat, full = full, width = width, ascii = ascii, color = color))
  text <- rawToChar(checked(.Call(C_report, live(x, "cw_initiative"), options)))
  Encoding(text) <- "UTF-8"
  structure(strsplit(text, "\n", fixed = TRUE)[[1]], class = "cw_report")
}

#' @rdname report
#' @export
report_tables <- function(x, name = NULL, as_of = NULL, group = NULL, flat = NULL) {
  options <- options_for("report", list(as_of = as_of, group = group, flat = flat))
  answer_of(checked(.Call(C_report_tables, live(x, "cw_initiative"), options, as_word(name, "name"))))
}

#' @export
print.cw_report <- function(x, ...) {
  writeLines(unclass(x))
  invisible(x)
}

#' What an initiative holds
#'
#' `initiative_tables()` lists the tables, `initiative_table()` gives one as the folder format has it, `indicators()` the definitions of the shared
#' measures with defaults filled in, `initiative_info()` its name and description.
#'
#' @param x An initiative.
#' @param name A kind of node (`"organizations"`) or edge (`"member_of"`), `"observations"`, `"targets"`, or a record table.
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame.
#' @examples
#' care <- read_initiative(example_initiative())
#' initiative_tables(care)
#' initiative_table(care, "observations")
#' indicators(care)[, c("id", "unit", "direction")]
#' initiative_info(care)$title
#' @export
initiative_table <- function(x, name) answer_of(checked(.Call(C_table, live(x, "cw_initiative"), as_needed(name, "name"))))

#' @rdname initiative_table
#' @export
initiative_tables <- function(x) answer_of(checked(.Call(C_tables, live(x, "cw_initiative"))))

#' @rdname initiative_table
#' @export
indicators <- function(x) answer_of(checked(.Call(C_indicators, live(x, "cw_initiative"))))

#' @rdname initiative_table
#' @export
initiative_info <- function(x) answer_of(checked(.Call(C_information, live(x, "cw_initiative"))))

#' @export
format.cw_initiative <- function(x, ...) {
  info <- checked(.Call(C_information, live(x, "cw_initiative")))
  title <- if (is.na(info$title)) info$name else info$title
  if (is.na(title)) title <- "An initiative without a title"
  counts <- checked(.Call(C_summary, live(x, "cw_initiative")))
  many <- function(item, one, more = paste0(one, "s")) {
    n <- counts$count[match(item, counts$item)]
    if (is.na(n)) n <- 0L
    paste(format(n, big.mark = ","), if (n == 1L) one else more)
  }
  periods <- counts$detail[match("observations", counts$item)]
  c(paste0(visible(title), if (isTRUE(info$synthetic)) " (synthetic)"),
    paste0(many("organizations", "organization"), ", ", many("groups", "group"), ", ", many("indicators", "shared measure"), ", ",
           many("observations", "observation"), if (!is.na(periods)) paste0(" (", periods, ")")))
}

#' @export
print.cw_initiative <- function(x, ...) {
  writeLines(strwrap(format(x), width = getOption("width"), exdent = 2))
  invisible(x)
}

#' Summary of an initiative
#'
#' @param object An initiative.
#' @param ... Not used.
#' @return A list of class `summary.cw_initiative`: `info`, `counts` (item, count, detail), `findings` (how many errors, warnings, notes).
#' @examples
#' summary(read_initiative(example_initiative()))
#' @export
summary.cw_initiative <- function(object, ...) {
  handle <- live(object, "cw_initiative", "object")
  found <- checked(.Call(C_diagnostics, handle))
  structure(list(info = checked(.Call(C_information, handle)), counts = checked(.Call(C_summary, handle)),
                 findings = c(warnings = sum(found$severity == "warning"), notes = sum(found$severity == "note")), heading = format(object)),
            class = "summary.cw_initiative")
}

#' @export
print.summary.cw_initiative <- function(x, ...) {
  writeLines(strwrap(x$heading[1], width = getOption("width"), exdent = 2))
  if (!is.na(x$info$description)) writeLines(c("", strwrap(visible(x$info$description), width = getOption("width"))))
  cat("\n")
  print_rows(x$counts, n = Inf)
  cat("\n", x$findings[["warnings"]], " warnings and ", x$findings[["notes"]], " notes: see diagnostics()\n", sep = "")
  invisible(x)
}

#' Initiatives as one data frame of figures
#'
#' @param x An initiative.
#' @param row.names,optional Not used.
#' @param ... Passed on to [rollup()].
#' @return `rollup(x, ...)` as a plain data frame.
#' @examples
#' as.data.frame(read_initiative(example_initiative()), group = "coordinating-council", from = 2010)
#' @export
as.data.frame.cw_initiative <- function(x, row.names = NULL, optional = FALSE, ...) as.data.frame(rollup(x, ...))
