# SPDX-License-Identifier: Apache-2.0
# Pictures of answers, in base graphics. Colors are of the palette of Okabe and Ito, which color-blind readers can tell apart;
# no picture shows by color alone what it does not show by shape or text.

ink <- list(line = "#0072B2", right = "#009E73", wrong = "#D55E00", warn = "#E69F00", quiet = "#767676", faint = "#D9D9D9", band = "#E8F1F8")
group_colors <- c("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999")

movement_color <- function(movement) {
  out <- unname(c(right = ink$right, wrong = ink$wrong)[movement])
  ifelse(is.na(out), ink$quiet, out)
}
status_color <- function(status) {
  out <- unname(c(met = ink$right, on_track = ink$right, at_risk = ink$warn, off_track = ink$wrong)[status])
  ifelse(is.na(out), ink$quiet, out)
}

# What people call an indicator, and its unit, where the answer knows.
known_as <- function(x, id) {
  known <- attr(x, "indicators")
  at <- match(sub(" of .*", "", id), known$id)
  rest <- ifelse(grepl(" of ", id), sub("^[^ ]*", "", id), "")
  ifelse(is.na(at), id, paste0(known$name[at], rest))
}
unit_of <- function(x, id) {
  known <- attr(x, "indicators")
  unit <- known$unit[match(sub(" of .*", "", id), known$id)]
  ifelse(is.na(unit), "", unit)
}

# A page of our own settings, restored when the caller is done; used by what is drawn into a panel of the caller's, too.
with_page <- function(panels, mar, draw) {
  old <- graphics::par(mar = mar, mgp = c(2.2, 0.6, 0), tcl = -0.25, las = 1)
  on.exit(graphics::par(old))
  if (panels > 1L) {
    shape <- grDevices::n2mfrow(panels)
    more <- graphics::par(mfrow = shape, lab = c(5, if (shape[1] > 1L) 3 else 5, 7))
    on.exit(graphics::par(more), add = TRUE, after = FALSE)
  }
  draw()
}

plain_axes <- function(y = TRUE) {
  graphics::axis.Date(1, as.Date(graphics::par("usr")[1:2], origin = "1970-01-01"), col = NA, col.ticks = ink$quiet, cex.axis = 0.9)
  if (y) {
    at <- graphics::axTicks(2)
    graphics::axis(2, at, format(at, big.mark = ",", trim = TRUE), col = NA, col.ticks = ink$quiet, cex.axis = 0.9)
    graphics::abline(h = at, col = ink$faint, lwd = 0.5)
  }
}

heading <- function(title, unit = "") {
  graphics::mtext(title, side = 3, line = 1.1, adj = 0, font = 2, cex = 0.95 * graphics::par("cex"))
  if (nzchar(unit)) graphics::mtext(unit, side = 3, line = 0.15, adj = 0, col = ink$quiet, cex = 0.8 * graphics::par("cex"))
}

#' Plot figures
#'
#' A panel for each indicator and a line for each group, dotted where values are missing; hollow points are figures from fewer reports than expected.
#'
#' @param x Figures from [rollup()].
#' @param type `"lines"`: panels with axes; `"spark"`: one small line for each group and indicator, with its first and last value.
#' @param ... Not used.
#' @return `x`, invisibly.
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' figures <- rollup(demo, group = c("council", "sub-initiative-1"))
#' plot(figures)
#' plot(figures, type = "spark")
#' @export
plot.cw_rollup <- function(x, type = c("lines", "spark"), ...) {
  type <- one_of(type, c("lines", "spark"), "type")
  if (all(is.na(x$value))) refuse("there is no value to plot: see the column state", field = "x")
  if (type == "spark") plot_spark(x) else plot_lines(x)
  invisible(x)
}

plot_lines <- function(x) {
  shown <- unique(x$indicator[!is.na(x$value)])
  with_page(length(shown), c(2.4, 4.6, 2.8, 1), function() for (id in shown) {
    here <- x[x$indicator == id, ]
    groups <- unique(here$group)
    color <- rep_len(group_colors, length(groups))
    days <- period_start(here$period)
    graphics::plot.new()
    graphics::plot.window(range(days), grDevices::extendrange(here$value[!is.na(here$value)], f = 0.06))
    plain_axes()
    heading(known_as(x, id), unit_of(x, id))
    for (g in seq_along(groups)) {
      at <- here$group == groups[g]
      whole <- is.na(here$coverage[at]) | here$coverage[at] >= 1
      known <- which(at & !is.na(here$value))
      graphics::lines(days[known], here$value[known], col = color[g], lwd = 0.8, lty = 3) # over what is missing
      graphics::lines(days[at], here$value[at], col = color[g], lwd = 1.6)
      graphics::points(days[at], here$value[at], col = color[g], pch = ifelse(whole, 19, 21), bg = "white", cex = 0.75)
    }
    corner <- graphics::par("usr")[c(2, 4)]
    if (length(groups) > 1L && length(groups) <= 8L)
      graphics::legend(corner[1], corner[2], groups, col = color, lwd = 1.6, bty = "n", cex = 0.75, xjust = 1, yjust = 0, ncol = min(4L, length(groups)), xpd = NA)
  })
}

plot_spark <- function(x) {
  rows <- unique(x[!is.na(x$value), c("indicator", "group")])
  label <- known_as(x, rows$indicator)
  if (length(unique(rows$group)) > 1L) label <- paste0(label, ", ", rows$group)
  n <- nrow(rows)
  with_page(1L, c(1, 1, 1, 1), function() {
    graphics::plot.new()
    graphics::plot.window(c(0, 1), c(n + 0.5, 0.1))
    cex <- max(0.45, min(0.95, graphics::par("pin")[2] / (n + 1) / 0.22))
    number <- function(v) format(v, digits = 4, big.mark = ",")
    left <- min(0.55, max(graphics::strwidth(label, cex = cex)) + 0.02)
    graphics::text(left + 0.13, 0.25, "first", cex = cex * 0.85, adj = 1, col = ink$quiet)
    graphics::text(0.99, 0.25, "latest", cex = cex * 0.85, adj = 1, col = ink$quiet)
    for (i in seq_len(n)) {
      one <- x[x$indicator == rows$indicator[i] & x$group == rows$group[i], ]
      v <- one$value
      days <- as.numeric(period_start(one$period))
      known <- which(!is.na(v))
      across <- left + 0.15 + (0.83 - left - 0.15) * if (diff(range(days)) > 0) (days - min(days)) / diff(range(days)) else 0.5
      up <- i + 0.34 - 0.68 * if (diff(range(v[known])) > 0) (v - min(v[known])) / diff(range(v[known])) else 0.5
      graphics::text(0, i, label[i], adj = 0, cex = cex)
      graphics::text(left + 0.13, i, number(v[known[1]]), adj = 1, cex = cex, col = ink$quiet)
      graphics::lines(across[known], up[known], col = ink$line, lwd = 0.8, lty = 3) # over what is missing
      graphics::lines(across, up, col = ink$line, lwd = 1.5)
      last <- known[length(known)]
      graphics::points(across[c(known[1], last)], up[c(known[1], last)], pch = 19, cex = 0.6 * cex, col = ink$line)
      graphics::text(0.99, i, number(v[last]), adj = 1, cex = cex, font = 2)
    }
  })
}

#' Plot trends
#'
#' Of each series the slope in a year with its interval, as a share of the first value. A filled point is a trend larger than chance explains; the word
#' says whether it goes the wanted way.
#'
#' @param x Trends from [trend()].
#' @param ... Not used.
#' @return `x`, invisibly.
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' plot(trend(demo))
#' @export
plot.cw_trend <- function(x, ...) {
  known <- as.data.frame(x)[!is.na(x$slope_per_year) & !is.na(x$first) & x$first != 0, ]
  if (nrow(known) == 0L) refuse("there is no slope to plot: see the column state", field = "x")
  per_year <- known$slope_per_year / known$slope
  scale <- 100 * ifelse(is.finite(per_year), per_year, 1) / abs(known$first)
  middle <- 100 * known$slope_per_year / abs(known$first)
  low <- known$slope_lower * scale
  high <- known$slope_upper * scale
  label <- known_as(x, known$series)
  n <- nrow(known)
  with_page(1L, c(3.4, 1, 2.2, 1), function() {
    graphics::plot.new()
    wide <- max(graphics::strwidth(label, units = "inches", cex = 0.9)) + 0.2
    graphics::par(mai = graphics::par("mai") + c(0, wide, 0, 0.9))
    graphics::plot.window(range(0, low, high, middle, na.rm = TRUE), c(n + 0.5, 0.5))
    at <- graphics::axTicks(1)
    graphics::axis(1, at, paste0(at, " %"), col = NA, col.ticks = ink$quiet, cex.axis = 0.9)
    graphics::abline(v = at, col = ink$faint, lwd = 0.5)
    graphics::abline(v = 0, col = ink$quiet)
    color <- movement_color(known$movement)
    graphics::segments(low, seq_len(n), high, seq_len(n), col = color, lwd = 2)
    graphics::points(middle, seq_len(n), pch = ifelse(known$trend %in% c("rising", "falling"), 19, 21), col = color, bg = "white", cex = 1.3)
    graphics::mtext(label, side = 2, at = seq_len(n), line = 0.5, las = 1, cex = 0.9 * graphics::par("cex"))
    labels <- ifelse(known$trend %in% c("rising", "falling"), paste0(known$trend, ", ", known$movement), known$trend)
    graphics::mtext(labels, side = 4, at = seq_len(n), line = 0.5, las = 1, col = color, cex = 0.8 * graphics::par("cex"))
    graphics::mtext("change in a year, of the first value", side = 1, line = 2.1, col = ink$quiet, cex = 0.85 * graphics::par("cex"))
  })
  invisible(x)
}

# Names of the columns of a chart that are rules.
rules_of <- function(x) setdiff(names(x)[vapply(x, is.logical, NA)], "ghost")

#' Plot a control chart
#'
#' Center, limits and points; points that stand out by a rule are marked and counted, ghosts are hollow.
#'
#' @param x A chart from [control_chart()].
#' @param main The title.
#' @param ... Not used.
#' @return `x`, invisibly.
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' plot(control_chart(demo, "people-served", phase = "2021-01"))
#' @export
plot.cw_chart <- function(x, main = known_as(x, attr(x, "title")), ...) {
  if (length(main) == 0L || is.na(main[1])) main <- ""
  days <- period_start(x$period)
  hits <- as.data.frame(x)[rules_of(x)]
  out <- rowSums(hits, na.rm = TRUE) > 0
  with_page(1L, c(3.4, 4.6, 2.8, 4), function() {
    graphics::plot.new()
    graphics::plot.window(range(days), grDevices::extendrange(c(x$value, x$lower, x$upper)[is.finite(c(x$value, x$lower, x$upper))], f = 0.05))
    plain_axes()
    heading(main, unit_of(x, if (is.null(attr(x, "title"))) "" else attr(x, "title")))
    half <- if (length(days) > 1L) as.numeric(stats::median(diff(days))) / 2 else 15
    for (p in unique(x$phase)) {
      at <- which(x$phase == p)
      right <- days[at[length(at)]] + half
      edges <- c(rbind(days[at] - half, c(days[at[-1]] - half, right)))
      step <- function(v, ...) graphics::lines(edges, rep(v[at], each = 2L), ...)
      graphics::rect(days[at] - half, x$lower[at], c(days[at[-1]] - half, right), x$upper[at], col = ink$band, border = NA)
      step(x$lower, col = ink$quiet, lty = 2)
      step(x$upper, col = ink$quiet, lty = 2)
      step(x$center, col = ink$quiet, lwd = 1.5)
    }
    graphics::lines(days, x$value, col = ink$line)
    graphics::points(days, x$value, pch = ifelse(x$ghost %in% TRUE, 21, 19), col = ink$line, bg = "white", cex = 0.8)
    graphics::points(days[out], x$value[out], pch = 23, col = ink$wrong, bg = ink$wrong, cex = 1.1)
    last <- nrow(x)
    for (name in c("upper", "center", "lower")) {
      v <- x[[name]][last]
      if (is.finite(v)) graphics::mtext(format(v, digits = 4, big.mark = ","), side = 4, at = v, line = 0.3, las = 1, col = ink$quiet, cex = 0.75 * graphics::par("cex"))
    }
    graphics::mtext(if (any(out)) paste(sum(out), if (sum(out) == 1L) "point stands" else "points stand", "out by a rule") else "no point stands out", side = 1, line = 2.1,
                    adj = 0, col = if (any(out)) ink$wrong else ink$quiet, cex = 0.85 * graphics::par("cex"))
  })
  invisible(x)
}

#' Plot forecasts
#'
#' A panel for each series: where it goes if nothing changes, with the interval, after the figures it comes from.
#'
#' @param x Forecasts from [forecast_figures()].
#' @param history Figures from [rollup()] to draw before them, of the same groups.
#' @param ... Not used.
#' @return `x`, invisibly.
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' plot(forecast_figures(demo, "people-served"), rollup(demo, "people-served", "council"))
#' @export
plot.cw_forecast <- function(x, history = NULL, ...) {
  known <- as.data.frame(x)[!is.na(x$value), ]
  if (nrow(known) == 0L) refuse("there is no forecast to plot: see the column state", field = "x")
  shown <- unique(known$series)
  with_page(length(shown), c(2.4, 4.6, 2.8, 1), function() for (id in shown) {
    ahead <- known[known$series == id, ]
    days <- period_start(ahead$period)
    past <- history[history$indicator == sub(" of .*", "", id) & (!grepl(" of ", id) | history$group == sub(".* of ", "", id)), ]
    if (length(unique(past$group)) > 1L) refuse("history has figures of several groups; the forecast is of one", field = "history")
    before <- period_start(past$period)
    graphics::plot.new()
    all <- c(ahead$value, ahead$lower, ahead$upper, past$value)
    graphics::plot.window(range(days, before), grDevices::extendrange(all[is.finite(all)], f = 0.06))
    plain_axes()
    heading(known_as(x, id), unit_of(x, id))
    banded <- is.finite(ahead$lower) & is.finite(ahead$upper)
    graphics::polygon(c(days[banded], rev(days[banded])), c(ahead$lower[banded], rev(ahead$upper[banded])), col = ink$band, border = NA)
    if (any(!is.na(past$value))) {
      last <- max(which(!is.na(past$value)))
      graphics::lines(before, past$value, col = ink$line, lwd = 1.6)
      graphics::segments(before[last], past$value[last], days[1], ahead$value[1], col = ink$line, lty = 3)
    }
    graphics::lines(days, ahead$value, col = ink$line, lty = 2, lwd = 1.6)
    graphics::points(days, ahead$value, pch = 21, col = ink$line, bg = "white", cex = 0.75)
  })
  invisible(x)
}

#' Plot progress toward targets
#'
#' One track for each series, from its baseline (0 %) to its target (100 %): the point is where it is, the bar where its path asks it to be.
#' [plot_trajectory()] shows one series over time.
#'
#' @param x Progress from [target_progress()].
#' @param ... Not used.
#' @return `x`, invisibly.
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' plot(target_progress(demo))
#' @export
plot.cw_target <- function(x, ...) {
  known <- as.data.frame(x)[!is.na(x$progress), ]
  if (nrow(known) == 0L) refuse("there is no progress to plot: no series has baseline, target and value", field = "x")
  label <- known_as(x, known$series)
  n <- nrow(known)
  percent <- 100 * known$progress
  with_page(1L, c(3.4, 1, 2.2, 1), function() {
    graphics::plot.new()
    wide <- max(graphics::strwidth(label, units = "inches", cex = 0.9)) + 0.2
    graphics::par(mai = graphics::par("mai") + c(0, wide, 0, 1))
    shown <- pmax(-50, pmin(150, percent)) # far off the track an arrow says so
    graphics::plot.window(range(0, 100, shown), c(n + 0.5, 0.5))
    at <- graphics::axTicks(1)
    graphics::axis(1, at, paste0(at, " %"), col = NA, col.ticks = ink$quiet, cex.axis = 0.9)
    graphics::segments(0, seq_len(n), 100, seq_len(n), col = ink$faint, lwd = 8, lend = 1)
    color <- status_color(known$status)
    graphics::segments(0, seq_len(n), shown, seq_len(n), col = color, lwd = 4, lend = 1)
    expected <- 100 * known$expected_progress
    graphics::segments(expected, seq_len(n) - 0.25, expected, seq_len(n) + 0.25, lwd = 2)
    graphics::points(shown, seq_len(n), pch = ifelse(percent < -50, -0x25C4, ifelse(percent > 150, -0x25BA, 19)), col = color, cex = 1.5)
    graphics::mtext(label, side = 2, at = seq_len(n), line = 0.5, las = 1, cex = 0.9 * graphics::par("cex"))
    graphics::mtext(paste0(round(percent), " %, ", gsub("_", " ", known$status)), side = 4, at = seq_len(n), line = 0.3, las = 1, col = color,
                    cex = 0.8 * graphics::par("cex"))
    graphics::mtext("of the way to the target; the bar: asked for by now", side = 1, line = 2.1, col = ink$quiet,
                    cex = 0.85 * graphics::par("cex"))
  })
  invisible(x)
}

#' Plot the way to one target
#'
#' The values, the path from baseline to target, and where a straight line through the values leads at the time of the target, with its interval.
#'
#' @param x An initiative.
#' @param indicator,group Ids; `group` may be `NULL` where one group is part of no other.
#' @param ... Options of [target_progress()]: `every`, `from`, `to`, `path`, `as_of`, `confidence`.
#' @return What [target_progress()] gives for the series, invisibly.
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' plot_trajectory(demo, "people-served")
#' @export
plot_trajectory <- function(x, indicator, group = NULL, ...) {
  judged <- target_progress(x, as_needed(indicator, "indicator"), as_word(group, "group"), ...)
  if (nrow(judged) != 1L) refuse("there are ", nrow(judged), " targets of ", indicator, " here; name one group with a target", field = "indicator")
  given <- list(...)
  figures <- rollup(x, indicator, if (is.null(group)) top_groups(x) else group, given$every, given$from, given$to)
  aims <- as.data.frame(initiative_table(x, "targets"))
  aims <- aims[aims$indicator == indicator & (is.na(aims$of) | aims$of %in% figures$group), ]
  when <- function(kind, value) {
    at <- period_end(aims$period[aims$kind == kind & aims$value == value])
    if (length(at)) at[1] else as.Date(NA)
  }
  end <- when("target", judged$target)
  begin <- when("baseline", judged$baseline)
  days <- period_end(figures$period)
  if (is.na(begin)) begin <- days[which(!is.na(figures$value))[1]]
  color <- status_color(judged$status)
  with_page(1L, c(3.4, 4.6, 2.8, 5), function() {
    graphics::plot.new()
    all <- c(figures$value, judged$baseline, judged$target, judged$projected, judged$projected_lower, judged$projected_upper)
    graphics::plot.window(range(c(days, begin, end), na.rm = TRUE), grDevices::extendrange(all[is.finite(all)], f = 0.06))
    plain_axes()
    heading(known_as(judged, indicator), unit_of(judged, indicator))
    along <- seq(begin, end, length.out = 50)
    share <- as.numeric(along - begin) / as.numeric(end - begin)
    path <- if (identical(given$path, "geometric")) judged$baseline * (judged$target / judged$baseline)^share else judged$baseline + share * (judged$target - judged$baseline)
    graphics::lines(along, path, col = ink$quiet, lty = 2, lwd = 1.5)
    last <- max(which(!is.na(figures$value)))
    if (is.finite(judged$projected)) {
      graphics::segments(days[last], figures$value[last], end, judged$projected, col = ink$line, lty = 3)
      graphics::arrows(end, judged$projected_lower, end, judged$projected_upper, angle = 90, code = 3, length = 0.05, col = ink$line)
      graphics::points(end, judged$projected, pch = 21, col = ink$line, bg = "white")
    }
    graphics::lines(days, figures$value, col = ink$line, lwd = 1.8)
    graphics::points(days, figures$value, col = ink$line, pch = 19, cex = 0.7)
    graphics::points(end, judged$target, pch = 18, cex = 2, col = color)
    graphics::mtext(paste("target", format(judged$target, big.mark = ",")), side = 4, at = judged$target, line = 0.3, las = 1, col = color, cex = 0.75 * graphics::par("cex"))
    graphics::mtext(paste0(gsub("_", " ", judged$status), ": ", round(100 * judged$progress), " % of the way, the path asks for ", round(100 * judged$expected_progress), " %"),
                    side = 1, line = 2.1, adj = 0, col = color, cex = 0.85 * graphics::par("cex"))
  })
  invisible(judged)
}

top_groups <- function(x) {
  groups <- as.data.frame(initiative_table(x, "groups"))$id
  part <- tryCatch(initiative_table(x, "part_of")$from, cw_invalid_argument = function(e) character())
  setdiff(groups, part)
}

# The last day of each period.
period_end <- function(period) {
  start <- period_start(period)
  length_of <- ifelse(grepl("-W", period), 7L, NA)
  day <- grepl("^\\d{4}-\\d{2}-\\d{2}$", period)
  months <- ifelse(grepl("^\\d{4}$", period), 12L, ifelse(grepl("-Q", period), 3L, 1L))
  out <- start
  for (i in which(!is.na(start))) {
    if (day[i]) next
    out[i] <- if (!is.na(length_of[i])) start[i] + 6 else seq(start[i], by = paste(months[i], "months"), length.out = 2L)[2] - 1
  }
  out
}

#' Plot the cascade of an initiative
#'
#' The groups that are in force on a day, those that are part of no other at the top, each below all it is part of. A group with several parents has several lines. Where there are
#' too many groups for their names, they are points.
#'
#' @param x An initiative.
#' @param as_of The day; that of [default_day()].
#' @param ... Not used.
#' @return A data frame of the groups drawn: id, name, level (1 at the top), members; invisibly.
#' @examples
#' plot(read_initiative(example_initiative()))
#' @export
plot.cw_initiative <- function(x, as_of = NULL, ...) {
  day <- as_word(as_of, "as_of")
  day <- if (is.null(day)) default_day(x)$day else period_start(day)
  if (is.na(day)) refuse("as_of is not a day", field = "as_of")
  in_force <- function(table) {
    rows <- tryCatch(as.data.frame(initiative_table(x, table)), cw_invalid_argument = function(e) NULL)
    if (is.null(rows)) return(data.frame(id = character(), name = character(), from = character(), to = character()))
    rows[(is.na(rows$start) | rows$start <= day) & (is.na(rows$end) | rows$end > day), ]
  }
  groups <- in_force("groups")
  if (nrow(groups) == 0L) refuse("no group is in force on ", format(day), field = "as_of")
  ties <- in_force("part_of")
  ties <- ties[ties$from %in% groups$id & ties$to %in% groups$id, ]
  level <- stats::setNames(rep(1L, nrow(groups)), groups$id)
  for (round in seq_len(nrow(groups))) for (i in seq_len(nrow(ties))) level[ties$from[i]] <- max(level[ties$from[i]], level[ties$to[i]] + 1L)
  members <- in_force("member_of")
  groups$level <- unname(level[groups$id])
  groups$members <- vapply(groups$id, function(g) sum(members$to == g), 0L)
  # Within a level: by where the parents stand, so that lines cross less.
  place <- stats::setNames(rep(0, nrow(groups)), groups$id)
  for (l in sort(unique(groups$level))) {
    here <- groups$id[groups$level == l]
    above <- vapply(here, function(g) {
      parents <- ties$to[ties$from == g]
      if (length(parents)) mean(place[parents]) else 0.5
    }, 0)
    here <- here[order(above)]
    place[here] <- (seq_along(here) - 0.5) / length(here)
  }
  label <- ifelse(is.na(groups$name), groups$id, groups$name)
  with_page(1L, c(0.5, 0.5, 2.4, 0.5), function() {
    graphics::plot.new()
    deepest <- max(groups$level)
    graphics::plot.window(c(0, 1), c(deepest + 0.5, 0.5))
    count <- table(groups$level)
    widest <- 1 / max(count)
    cex <- 0.9
    wrap <- function(cex) vapply(label, function(text) {
      fits <- max(8L, floor(0.92 * widest / graphics::strwidth("n", cex = cex)))
      paste(strwrap(text, fits), collapse = "\n")
    }, "")
    text <- wrap(cex)
    while (cex > 0.4 && any(graphics::strwidth(text, cex = cex) > 0.9 * widest)) text <- wrap(cex <- cex * 0.93)
    crowded <- cex <= 0.4 # too many groups for their names: points
    note <- ifelse(groups$members > 0, paste(groups$members, ifelse(groups$members == 1, "member", "members")), "")
    across <- place[groups$id]
    tall <- abs(graphics::strheight(text, cex = cex)) / 2 + abs(graphics::strheight("x", cex = cex)) * ifelse(nzchar(note), 1.5, 0.7)
    if (crowded) tall[] <- 0
    broad <- pmax(graphics::strwidth(text, cex = cex), graphics::strwidth(note, cex = cex * 0.8)) / 2 + 0.008
    for (i in seq_len(nrow(ties))) {
      child <- match(ties$from[i], groups$id)
      parent <- match(ties$to[i], groups$id)
      from <- c(across[parent], groups$level[parent] + tall[parent])
      to <- c(across[child], groups$level[child] - tall[child])
      bend <- (1 - cos(pi * seq(0, 1, 0.05))) / 2
      graphics::lines(from[1] + (to[1] - from[1]) * bend, seq(from[2], to[2], length.out = length(bend)), col = ink$quiet)
    }
    if (crowded) {
      graphics::points(across, groups$level, pch = 21, col = ink$line, bg = ink$band)
      heading(strwrap(format(x)[1], 100)[1], paste("on", format(day)))
      return()
    }
    graphics::rect(across - broad, groups$level - tall, across + broad, groups$level + tall, col = ink$band, border = ink$line)
    lift <- ifelse(nzchar(note), abs(graphics::strheight("x", cex = cex)) * 0.7, 0)
    graphics::text(across, groups$level - lift, text, cex = cex)
    graphics::text(across, groups$level + tall - abs(graphics::strheight("x", cex = cex)) * 0.9, note, cex = cex * 0.8, col = ink$quiet)
    heading(strwrap(format(x)[1], 100)[1], paste("on", format(day)))
  })
  invisible(groups[, c("id", "name", "level", "members")])
}
