# SPDX-License-Identifier: Apache-2.0
"""What the figures say: statistics of series, by the words of `commonweal analyze`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from . import _abi as abi
from ._figures import Figures
from ._help import helpful_class
from ._native import library
from ._options import Day, Period, Words, encoded, options
from ._progress import Progress
from .table import Table, TableLike


@helpful_class
class Analyses(Figures):
    """Analyses."""

    __slots__ = ()
    _part_of = "Initiative"

    def _analysis(self, what: str, arguments: Mapping[str, Any]) -> Table:
        given = options(abi.cw_analyze_options, arguments, "what")
        return self._answer(library.cw_analyze, encoded(what, "what"), options=given, progress=arguments.get("progress"))

    def analyze(
        self,
        what: str,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        confidence: float = 0.95,
        flat: float = 0.0,
        as_of: Union[Day, Iterable[Day], None] = None,
        test: Optional[str] = None,
        basis: Optional[str] = None,
        path: Optional[str] = None,
        chart: Optional[str] = None,
        rules: Optional[Words] = None,
        phases: Union[Period, Iterable[Period], None] = None,
        freeze: Optional[Period] = None,
        ghosts: Union[Period, Iterable[Period], None] = None,
        screen: bool = False,
        chart_phases: bool = False,
        reporter: Optional[Words] = None,
        show: Optional[str] = None,
        method: Optional[str] = None,
        reconcile: Optional[str] = None,
        by: Optional[str] = None,
        reference: Optional[str] = None,
        top: int = 0,
        horizon: int = 0,
        local: Optional[TableLike] = None,
        compare: Optional[str] = None,
        order: Optional[Words] = None,
        standard: Optional[Mapping[str, float]] = None,
        tolerance: float = 0.5,
        all: bool = False,
        progress: Optional[Progress] = None,
    ) -> Table:
        """One of the tables of `commonweal analyze`; docs/analyze.md explains methods and columns.

        Each analysis has a method of its own that takes the options it knows: `trend`, `card`, `target`, `chart`, `describe`, `forecast`,
        `quality`, `contributions`, `gaps`, `equity`, `standardized`, `reversals`, `breakdowns`, `harmonize`. A last column `reading`
        says in a sentence what the rows mean, in the first of the rows it is about.

        Args:
            what: trend, card, target, chart, summary, forecast, quality, contributions, gaps, equity, standardized, reversals,
                breakdowns, harmonize.
            indicator, group: ids; all indicators, and the groups that are part of no other, where there are none.
            reporter: ids of organizations or groups whose own figures are meant, instead of those of groups.
            every, from_, to: as for `rollup`.
            confidence: of intervals and tests, between 0 and 1.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        if local is not None:
            local = local if isinstance(local, Table) else Table(local)
        return self._analysis(what, locals())

    def trend(
        self,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        reporter: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        confidence: float = 0.95,
        test: Optional[str] = None,
    ) -> Table:
        """Whether each measure rises or falls beyond chance (Mann-Kendall), and how steeply (Theil-Sen), a row each.

        Args:
            test: by default the one that fits ("seasonal" for months over two years); original, seasonal, ... (docs/analyze.md).

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
        confidence: float = 0.95,
        flat: float = 0.0,
        as_of: Union[Day, Iterable[Day], None] = None,
        basis: Optional[str] = None,
    ) -> Table:
        """The report card: which measures move the right way, a row each.

        Args:
            flat: changes up to this share of the first value are flat; 0.005 is half a percent.
            as_of: one day, or several for a row each.
            basis: compared with since_baseline (default), since_previous, since_year_before, or trend.

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
        confidence: float = 0.95,
        as_of: Optional[Day] = None,
        path: Optional[str] = None,
    ) -> Table:
        """How far each measure is on its way from the baseline to its target, a row for each that has one.

        Args:
            path: linear (default) or geometric.
            as_of: judged on this day; by default on the last period.

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
        chart: Optional[str] = None,
        rules: Optional[Words] = None,
        phases: Union[Period, Iterable[Period], None] = None,
        freeze: Optional[Period] = None,
        ghosts: Union[Period, Iterable[Period], None] = None,
        screen: bool = False,
        chart_phases: bool = False,
    ) -> Table:
        """The control chart of one indicator in one group: a row for each point, with center, limits and the rules it breaks.

        Args:
            chart: run, xmr, p, p_prime, u, u_prime, c, t, g; by default the one that fits the kind of indicator.
            rules: shewhart, anhoej, western_electric, nelson, nhs; one or several.
            phases: new center and limits from these periods on.
            freeze: limits of the last phase come from its points up to this period.
            ghosts: periods that are plotted and count in nothing.
            screen: drop moving ranges above 3.267 times their mean, once.
            chart_phases: a row for each phase instead of each point.
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
    ) -> Table:
        """Count, missing, minimum, maximum, median, mean, standard deviation and autocorrelation of each measure's values."""
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
        confidence: float = 0.95,
        as_of: Optional[Day] = None,
        method: Optional[str] = None,
        horizon: int = 0,
        reconcile: Optional[str] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Where each measure goes if nothing changes, with intervals; a row for each period to come.

        Args:
            method: automatic (default: the one that missed least in a backtest), naive, drift, holt, seasonal_naive, damped_holt,
                damped_holt_winters.
            horizon: periods ahead; 0: one cycle of seasons, or three years.
            reconcile: make groups and reporters add up: bottom_up, ols, structural, wls, mint_shrink.

        Returns:
            series, period, value, lower, upper, method, sigma, mae, naive_mae, mase (below 1 is better than naive), state, reading.
        """
        return self._analysis("forecast", locals())

    def quality(
        self,
        *,
        indicator: Optional[Words] = None,
        reporter: Optional[Words] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        show: Optional[str] = None,
        top: int = 0,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Whom to call about which report first, or the checks behind it.

        Args:
            as_of: which day is today: nothing that came later is judged; by default the data of each indicator ends today.
            show: calls (default), findings, reporters, indicators, pairs.
            top: at most so many calls; 0: all.
        """
        return self._analysis("quality", locals())

    def contributions(
        self,
        *,
        indicator: str,
        group: Optional[str] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
    ) -> Table:
        """Who moved a figure between two periods, by how much.

        Args:
            from_, to: the two periods; by default the latest, and a year before.
        """
        return self._analysis("contributions", locals())

    def gaps(
        self,
        *,
        indicator: str,
        by: str,
        group: Optional[str] = None,
        every: Optional[str] = None,
        to: Optional[Period] = None,
        reference: Optional[str] = None,
        confidence: float = 0.95,
    ) -> Table:
        """How far the parts of a whole are from each other.

        Args:
            by: the dimension, as "sex" in "sex=female".
            reference: the category compared with; by default the largest.
            to: the period; by default the latest.
        """
        return self._analysis("gaps", locals())

    def equity(
        self,
        *,
        indicator: str,
        by: str,
        group: Optional[Words] = None,
        every: Optional[str] = None,
        to: Optional[Period] = None,
        compare: Optional[str] = None,
        reference: Optional[str] = None,
        order: Optional[Words] = None,
        confidence: float = 0.95,
    ) -> Table:
        """Rates of the parts of several populations, with gaps, ratios, slope indices and what the gap accounts for.

        Args:
            by: the dimension of the parts, as "sex" in "sex=female".
            compare: the dimension of the populations; by default groups.
            reference: the category compared with; by default the largest.
            order: categories from the least to the most advantaged, for slope indices.
        """
        return self._analysis("equity", locals())

    def standardized(
        self,
        *,
        indicator: str,
        by: str,
        group: Optional[Words] = None,
        every: Optional[str] = None,
        to: Optional[Period] = None,
        compare: Optional[str] = None,
        standard: Optional[Mapping[str, float]] = None,
        confidence: float = 0.95,
    ) -> Table:
        """The crude rate of each population beside the one it would have with a standard mix of parts.

        Args:
            by, compare: as for `equity`.
            standard: weights of the categories; by default the people of all populations.
        """
        return self._analysis("standardized", locals())

    def reversals(
        self,
        *,
        indicator: str,
        by: str,
        group: Optional[Words] = None,
        every: Optional[str] = None,
        to: Optional[Period] = None,
        compare: Optional[str] = None,
    ) -> Table:
        """Pairs of populations whose order in every part is not that of the whole (Simpson's paradox).

        Args:
            by, compare: as for `equity`.
        """
        return self._analysis("reversals", locals())

    def breakdowns(
        self,
        *,
        indicator: Optional[Words] = None,
        reporter: Optional[Words] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        tolerance: float = 0.5,
        all: bool = False,
    ) -> Table:
        """Parts that do not add up to their whole.

        Args:
            tolerance: difference allowed a part.
            all: also what holds or cannot be checked.
        """
        return self._analysis("breakdowns", locals())

    def harmonize(self, local: TableLike, *, show: Optional[str] = None) -> Table:
        """Maps local observations to the shared measures, by measure_map.csv of the initiative.

        Args:
            local: reporter, local, period, value, and optionally breakdown, name, unit.
            show: report (default), observations, lineage, matches.
        """
        return self.analyze("harmonize", local=local, show=show)
