# SPDX-License-Identifier: Apache-2.0
# The words of analyze(). Written by tools/options.py: do not edit.

analyses <- c("trend", "card", "target", "chart", "summary", "forecast", "quality", "contributions", "group_contributions", "gaps", "equity",
              "standardized", "reversals", "breakdowns", "harmonize")
