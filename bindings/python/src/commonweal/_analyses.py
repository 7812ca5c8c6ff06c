# SPDX-License-Identifier: Apache-2.0
"""What the figures say: statistics of series, by the words of `commonweal analyze`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from . import _abi as abi
from ._errors import InvalidArgument
from ._figures import Figures
from ._help import did_you_mean, helpful_class
from ._native import library
from ._options import Day, Period, Words, options
from ._progress import Progress
from ._questions import ANALYSES
from ._text import visible
from .table import Table, TableLike


@helpful_class
class Analyses(Figures):
    """Analyses."""

    __slots__ = ()
    _part_of = "Initiative"

    def _analysis(self, what: str, arguments: Mapping[str, Any]) -> Table:
        given = options(getattr(abi, f"cw_{what}_options"), arguments)
        return self._answer(getattr(library, f"cw_{what}"), options=given, progress=arguments["progress"])

    def analyze(self, what: str, **options: Any) -> Table:
        """One of the tables of `commonweal analyze`, by its word; docs/analyze.md explains methods and columns.

        Each analysis has a method that takes its options: `trend`, `card`, `target`, `chart`, `describe` (the word is summary),
        `forecast`, `quality`, `contributions`, `group_contributions`, `gaps`, `equity`, `standardized`, `reversals`, `breakdowns`,
        `harmonize`. A last column `reading` says in a sentence what the rows mean, in the first of the rows it is about.

        Args:
            what: the word of the analysis.
            options: of the method. Those that most of them take: `indicator`, `group`, `reporter` (ids; one or several), `every`,
                `from_` and `to` choose figures as for `rollup`, of the groups that are part of no other where none is named, or of
                reporters instead of groups.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.analyze("trend", indicator="teen-binge-drinking") == care.trend(indicator="teen-binge-drinking")
        True
        """
        if what not in ANALYSES:
            known = ", ".join(ANALYSES)
            raise InvalidArgument(visible(f"what: {what} is none of: {known}{did_you_mean(what, ANALYSES)}"), field="what")
        made: Table = getattr(self, "describe" if what == "summary" else what)(**options)
        return made

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

    def gaps(
        self,
        *,
        indicator: Optional[str] = None,
        group: Optional[str] = None,
        to: Optional[Period] = None,
        by: Optional[str] = None,
        reference: Optional[str] = None,
        confidence: float = 0.95,
        progress: Optional[Progress] = None,
    ) -> Table:
        """How far the parts of a whole are from each other.

        Args:
            by: dimension of the breakdown, as sex in sex=female.
            reference: category compared with (default: the largest).
            confidence: of intervals and tests.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("gaps", locals())

    def equity(
        self,
        *,
        indicator: Optional[str] = None,
        group: Optional[Words] = None,
        to: Optional[Period] = None,
        by: Optional[str] = None,
        across: Optional[str] = None,
        reference: Optional[str] = None,
        order: Optional[Words] = None,
        confidence: float = 0.95,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Rates of the parts of several populations, with gaps, ratios, slope indices and what the gap accounts for.

        Args:
            by: dimension of the breakdown, as sex in sex=female.
            across: dimension of the populations (default: groups).
            reference: category compared with (default: the largest).
            order: categories from the least to the most advantaged, for slope indices.
            confidence: of intervals and tests.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("equity", locals())

    def standardized(
        self,
        *,
        indicator: Optional[str] = None,
        group: Optional[Words] = None,
        to: Optional[Period] = None,
        by: Optional[str] = None,
        across: Optional[str] = None,
        standard: Optional[Mapping[str, float]] = None,
        confidence: float = 0.95,
        progress: Optional[Progress] = None,
    ) -> Table:
        """The crude rate of each population beside the one it would have with a standard mix of parts.

        Args:
            by: dimension of the breakdown, as sex in sex=female.
            across: dimension of the populations (default: groups).
            standard: weight of a category (default: the people of all populations).
            confidence: of intervals and tests.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("standardized", locals())

    def reversals(
        self,
        *,
        indicator: Optional[str] = None,
        group: Optional[Words] = None,
        to: Optional[Period] = None,
        by: Optional[str] = None,
        across: Optional[str] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Pairs of populations whose order in every part is not that of the whole (Simpson's paradox).

        Args:
            by: dimension of the breakdown, as sex in sex=female.
            across: dimension of the populations (default: groups).
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("reversals", locals())

    def breakdowns(
        self,
        *,
        indicator: Optional[Words] = None,
        tolerance: float = 0.5,
        all: bool = False,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Parts that do not add up to their whole.

        Args:
            tolerance: difference allowed a part.
            all: also what holds or cannot be checked.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        return self._analysis("breakdowns", locals())

    def harmonize(
        self,
        local: TableLike,
        *,
        show: str = "report",
        progress: Optional[Progress] = None,
    ) -> Table:
        """Maps local observations to the shared measures, by measure_map.csv of the initiative.

        Args:
            local: local observations: reporter, local, period, value, and optionally breakdown, name, unit.
            show: which table: report, observations, lineage, matches.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        local = local if isinstance(local, Table) else Table(local)
        return self._analysis("harmonize", locals())
