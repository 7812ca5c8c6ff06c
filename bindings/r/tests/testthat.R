# SPDX-License-Identifier: Apache-2.0
library(testthat)
library(commonweal)
test_check("commonweal")
