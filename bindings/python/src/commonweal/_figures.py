# SPDX-License-Identifier: Apache-2.0
"""Figures of groups, and what made them."""

from __future__ import annotations

from typing import Optional

from . import _abi as abi
from ._contents import Contents
from ._help import helpful_class
from ._native import library
from ._options import Day, Period, Words, options
from ._progress import Progress
from .table import Table


@helpful_class
class Figures(Contents):
    """Rollups."""

    __slots__ = ()
    _part_of = "Initiative"

    def rollup(
        self,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        membership: str = "last_day",
        missing: str = "complete_case",
        minimum_coverage: float = 0.75,
        adjustment: float = 0.25,
        breakdown: Optional[str] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Figures of groups, each reporter counted once on every level of the cascade.

        Args:
            indicator: this indicator (default: all).
            group: this group (default: all).
            every: aggregate over time (default: as reported): day, week, month, quarter, year.
            from_: first period, as 2024, 2024-Q1 or 2024-03.
            to: last period.
            as_of: use the structure of this one day for all periods.
            membership: when a membership counts in a period: last_day, first_day, any_day, whole_period.
            missing: what missing reports do: complete_case, all_or_nothing, minimum_coverage, carry_forward, adjusted.
            minimum_coverage: share of reports that minimum_coverage and adjusted ask for.
            adjustment: k of the policy adjusted.
            breakdown: a part of the whole, as sex=female (default: the total).
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.

        Returns:
            A row for each group, indicator and period: group, indicator, period, value, numerator, denominator (in the unit of the
            indicator), reported, expected, coverage (0 to 1), lower, upper, state, structure_date. Where value is None, state says why.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.rollup(indicator="teen-marijuana-use", group="coordinating-council", every="year", from_=2002)["value"][0]
        100.0
        """
        return self._answer(library.cw_rollup, options=options(abi.cw_rollup_options, locals()), progress=progress)

    def explain(
        self,
        *,
        group: str,
        indicator: str,
        period: Period,
        as_of: Optional[Day] = None,
        membership: str = "last_day",
        missing: str = "complete_case",
        minimum_coverage: float = 0.75,
        adjustment: float = 0.25,
        breakdown: Optional[str] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """The reports behind one figure, and the groups through which each counts.

        Where the operator adds up, `share` adds up to the figure exactly.

        Args:
            group: the group.
            indicator: the indicator.
            period: the period, as 2024, 2024-Q1 or 2024-03.
            as_of: use the structure of this one day for all periods.
            membership: when a membership counts in a period: last_day, first_day, any_day, whole_period.
            missing: what missing reports do: complete_case, all_or_nothing, minimum_coverage, carry_forward, adjusted.
            minimum_coverage: share of reports that minimum_coverage and adjusted ask for.
            adjustment: k of the policy adjusted.
            breakdown: a part of the whole, as sex=female (default: the total).
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.

        Returns:
            reporter, name, period, value, numerator, denominator, state, paths, share, indicator.
        """
        return self._answer(library.cw_explain, options=options(abi.cw_explain_options, locals()), progress=progress)
