# SPDX-License-Identifier: Apache-2.0
# Initiatives from tables of R.

#' Build or edit an initiative
#'
#' A builder gathers tables under the names of the folder format, in any order and in as many batches as there are. `finish()` checks all of
#' it and makes the initiative; the builder stays as it is, so that mistakes can be fixed and it can be finished again. Unlike other objects of R a builder is
#' changed in place: `add_rows()` and `remove_rows()` return it for pipes. `as_initiative()` does all of it for a list of tables.
#'
#' @param x An initiative to begin with, or `NULL` to begin with nothing.
#' @param builder A builder.
#' @param name,title,description,synthetic Name and description of the initiative, and whether it is made up.
#' @param table The table: `"organizations"`, `"groups"`, `"member_of"`, `"part_of"`, `"indicators"`, `"observations"`, ...; or a record table
#'   of your own.
#' @param rows A data frame, a named list of columns, or an Arrow stream (class `nanoarrow_array_stream`), which is consumed. Text may be `character` or `factor`. Periods and
#'   days may be text; days may be `Date`; a year may be a number. `NA` is no value; in observations so is `NaN`.
#' @param tables A named list of such tables.
#' @param object A builder.
#' @param ... Not used.
#' @return `initiative_builder()`, `add_rows()`, `remove_rows()`: the builder; `finish()`, `as_initiative()`: the initiative.
#' @section Copies: Doubles, integers, factors and dates stored as integers are lent to the library as they lie; the library copies them once.
#' @section Errors: `finish()` raises `cw_invalid_data` with every finding. Rows count from 1 over everything added under one name.
#' @examples
#' town <- as_initiative(list(
#'   groups = data.frame(id = "council", name = "Council"),
#'   organizations = data.frame(id = c("clinic", "school"), name = c("Clinic", "School")),
#'   member_of = data.frame(from = c("clinic", "school"), to = "council"),
#'   indicators = data.frame(id = "served", unit = "people", kind = "count"),
#'   observations = data.frame(
#'     reporter = c("clinic", "school", "clinic"), indicator = "served",
#'     period = c("2023", "2023", "2024"), value = c(12, 30, 15)
#'   )
#' ), title = "A town")
#' rollup(town)
#'
#' # Fix and finish again
#' late <- data.frame(reporter = "school", indicator = "served", period = 2024, value = 31)
#' more <- initiative_builder(town) |> add_rows("observations", late)
#' rollup(finish(more), from = 2024)
#' @export
initiative_builder <- function(x = NULL, name = NULL, title = NULL, description = NULL, synthetic = NULL) {
  handle <- if (is.null(x)) checked(.Call(C_builder_new)) else checked(.Call(C_builder_from, live(x, "cw_initiative")))
  out <- structure(list(handle = handle), class = "cw_builder")
  given <- list(name = name, title = title, description = description, synthetic = synthetic)
  if (!all(vapply(given, is.null, NA))) {
    info <- if (is.null(x)) list() else as.list(checked(.Call(C_information, live(x, "cw_initiative"))))
    kept <- function(now, word) if (is.null(now) && !isTRUE(is.na(info[[word]]))) info[[word]] else now
    checked(.Call(C_builder_set_info, handle, options_for("info", Map(kept, given, names(given)))))
  }
  out
}

#' @rdname initiative_builder
#' @export
add_rows <- function(builder, table, rows) {
  handle <- live(builder, "cw_builder", "builder")
  table <- as_needed(table, "table")
  checked(.Call(C_builder_add, handle, table, as_rows(rows, table), table == "observations"), in_memory = TRUE)
  invisible(builder)
}

#' @rdname initiative_builder
#' @export
remove_rows <- function(builder, table) {
  checked(.Call(C_builder_remove, live(builder, "cw_builder", "builder"), as_needed(table, "table")))
  invisible(builder)
}

#' @rdname initiative_builder
#' @export
finish <- function(object, ...) UseMethod("finish")

#' @rdname initiative_builder
#' @export
finish.cw_builder <- function(object, ...) {
  new_initiative(checked(.Call(C_builder_finish, live(object, "cw_builder", "object")), in_memory = TRUE), in_memory = TRUE)
}

#' @rdname initiative_builder
#' @export
as_initiative <- function(tables, name = NULL, title = NULL, description = NULL, synthetic = NULL) {
  if (!is.list(tables) || is.data.frame(tables) || is.null(names(tables)) || !all(nzchar(names(tables))))
    refuse("tables has to be a list of tables with their names, such as list(groups = ..., observations = ...)", field = "tables")
  builder <- initiative_builder(NULL, name, title, description, synthetic)
  for (table in names(tables)) add_rows(builder, table, tables[[table]])
  finish(builder)
}

#' @export
print.cw_builder <- function(x, ...) {
  cat("A builder of an initiative: add_rows(), remove_rows(), finish()\n")
  invisible(x)
}
