# SPDX-License-Identifier: Apache-2.0
# Read last: functions whose arguments may be mistyped suggest which one may have been meant.

# An argument of another name, or one too many. Looks at the call of the function that calls it, and evaluates nothing.
only_known <- function() {
  call <- match.call(sys.function(-1L), sys.call(-1L), expand.dots = FALSE, envir = parent.frame(2L))
  further <- call$...
  if (length(further) == 0L) return(invisible())
  known <- setdiff(names(formals(sys.function(-1L))), "...")
  name <- names(further)[1L]
  if (is.null(name) || !nzchar(name)) refuse("there is one argument too many; there are: ", paste(known, collapse = ", "))
  refuse(with_hint(paste0("there is no argument ", name), name, known), field = name)
}

# The function with a last argument `...`, which is checked to be empty. Formals before it still match by their beginnings.
helpful <- function(f) {
  formals(f) <- c(formals(f), alist(... = ))
  body(f) <- call("{", quote(only_known()), body(f))
  f
}

for (name in c("rollup", "rollup_options", "explain", "trend", "report_card", "target_progress", "control_chart", "forecast_figures",
               "data_quality", "contributions", "gaps", "equity", "standardized", "reversals", "breakdowns", "harmonize", "assess", "select_backbone",
               "lint", "phase_duration", "catalogue", "network_structure", "network_graph", "as_igraph", "read_initiative", "write_initiative",
               "sample_initiative", "check_initiative", "report", "report_tables", "initiative_builder", "as_initiative", "initiative_table"))
  assign(name, helpful(get(name)))
rm(name)
