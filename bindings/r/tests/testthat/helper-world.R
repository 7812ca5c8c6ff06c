# SPDX-License-Identifier: Apache-2.0
# What the tests work with: a town small enough to add up by hand, the example of the package, and a synthetic initiative.

# The council has two groups. The clinic sits in both, the school in one; the school does not report 2024.
town_tables <- function() list(
  groups = data.frame(id = c("council", "health", "youth"), name = c("Council", "Health", "Youth")),
  organizations = data.frame(id = c("clinic", "school"), name = c("Clinic", "School")),
  part_of = data.frame(from = c("health", "youth"), to = "council"),
  member_of = data.frame(from = c("clinic", "clinic", "school"), to = c("health", "youth", "youth")),
  indicators = data.frame(id = "served", name = "People served", unit = "people", kind = "count", direction = "up"),
  observations = data.frame(reporter = c("clinic", "school", "clinic"), indicator = "served", period = c("2023", "2023", "2024"), value = c(10, 20, 15))
)
town <- function(...) {
  tables <- town_tables()
  tables[names(list(...))] <- list(...)
  as_initiative(tables, title = "A town")
}
care <- function() read_initiative(example_initiative())

world <- new.env()
demo_path <- function() {
  if (is.null(world$path)) world$path <- sample_initiative(tempfile("demo"), reporters = 40, groups = 9, periods = 24, seed = 1)
  world$path
}
demo <- function() {
  if (is.null(world$demo)) world$demo <- read_initiative(demo_path())
  world$demo
}

plain <- function(x) {
  x <- as.data.frame(x)
  attributes(x) <- attributes(x)[c("names", "row.names", "class")]
  x
}

command_line <- function(...) {
  program <- Sys.getenv("COMMONWEAL_CLI")
  testthat::skip_if(program == "", "COMMONWEAL_CLI does not name the command line")
  out <- system2(program, shQuote(c(...)), stdout = TRUE)
  paste0(out, "\n", collapse = "")
}
