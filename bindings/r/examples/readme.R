# SPDX-License-Identifier: Apache-2.0
# The example of the project's README. From the root of a clone: Rscript bindings/r/examples/readme.R
library(commonweal)

coalition <- read_initiative("docs/initiatives/communities-that-care")
figures <- rollup(coalition, group = "coordinating-council", from = 2010)
writeLines(paste(figures$indicator, figures$value))
