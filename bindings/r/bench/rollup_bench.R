# SPDX-License-Identifier: Apache-2.0
# rollup_bench.R [REPORTERS [MONTHS [REPEATS]]]: observations from a data frame to figures in a data frame, beside what the library takes by itself
# for the same data in memory (in_c.c, compiled here against the libcommonweal that pkg-config finds). Answers are checked before anything is
# timed. 50,000 reporters and 120 months, the default, are 6,000,000 observations.
library(commonweal)
given <- as.numeric(commandArgs(TRUE))
reporters <- if (length(given) > 0) given[1] else 50000
months <- if (length(given) > 1) given[2] else 120
repeats <- if (length(given) > 2) given[3] else 3

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
native <- tempfile()
flags <- system("pkg-config --cflags --libs commonweal-c", intern = TRUE)
where <- system("pkg-config --variable=libdir commonweal-c", intern = TRUE)
stopifnot(system(paste("cc -O2 -o", native, shQuote(file.path(here, "in_c.c")), flags, paste0("-Wl,-rpath,", where))) == 0)

# A council, 50 groups in it, 20 reporters in each of their subgroups; whole amounts, so that sums are exact in any order.
set.seed(1)
subgroups <- ceiling(reporters / 20)
org <- sprintf("organization-%d", seq_len(reporters))
sub <- sprintf("subgroup-%d", seq_len(subgroups))
group <- sprintf("group-%d", 1:50)
of <- rep(seq_len(subgroups), length.out = reporters)
period <- format(seq(as.Date("2010-01-01"), by = "month", length.out = months), "%Y-%m")
n <- reporters * months
value <- as.double(sample.int(1000L, n, replace = TRUE))
frame <- data.frame(reporter = rep(org, each = months), indicator = "served", period = rep(period, reporters), value = value)
factors <- frame
factors[1:3] <- lapply(frame[1:3], factor)
base <- initiative_builder(title = "Bench", synthetic = TRUE)
add_rows(base, "organizations", data.frame(id = org))
add_rows(base, "groups", data.frame(id = c("council", group, sub)))
add_rows(base, "part_of", data.frame(from = c(group, sub), to = c(rep("council", 50), group[1 + seq_len(subgroups) %% 50])))
add_rows(base, "member_of", data.frame(from = org, to = sub[of]))
add_rows(base, "indicators", data.frame(id = "served", kind = "amount"))
bare <- finish(base)

# ---- answers first
add_rows(base, "observations", frame)
whole <- finish(base)
figures <- rollup(whole)
total <- rowsum(value, frame$period)
stopifnot(identical(figures$value[figures$group == "council"], as.vector(total)), all(figures$coverage == 1))
by_sub <- rowsum(value, paste(sub[of][rep(seq_len(reporters), each = months)], frame$period))
mine <- figures[figures$group %in% sub, ]
stopifnot(all(mine$value == by_sub[paste(mine$group, mine$period), 1]))
same <- function(x) stopifnot(identical(x$value, figures$value))
same(finish(add_observations(partial_rollup(bare), factors)))
rm(mine, by_sub)
file <- tempfile(fileext = ".cwl")
write_initiative(whole, file, as = "packed")
c_side <- read.csv(text = system2(native, c(file, repeats), stdout = TRUE), header = FALSE, col.names = c("what", "seconds", "check"))
in_c <- setNames(c_side$seconds, c_side$what)
stopifnot(c_side$check[c_side$what == "rollup"] == sum(figures$value), c_side$check[c_side$what == "part finish"] == sum(figures$value))
cat("answers agree: ", format(n, big.mark = ","), " observations, ", format(nrow(figures), big.mark = ","), " figures\n\n", sep = "")

# ---- then time
best <- function(code) {
  expression <- substitute(code)
  took <- double()
  for (i in seq_len(repeats)) {
    gc(FALSE)
    took[i] <- system.time(eval(expression, parent.frame()), gcFirst = FALSE)[["elapsed"]]
  }
  min(took)
}
line <- function(what, in_r, in_c = NA) cat(sprintf("%-64s %9.3f s %11s %8s\n", what, in_r, if (is.na(in_c)) "" else sprintf("%9.3f s", in_c),
                                                    if (is.na(in_c)) "" else sprintf("x %.2f", in_r / in_c)))
cat(sprintf("%-64s %11s %11s %8s\n", paste("best of", repeats), "R", "C alone", "ratio"))
fresh <- function() remove_rows(initiative_builder(whole), "observations")
b <- NULL
for (i in seq_len(repeats)) b[[i]] <- fresh()
at <- 0
line("data frame of text into a builder", best({ at <- at + 1; add_rows(b[[at]], "observations", frame) }), in_c[["add"]])
for (i in seq_len(repeats)) b[[i]] <- fresh()
at <- 0
adding <- best({ at <- at + 1; add_rows(b[[at]], "observations", factors) })
line("data frame of factors into a builder", adding, in_c[["add"]])
finishing <- best(finish(b[[1]]))
line("builder to initiative (checks everything)", finishing, in_c[["finish"]])
rolling <- best(rollup(whole))
line("rollup, figures to a data frame", rolling, in_c[["rollup"]])
line("factors to figures: builder, initiative, rollup", adding + finishing + rolling, in_c[["add"]] + in_c[["finish"]] + in_c[["rollup"]])
line("text to figures: part of a rollup", best(finish(add_observations(partial_rollup(bare), frame))), in_c[["part update"]] + in_c[["part finish"]])
line("factors to figures: part of a rollup", best(finish(add_observations(partial_rollup(bare), factors))), in_c[["part update"]] + in_c[["part finish"]])
line("observations to a data frame", best(initiative_table(whole, "observations")), in_c[["table"]])
calls <- 2000
each <- system.time(for (i in seq_len(calls)) initiative_info(whole))[["elapsed"]] / calls
cat(sprintf("\na small call: %.1f microseconds in R, %.1f in C\n", 1e6 * each, 1e6 * in_c[["call"]]))
