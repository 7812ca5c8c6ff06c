# SPDX-License-Identifier: Apache-2.0
# The package as a whole.

#' Commonweal: measurement and network analysis for collective impact
#'
#' Many organizations of different sectors work on one problem. This package reads what they keep about it
#' ([read_initiative()]), adds up their shared measures along the cascade of groups ([rollup()]), says what the measures say
#' ([analyze()], [trend()], [report_card()], [target_progress()], [control_chart()]), judges conditions with the evidence
#' ([assess()], [lint()]) and measures the network ([network_structure()]).
#'
#' Three rules make the sums right: each reporter counts once, however many paths lead up; memberships count only in the periods
#' in which they are in force; a missing report stays missing, and every figure says how many of the expected reports are in it.
#'
#' # Tables
#' Every answer is a data frame with the columns of the command line. Missing values are `NA`; in results `NaN` never occurs.
#' Whole numbers are `integer` where all of a column fit, else `double`. Days are `Date`. Periods are text of ISO 8601 ("2024",
#' "2024-Q1", "2024-03", "2024-W05", "2024-03-15"); [period_start()] makes days of them.
#'
#' # Errors
#' Whatever goes wrong is a condition with classes such as `cw_invalid_data`, `cw_error`; see [commonweal-conditions].
#'
#' # Threads and interrupts
#' Long calls can be interrupted as any R code can. Initiatives are immutable, so that copies of them are free.
#'
#' @keywords internal
#' @useDynLib commonweal, .registration = TRUE, .fixes = "C_"
#' @importFrom stats update setNames
#' @importFrom utils head
"_PACKAGE"

#' Version of the library behind the package
#'
#' @return Text such as "0.1.0", with the attribute `abi`: major and minor number of the C interface.
#' @examples
#' commonweal_version()
#' @export
commonweal_version <- function() .Call(C_version)

.onLoad <- function(libname, pkgname) {
  abi <- attr(.Call(C_version), "abi")
  if (abi[1] != 0L) # the SONAME is that number, so that only a changed link gets here
    stop("the libcommonweal that was loaded has C interface ", abi[1], "; this package speaks 0: install it again")
}
