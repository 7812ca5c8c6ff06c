# SPDX-License-Identifier: Apache-2.0
# Rollups in parts.

new_partial <- function(handle, of) structure(list(handle = handle, of = of), class = "cw_partial")

#' Roll up in parts
#'
#' Observations may be rolled up in parts, also by several processes, where each report (reporter, indicator, period) is in one part. How they are
#' shared out leaves no trace: `finish()` gives exactly what [rollup()] gives over all of them. A part holds sums and counts of groups and a mark for each
#' report, not the reports. Where an indicator is aggregated over groups by median, percentile or geometric_mean, it holds its values too, and is as large as they are.
#'
#' `add_observations()` changes the part in place, as `add_rows()` does with a builder. `merge()` makes a new part and leaves both as they are.
#' A part is sent to another process, or saved, as `pack()` of it, and read with `unpack(bytes, of = )`.
#'
#' @param x `partial_rollup()`: the initiative that gives network and definitions; its own observations are not in the part. `merge()`: a part.
#' @param ... Options of [rollup()]. `merge()`, `finish()`: not used.
#' @param partial,object,y Parts.
#' @param rows Rows of the table `"observations"`, as for [add_rows()].
#' @param progress As for [rollup()].
#' @return `partial_rollup()`, `add_observations()` (invisibly), `merge()`: a part; `finish()`: figures as [rollup()] gives them.
#' @section Errors: `cw_invalid_argument` for what sums and counts do not determine (standard deviations; first and last over several periods; the policy
#'   `"carry_forward"`; formulas computed for each reporter) and for parts that do not fit together; `cw_invalid_data` for observations that are refused
#'   or have come before: then nothing is added. Rows count from 1 over everything that was added to the part.
#' @examples
#' town <- as_initiative(list(
#'   groups = data.frame(id = "council"), organizations = data.frame(id = c("clinic", "school")),
#'   member_of = data.frame(from = c("clinic", "school"), to = "council"),
#'   indicators = data.frame(id = "served", kind = "count")
#' ))
#' part <- function(reporter, value)
#'   partial_rollup(town) |>
#'     add_observations(data.frame(reporter, indicator = "served", period = "2024", value))
#' finish(merge(part("clinic", 12), part("school", 30)))
#' @export
partial_rollup <- function(x, ...) {
  handle <- live(x, "cw_initiative")
  new_partial(checked(.Call(C_partial_new, handle, rollup_options(...))), x)
}

#' @rdname partial_rollup
#' @export
add_observations <- function(partial, rows) {
  handle <- live(partial, "cw_partial", "partial")
  checked(.Call(C_partial_update, handle, as_rows(rows, "observations")), in_memory = TRUE)
  invisible(partial)
}

#' @rdname partial_rollup
#' @export
merge.cw_partial <- function(x, y, ...) {
  live(y, "cw_partial", "y")
  out <- unpack(pack(x), of = unclass(x)$of)
  checked(.Call(C_partial_merge, unclass(out)$handle, unclass(y)$handle))
  out
}

#' @rdname partial_rollup
#' @export
finish.cw_partial <- function(object, progress = NULL, ...) {
  handle <- live(object, "cw_partial", "object")
  answer_of(followed(function(watch) .Call(C_partial_finish, handle, watch), progress), "cw_rollup", unclass(object)$of)
}

#' @export
pack.cw_partial <- function(x, ...) checked(.Call(C_partial_serialize, live(x, "cw_partial")))

#' @export
print.cw_partial <- function(x, ...) {
  cat("A part of a rollup: add_observations(), merge(), finish()\n")
  invisible(x)
}
