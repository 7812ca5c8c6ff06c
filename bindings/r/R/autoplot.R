# SPDX-License-Identifier: Apache-2.0
# The same pictures for those who work with ggplot2. The methods are registered when ggplot2 is loaded, and not before.

#' Pictures with ggplot2
#'
#' Methods for `ggplot2::autoplot()`, there when package ggplot2 is installed.
#'
#' @param object An answer of [rollup()], [trend()], [control_chart()] or [target_progress()].
#' @param ... Not used.
#' @return A plot of class `ggplot`, to which layers may be added.
#' @name autoplot.commonweal
#' @examplesIf requireNamespace("ggplot2", quietly = TRUE)
#' care <- read_initiative(example_initiative())
#' ggplot2::autoplot(rollup(care, group = "coordinating-council"))
NULL

#' @rdname autoplot.commonweal
#' @exportS3Method ggplot2::autoplot
autoplot.cw_rollup <- function(object, ...) {
  .data <- ggplot2::.data
  rows <- as.data.frame(object)
  rows$day <- period_start(rows$period)
  unit <- unit_of(object, rows$indicator)
  rows$panel <- paste0(known_as(object, rows$indicator), ifelse(nzchar(unit), paste0(" (", unit, ")"), ""))
  rows$reports <- ifelse(is.na(rows$coverage) | rows$coverage >= 1, "all", "fewer than expected")
  rows <- rows[!is.na(rows$value) | rows$panel %in% rows$panel[!is.na(rows$value)], ]
  ggplot2::ggplot(rows, ggplot2::aes(x = .data$day, y = .data$value, colour = .data$group)) +
    ggplot2::geom_line(na.rm = TRUE) +
    ggplot2::geom_point(ggplot2::aes(shape = .data$reports), na.rm = TRUE) +
    ggplot2::scale_shape_manual(values = c(all = 19, `fewer than expected` = 21)) +
    ggplot2::scale_colour_manual(values = rep_len(group_colors, length(unique(rows$group)))) +
    ggplot2::scale_x_date(guide = ggplot2::guide_axis(check.overlap = TRUE)) +
    ggplot2::facet_wrap("panel", scales = "free_y", labeller = ggplot2::label_wrap_gen(28)) +
    ggplot2::labs(x = NULL, y = NULL, colour = NULL, shape = "reports") +
    ggplot2::theme_minimal()
}

#' @rdname autoplot.commonweal
#' @exportS3Method ggplot2::autoplot
autoplot.cw_trend <- function(object, ...) {
  .data <- ggplot2::.data
  rows <- as.data.frame(object)
  rows <- rows[!is.na(rows$slope_per_year) & !is.na(rows$first) & rows$first != 0, ]
  ratio <- rows$slope_per_year / rows$slope
  scale <- 100 * ifelse(is.finite(ratio), ratio, 1) / abs(rows$first)
  rows$middle <- 100 * rows$slope_per_year / abs(rows$first)
  rows$low <- rows$slope_lower * scale
  rows$high <- rows$slope_upper * scale
  rows$label <- factor(known_as(object, rows$series), rev(unique(known_as(object, rows$series))))
  rows$clear <- ifelse(rows$trend %in% c("rising", "falling"), "larger than chance", "not called")
  ggplot2::ggplot(rows, ggplot2::aes(x = .data$middle, y = .data$label, colour = .data$movement)) +
    ggplot2::geom_vline(xintercept = 0, colour = ink$quiet) +
    ggplot2::geom_segment(ggplot2::aes(x = .data$low, xend = .data$high, yend = .data$label), na.rm = TRUE) +
    ggplot2::geom_point(ggplot2::aes(shape = .data$clear), size = 2.5) +
    ggplot2::scale_colour_manual(values = c(right = ink$right, wrong = ink$wrong, flat = ink$quiet, neutral = ink$quiet, unknown = ink$quiet)) +
    ggplot2::scale_shape_manual(values = c(`larger than chance` = 19, `not called` = 21)) +
    ggplot2::labs(x = "change in a year, % of the first value", y = NULL, shape = "trend") +
    ggplot2::theme_minimal()
}

#' @rdname autoplot.commonweal
#' @exportS3Method ggplot2::autoplot
autoplot.cw_chart <- function(object, ...) {
  .data <- ggplot2::.data
  rows <- as.data.frame(object)
  rows$day <- period_start(rows$period)
  rows$mark <- ifelse(rowSums(rows[rules_of(object)], na.rm = TRUE) > 0, "stands out", ifelse(rows$ghost %in% TRUE, "not counted", "within"))
  title <- attr(object, "title")
  ggplot2::ggplot(rows, ggplot2::aes(x = .data$day, y = .data$value)) +
    ggplot2::geom_ribbon(ggplot2::aes(ymin = .data$lower, ymax = .data$upper, group = .data$phase), fill = ink$band, na.rm = TRUE) +
    ggplot2::geom_line(ggplot2::aes(y = .data$center, group = .data$phase), colour = ink$quiet, na.rm = TRUE) +
    ggplot2::geom_line(colour = ink$line, na.rm = TRUE) +
    ggplot2::geom_point(ggplot2::aes(colour = .data$mark, shape = .data$mark), size = 2, na.rm = TRUE) +
    ggplot2::scale_colour_manual(values = c(within = ink$line, `not counted` = ink$quiet, `stands out` = ink$wrong)) +
    ggplot2::scale_shape_manual(values = c(within = 19, `not counted` = 21, `stands out` = 18)) +
    ggplot2::labs(x = NULL, y = if (is.null(title)) NULL else unit_of(object, title), colour = NULL, shape = NULL,
                  title = if (is.null(title)) NULL else known_as(object, title)) +
    ggplot2::theme_minimal()
}

#' @rdname autoplot.commonweal
#' @exportS3Method ggplot2::autoplot
autoplot.cw_target <- function(object, ...) {
  .data <- ggplot2::.data
  rows <- as.data.frame(object)
  rows <- rows[!is.na(rows$progress), ]
  rows$label <- factor(known_as(object, rows$series), rev(unique(known_as(object, rows$series))))
  ggplot2::ggplot(rows, ggplot2::aes(y = .data$label)) +
    ggplot2::geom_segment(ggplot2::aes(x = 0, xend = 100, yend = .data$label), colour = ink$faint, linewidth = 3) +
    ggplot2::geom_point(ggplot2::aes(x = 100 * .data$expected_progress), shape = 124, size = 6) +
    ggplot2::geom_point(ggplot2::aes(x = 100 * .data$progress, colour = .data$status), size = 3) +
    ggplot2::scale_colour_manual(values = c(met = ink$right, on_track = ink$right, at_risk = ink$warn, off_track = ink$wrong)) +
    ggplot2::labs(x = "% of the way from baseline to target", y = NULL) +
    ggplot2::theme_minimal()
}
