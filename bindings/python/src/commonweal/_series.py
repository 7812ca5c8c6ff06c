# SPDX-License-Identifier: Apache-2.0
"""What series say: statistics of figures over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from . import _abi as abi
from ._figures import Figures
from ._help import helpful_class
from ._native import library
from ._options import Day, Period, Words, options
from ._progress import Progress
from .table import Table


@helpful_class
class Series(Figures):
    """Analyses of series."""

    __slots__ = ()
    _part_of = "Initiative"

    def _analysis(self, what: str, arguments: Mapping[str, Any]) -> Table:
        given = options(getattr(abi, f"cw_{what}_options"), arguments)
        return self._answer(getattr(library, f"cw_{what}"), options=given, progress=arguments["progress"])

    def trend(
        self,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        reporter: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        confidence: float = 0.95,
        test: str = "automatic",
        progress: Optional[Progress] = None,
    ) -> Table:
        """Whether each measure rises or falls beyond chance (Mann-Kendall), and how steeply (Theil-Sen), a row each.

        Args:
            as_of: only periods that are over by this day.
            confidence: of intervals and tests.
            test: test of the trend: automatic, original, seasonal, correlated_seasonal, hamed_rao, yue_wang, pre_whitening,
                trend_free_pre_whitening.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.

        Returns:
            series, start, end, n, missing, ..., p, slope (per period), slope_per_year, trend (rising, falling, flat), movement, state.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.trend()["state"][0]
        'too_few'
        """
        return self._analysis("trend", locals())

    def card(
        self,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        reporter: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Union[Day, Iterable[Day], None] = None,
        confidence: float = 0.95,
        flat: float = 0.0,
        basis: str = "since_baseline",
        progress: Optional[Progress] = None,
    ) -> Table:
        """The report card: which measures move the right way, a row each.

        Args:
            as_of: only periods that are over by this day; of several days a card each.
            confidence: of intervals and tests.
            flat: changes up to this share are flat.
            basis: what the latest value is compared with: since_baseline, since_previous, since_year_before, trend.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.card()["movement"][:]
        ['right', 'right', 'right']
        """
        return self._analysis("card", locals())

    def target(
        self,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        reporter: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        confidence: float = 0.95,
        path: str = "linear",
        progress: Optional[Progress] = None,
    ) -> Table:
        """How far each measure is on its way from the baseline to its target, a row for each that has one.

        Args:
            as_of: judge on this day (default: at the end of the last period).
            confidence: of intervals and tests.
            path: shape of the way from the baseline to the target: linear, geometric.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.

        Returns:
            series, latest, value, baseline, target, expected, progress (1 is there), status (met, on_track, at_risk, off_track), ...
        """
        return self._analysis("target", locals())

    def chart(
        self,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        reporter: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        chart: Optional[str] = None,
        rules: Optional[Words] = None,
        phase: Union[Period, Iterable[Period], None] = None,
        freeze: Optional[Period] = None,
        ghost: Union[Period, Iterable[Period], None] = None,
        screen: bool = False,
        show: str = "points",
        progress: Optional[Progress] = None,
    ) -> Table:
        """The control chart of one indicator in one group: a row for each point, with center, limits and the rules it breaks.

        Args:
            as_of: only periods that are over by this day.
            chart: kind of chart (default: by the kind of indicator): run, xmr, p, p_prime, u, u_prime, c, t, g.
            rules: set of rules by which points stand out; sets are never mixed: shewhart, anhoej, western_electric, nelson, nhs.
            phase: new center and limits from this period on.
            freeze: limits of the last phase come from its points up to this period.
            ghost: plot this period and do not count it.
            screen: drop unusual moving ranges from the limits.
            show: which table: a row for each point or each phase: points, phases.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("chart", locals())

    def describe(
        self,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        reporter: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Count, missing, minimum, maximum, median, mean, standard deviation and autocorrelation of each measure's values.

        Args:
            as_of: only periods that are over by this day.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("summary", locals())

    def forecast(
        self,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        reporter: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        confidence: float = 0.95,
        method: str = "automatic",
        horizon: int = 0,
        reconcile: Optional[str] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Where each measure goes if nothing changes, with intervals; a row for each period to come.

        Args:
            as_of: only periods that are over by this day.
            confidence: of intervals and tests.
            method: method of the forecast: automatic, naive, seasonal_naive, drift, holt, damped_holt, damped_holt_winters.
            horizon: periods ahead; 0: one cycle of seasons, or three years.
            reconcile: make groups and reporters add up, by this method (default: not): bottom_up, ols, structural, wls,
                mint_shrink.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.

        Returns:
            series, period, value, lower, upper, method, sigma, mae, naive_mae, mase (below 1 is better than naive), state, reading.
        """
        return self._analysis("forecast", locals())

    def quality(
        self,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        reporter: Optional[Words] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        show: str = "calls",
        top: int = 0,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Whom to call about which report first, or the checks behind it.

        Args:
            as_of: the day that is today: what came later is not judged (default: the end of the data).
            show: which table: calls, findings, reporters, indicators, pairs.
            top: at most so many calls; 0: all, and 20 in a table that is printed.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("quality", locals())

    def contributions(
        self,
        *,
        indicator: Optional[str] = None,
        group: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Who moved a figure between two periods, by how much.

        Args:
            as_of: only periods that are over by this day.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("contributions", locals())

    def group_contributions(
        self,
        *,
        indicator: Optional[str] = None,
        group: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Which groups moved a sum between two periods, by how much.

        Args:
            as_of: only periods that are over by this day.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("group_contributions", locals())
