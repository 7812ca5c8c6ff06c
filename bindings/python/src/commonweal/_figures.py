# SPDX-License-Identifier: Apache-2.0
"""Figures of groups, and what made them."""

from __future__ import annotations

from typing import Optional

from . import _abi as abi
from ._contents import Contents
from ._help import helpful_class
from ._native import library
from ._options import Day, Period, Words, encoded, options
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
        membership: Optional[str] = None,
        missing: Optional[str] = None,
        minimum_coverage: float = 0.75,
        adjustment: float = 0.25,
        breakdown: Optional[str] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Figures of groups, each reporter counted once on every level of the cascade.

        Args:
            indicator, group: ids; all where there are none.
            every: aggregate over time: day, week, month, quarter, year; by default as reported.
            from_, to: first and last period, both included.
            as_of: use the structure of this one day for all periods, not each period's own.
            membership: when a membership counts in a period: last_day (default), first_day, any_day, whole_period.
            missing: what missing reports do: complete_case (default), all_or_nothing, minimum_coverage, carry_forward, adjusted.
            minimum_coverage: share of reports, 0 to 1, that the policies minimum_coverage and adjusted ask for.
            adjustment: k of the policy adjusted.
            breakdown: a part of the whole ("sex=female"); by default the total.
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
        membership: Optional[str] = None,
        missing: Optional[str] = None,
        minimum_coverage: float = 0.75,
        adjustment: float = 0.25,
        breakdown: Optional[str] = None,
    ) -> Table:
        """The reports behind one figure, and the groups through which each counts.

        Args as for `rollup`. Where the operator adds up, `share` adds up to the figure exactly.

        Returns:
            reporter, name, period, value, numerator, denominator, state, paths, share, indicator.
        """
        given = options(abi.cw_rollup_options, locals(), "group", "indicator", "period")
        names = encoded(group, "group"), encoded(indicator, "indicator"), encoded(period, "period")
        return self._table(library.cw_explain, *names, given)
