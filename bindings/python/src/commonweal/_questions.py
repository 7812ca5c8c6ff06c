# SPDX-License-Identifier: Apache-2.0
"""What the options of questions are. Written by tools/options.py: do not edit."""

PERIODS = frozenset(["freeze", "from", "ghost", "period", "phase", "to"])
DAYS = frozenset(["as_of", "compare", "deadline"])
ANALYSES = (
    "trend",
    "card",
    "target",
    "chart",
    "summary",
    "forecast",
    "quality",
    "contributions",
    "group_contributions",
    "gaps",
    "equity",
    "standardized",
    "reversals",
    "breakdowns",
    "harmonize",
)
