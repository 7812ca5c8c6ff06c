# SPDX-License-Identifier: Apache-2.0
"""Initiatives: loading, asking, saving."""

from __future__ import annotations

import ctypes
import html
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Optional, Union

from . import _abi as abi
from ._native import (
    Day,
    InvalidArgument,
    Listener,
    Owner,
    Period,
    Progress,
    Words,
    call,
    day,
    day_text,
    encoded,
    flag,
    helpful,
    helpful_class,
    library,
    path_bytes,
    period,
    period_text,
    pointer,
    several,
    take_buffer,
    text,
    texts,
    visible,
    weighted,
    whole,
    words,
)
from .builder import Builder
from .network import Network
from .table import Table, TableLike

if TYPE_CHECKING:
    from .plot import Plot

AnyPath = Union[str, "os.PathLike[str]"]


@helpful_class
class Info(NamedTuple):
    """What the package says of the whole."""

    name: str
    title: str
    description: str
    synthetic: bool


@helpful
def load(path: AnyPath, *, progress: Optional[Progress] = None) -> Initiative:
    """Reads a folder, a datapackage.json or a packed file.

    Args:
        path: of the folder or file.
        progress: told the share done (0 to 1) and what is being done. What it raises ends the loading.

    Raises:
        InvalidData: the data does not hold; `diagnostics` has every finding with file, row and field.
        IoError: there is no such file, or it cannot be read.

    >>> import commonweal as cw
    >>> care = cw.load("docs/initiatives/communities-that-care")
    >>> for row in care.rollup(group="coordinating-council", from_=2010):
    ...     print(row["indicator"], row["value"])
    teen-binge-drinking 69.0
    teen-cigarette-smoking 68.0
    teen-marijuana-use 82.0
    """
    name, out = path_bytes(path), pointer(abi.cw_initiative)
    with Listener(progress) as listener:
        call(library.cw_load, name, len(name), listener.progress, ctypes.byref(out))
        return Initiative._own(out)


@helpful
def read_folder(path: AnyPath, *, progress: Optional[Progress] = None) -> Initiative:
    """Reads a folder; `load` under the name that says so."""
    return load(path, progress=progress)


@helpful
def check(path: AnyPath, *, progress: Optional[Progress] = None) -> Table:
    """Every finding of a folder or a packed file, those about its records too, whether or not it loads.

    Returns:
        severity (error, warning, note), code (docs/diagnostics.md), file, row (the header is row 1), field, record, message.

    >>> import commonweal as cw
    >>> len(cw.check("docs/initiatives/communities-that-care"))
    0
    """
    name, out = path_bytes(path), pointer(abi.cw_table)
    with Listener(progress) as listener:
        call(library.cw_check, name, len(name), listener.progress, ctypes.byref(out))
        return Table._own(out)


@helpful
def sample(
    path: Optional[AnyPath] = None,
    *,
    reporters: int = 200,
    groups: int = 20,
    periods: int = 36,
    indicators: int = 5,
    seed: int = 1,
    progress: Optional[Progress] = None,
) -> Initiative:
    """Writes a synthetic initiative, to try things with, and reads it. The same options give the same bytes on any machine.

    Args:
        path: a folder that is new, empty or an older sample; None: a temporary one, gone when this returns.
        reporters, groups: how many; at least four groups.
        periods: months from 2020-01.
        indicators: 1 to 5 of people served (count), dollars spent (amount), households housed (ratio), a waiting list (stock) and
            well-being (index).

    >>> import commonweal as cw
    >>> cw.sample(reporters=40, groups=9, periods=24)
    <Initiative 'Synthetic initiative of 40 organizations': 45 organizations, 9 groups, 5 indicators, 1,841 observations>
    """
    for name, value in (("reporters", reporters), ("groups", groups), ("periods", periods), ("indicators", indicators)):
        whole(value, name, 32)
    whole(seed, "seed")
    if path is None:
        with tempfile.TemporaryDirectory() as folder:
            return sample(
                Path(folder) / "sample",
                reporters=reporters,
                groups=groups,
                periods=periods,
                indicators=indicators,
                seed=seed,
                progress=progress,
            )
    options = abi.init_cw_sample_options(reporters=reporters, groups=groups, periods=periods, indicators=indicators, seed=seed)
    name_bytes = path_bytes(path)
    with Listener(progress) as listener:
        call(library.cw_sample, name_bytes, len(name_bytes), ctypes.byref(options), listener.progress)
    return load(path)


@helpful
def catalogue(list: Optional[str] = None) -> Table:
    """What the literature fixes: the list of that name, or, without one, the lists there are.

    >>> import commonweal as cw
    >>> cw.catalogue("conditions")["id"][:2]
    ['common_agenda', 'shared_measurement']
    """
    name, out = encoded(list or "", "list"), pointer(abi.cw_table)
    call(library.cw_catalogue, name, len(name), ctypes.byref(out))
    return Table._own(out)


def _rollup_options(
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
) -> Any:
    indicators, n_indicators = texts(words(indicator, "indicator"), "indicator")
    groups, n_groups = texts(words(group, "group"), "group")
    return abi.init_cw_rollup_options(
        indicators=indicators,
        n_indicators=n_indicators,
        groups=groups,
        n_groups=n_groups,
        every=text(every, "every"),
        to=period(to, "to"),
        as_of=day(as_of, "as_of"),
        membership=text(membership, "membership"),
        missing=text(missing, "missing"),
        minimum_coverage=minimum_coverage,
        adjustment=adjustment,
        breakdown=text(breakdown, "breakdown"),
        **{"from": period(from_, "from_")},
    )


@helpful_class
class Initiative(Owner, Mapping[str, Table]):
    """A checked, immutable initiative; any number of threads may use one, and none waits for another.

    It is a mapping of its tables by the names of the folder format:

    >>> import commonweal as cw
    >>> care = cw.load("docs/initiatives/communities-that-care")
    >>> care
    <Initiative 'Communities That Care Coalition of Franklin County and the North Quabbin': 13 organizations, 8 groups, 3 indicators, 6 observations>
    >>> care["groups"]["kind"][0]
    'oversight'
    >>> "organizations" in care
    True

    Everywhere: ids of groups and indicators are one text or a list of them; periods are "2024", "2024-Q1", "2024-03", "2024-W05",
    "2024-03-15" or a year as a whole number; days are "2024-03-15" or a `datetime.date`; words are those of the command line.
    Missing is None in tables, with the reason in a column `state`; it is never zero and never NaN.

    Pickling sends the packed bytes (`pack`), so that initiatives reach the workers of multiprocessing, Dask or Spark.
    """

    __slots__ = ()

    def __init__(self, path: AnyPath, *, progress: Optional[Progress] = None) -> None:
        """The same as `load`."""
        other = load(path, progress=progress)
        other._finalizer.detach()
        super().__init__(other._handle, library.cw_initiative_free)

    @classmethod
    def _own(cls, handle: Any) -> Initiative:
        out = cls.__new__(cls)
        Owner.__init__(out, handle, library.cw_initiative_free)
        return out

    @classmethod
    def from_bytes(cls, data: Union[bytes, bytearray, memoryview]) -> Initiative:
        """The initiative of packed bytes. InvalidData where a byte was cut or changed."""
        data, out = bytes(data), pointer(abi.cw_initiative)
        call(library.cw_unpack, data, len(data), ctypes.byref(out))
        return cls._own(out)

    # ---- what it holds
    def _ask(self, function: Any) -> Table:
        out = pointer(abi.cw_table)
        call(function, self._handle, ctypes.byref(out))
        return Table._own(out)

    @property
    def info(self) -> Info:
        """Name, title, description, and whether it is made up."""
        row: dict[str, Any] = self._ask(library.cw_initiative_info)[0]
        return Info(row["name"] or "", row["title"] or "", row["description"] or "", bool(row["synthetic"]))

    @property
    def summary(self) -> Table:
        """What there is: item, count, detail."""
        return self._ask(library.cw_initiative_summary)

    @property
    def diagnostics(self) -> Table:
        """Findings of loading that did not stop it: severity, code, file, row, field, record, message."""
        return self._ask(library.cw_initiative_diagnostics)

    def check(self) -> Table:
        """`diagnostics`, and what cannot be right in the records: a rating off its scale, an answer from one who did not exist yet."""
        return self._ask(library.cw_initiative_check)

    @property
    def tables(self) -> Table:
        """The tables that `initiative[name]` knows: table, kind (nodes, edges, records), rows."""
        return self._ask(library.cw_initiative_tables)

    @property
    def indicators(self) -> Table:
        """Definitions with defaults filled in: id, name, unit, kind, direction, operators, factor, formula, ..."""
        return self._ask(library.cw_initiative_indicators)

    @property
    def network(self) -> Network:
        """The typed graph: measures, and exports to networkx and igraph."""
        return Network(self)

    @property
    def plot(self) -> Plot:
        """Drawings, with matplotlib (`pip install commonweal[plot]`)."""
        from .plot import Plot

        return Plot(self)

    def __getitem__(self, name: str) -> Table:
        """One table as the folder format has it; KeyError where there is none of that name."""
        label, out = encoded(name, "the name of a table"), pointer(abi.cw_table)
        try:
            call(library.cw_initiative_table, self._handle, label, len(label), ctypes.byref(out))
        except InvalidArgument as e:
            raise KeyError(e.message) from e
        return Table._own(out)

    def __iter__(self) -> Iterator[str]:
        return iter([str(name) for name in self.tables["table"]])

    def __len__(self) -> int:
        return len(self.tables)

    def __contains__(self, name: object) -> bool:
        return name in self.tables["table"].to_list()

    # Two handles are two things; to compare what they hold, compare what pack() gives.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    # ---- figures
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
            progress: told the share done (0 to 1) and what is being done. What it raises ends the work.

        Returns:
            A row for each group, indicator and period: group, indicator, period, value, numerator, denominator (in the unit of the
            indicator), reported, expected, coverage (0 to 1), lower, upper, state, structure_date. Where value is None, state says why.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.rollup(indicator="teen-marijuana-use", group="coordinating-council", every="year", from_=2002)["value"][0]
        100.0
        """
        options = _rollup_options(
            indicator, group, every, from_, to, as_of, membership, missing, minimum_coverage, adjustment, breakdown
        )
        out = pointer(abi.cw_table)
        with Listener(progress) as listener:
            options.progress = listener.progress
            call(library.cw_rollup, self._handle, ctypes.byref(options), ctypes.byref(out))
            return Table._own(out)

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
        options = _rollup_options(
            as_of=as_of,
            membership=membership,
            missing=missing,
            minimum_coverage=minimum_coverage,
            adjustment=adjustment,
            breakdown=breakdown,
        )
        names = [encoded(group, "group"), encoded(indicator, "indicator"), period_text(period, "period")]
        out = pointer(abi.cw_table)
        given = [argument for name in names for argument in (name, len(name))]
        call(library.cw_explain, self._handle, *given, ctypes.byref(options), ctypes.byref(out))
        return Table._own(out)

    # ---- what the figures say
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
            progress: told the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        for name, count in (("top", top), ("horizon", horizon)):
            whole(count, name)
        reporters, n_reporters = texts(words(reporter, "reporter"), "reporter")
        ranked, n_order = texts(words(order, "order"), "order")
        weights, n_standard = weighted(standard, "standard")
        observations = None if local is None else local if isinstance(local, Table) else Table(local)
        indicators, n_indicators = texts(words(indicator, "indicator"), "indicator")
        groups, n_groups = texts(words(group, "group"), "group")
        days, n_days = texts(several(as_of), "as_of", day)
        rule_sets, n_rules = texts(words(rules, "rules"), "rules")
        new_phases, n_phases = texts(several(phases), "phases", period)
        ghost_periods, n_ghosts = texts(several(ghosts), "ghosts", period)
        options = abi.init_cw_analyze_options(
            indicators=indicators,
            n_indicators=n_indicators,
            groups=groups,
            n_groups=n_groups,
            every=text(every, "every"),
            to=period(to, "to"),
            confidence=confidence,
            flat=flat,
            days=days,
            n_days=n_days,
            test=text(test, "test"),
            basis=text(basis, "basis"),
            path=text(path, "path"),
            chart=text(chart, "chart"),
            rules=rule_sets,
            n_rules=n_rules,
            phases=new_phases,
            n_phases=n_phases,
            freeze=period(freeze, "freeze"),
            ghosts=ghost_periods,
            n_ghosts=n_ghosts,
            screen=flag(screen),
            chart_phases=flag(chart_phases),
            reporters=reporters,
            n_reporters=n_reporters,
            show=text(show, "show"),
            method=text(method, "method"),
            reconcile=text(reconcile, "reconcile"),
            by=text(by, "by"),
            reference=text(reference, "reference"),
            top=top,
            horizon=horizon,
            local=None if observations is None else observations._handle,
            compare=text(compare, "compare"),
            order=ranked,
            n_order=n_order,
            standard=weights,
            n_standard=n_standard,
            tolerance=tolerance,
            all=flag(all),
            **{"from": period(from_, "from_")},
        )
        label, out = encoded(what, "what"), pointer(abi.cw_table)
        with Listener(progress) as listener:
            options.progress = listener.progress
            call(library.cw_analyze, self._handle, label, len(label), ctypes.byref(options), ctypes.byref(out))
            return Table._own(out)

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
        return self.analyze(
            "trend",
            indicator=indicator,
            group=group,
            reporter=reporter,
            every=every,
            from_=from_,
            to=to,
            confidence=confidence,
            test=test,
        )

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
        return self.analyze(
            "card",
            indicator=indicator,
            group=group,
            reporter=reporter,
            every=every,
            from_=from_,
            to=to,
            confidence=confidence,
            flat=flat,
            as_of=as_of,
            basis=basis,
        )

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
        return self.analyze(
            "target",
            indicator=indicator,
            group=group,
            reporter=reporter,
            every=every,
            from_=from_,
            to=to,
            confidence=confidence,
            as_of=as_of,
            path=path,
        )

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
        return self.analyze(
            "chart",
            indicator=indicator,
            group=group,
            reporter=reporter,
            every=every,
            from_=from_,
            to=to,
            chart=chart,
            rules=rules,
            phases=phases,
            freeze=freeze,
            ghosts=ghosts,
            screen=screen,
            chart_phases=chart_phases,
        )

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
        return self.analyze("summary", indicator=indicator, group=group, reporter=reporter, every=every, from_=from_, to=to)

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
        return self.analyze(
            "forecast",
            indicator=indicator,
            group=group,
            reporter=reporter,
            every=every,
            from_=from_,
            to=to,
            confidence=confidence,
            as_of=as_of,
            method=method,
            horizon=horizon,
            reconcile=reconcile,
            progress=progress,
        )

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
        return self.analyze(
            "quality",
            indicator=indicator,
            reporter=reporter,
            from_=from_,
            to=to,
            as_of=as_of,
            show=show,
            top=top,
            progress=progress,
        )

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
        return self.analyze("contributions", indicator=indicator, group=group, every=every, from_=from_, to=to)

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
        return self.analyze(
            "gaps",
            indicator=indicator,
            group=group,
            every=every,
            to=to,
            by=by,
            reference=reference,
            confidence=confidence,
        )

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
        return self.analyze(
            "equity",
            indicator=indicator,
            group=group,
            every=every,
            to=to,
            by=by,
            compare=compare,
            reference=reference,
            order=order,
            confidence=confidence,
        )

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
        return self.analyze(
            "standardized",
            indicator=indicator,
            group=group,
            every=every,
            to=to,
            by=by,
            compare=compare,
            standard=standard,
            confidence=confidence,
        )

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
        return self.analyze("reversals", indicator=indicator, group=group, every=every, to=to, by=by, compare=compare)

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
        return self.analyze(
            "breakdowns", indicator=indicator, reporter=reporter, from_=from_, to=to, tolerance=tolerance, all=all
        )

    def harmonize(self, local: TableLike, *, show: Optional[str] = None) -> Table:
        """Maps local observations to the shared measures, by measure_map.csv of the initiative.

        Args:
            local: reporter, local, period, value, and optionally breakdown, name, unit.
            show: report (default), observations, lineage, matches.
        """
        return self.analyze("harmonize", local=local, show=show)

    # ---- judgements
    def assess(
        self,
        *,
        as_of: Optional[Day] = None,
        compare: Optional[Day] = None,
        only: Optional[Words] = None,
        policy: Optional[str] = None,
        rubric: Optional[str] = None,
        scheme: Optional[str] = None,
        currency: Optional[str] = None,
        progress: Optional[Progress] = None,
    ) -> Table:
        """Preconditions, conditions, backbone and phase, judged with the evidence; a row for each criterion.

        Args:
            as_of: judged on this day; by default `default_day`.
            compare: what moved since this day, instead of the judgements.
            only: criteria that begin so ("precondition").
            policy: gate, or cultivate: what missing preconditions mean.
            rubric: run this instrument instead (readiness, checklist, factors, ..., or one of the initiative's own).
            scheme: phase scheme; three by default.
            currency: in which money is added; USD by default.
            progress: told the share done (0 to 1) and what is being done. What it raises ends the work.

        Returns:
            criterion, question, verdict (met, partly, not_met, unknown), score, scale, evidence_for, evidence_against, rule, missing, ...

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.assess(only="precondition.resources")["verdict"][0]
        'partly'
        """
        prefixes, n_only = texts(words(only, "only"), "only")
        options = abi.init_cw_assess_options(
            as_of=day(as_of, "as_of"),
            compare=day(compare, "compare"),
            only=prefixes,
            n_only=n_only,
            policy=text(policy, "policy"),
            rubric=text(rubric, "rubric"),
            scheme=text(scheme, "scheme"),
            currency=text(currency, "currency"),
        )
        out = pointer(abi.cw_table)
        with Listener(progress) as listener:
            options.progress = listener.progress
            call(library.cw_assess, self._handle, ctypes.byref(options), ctypes.byref(out))
            return Table._own(out)

    def default_day(self) -> Table:
        """The day of questions that name none, and where it comes from.

        One row: `day`; and `origin`, "data" (the last day with data), "named" (nothing is reported: the last day that the data names)
        or "today" (it names none: today in UTC, or the day that the environment variable COMMONWEAL_TODAY names).
        What has no dates holds on every day.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.default_day().to_records()
        [{'day': datetime.date(2010, 12, 31), 'origin': 'data'}]
        """
        out = pointer(abi.cw_table)
        call(library.cw_default_day, self._handle, ctypes.byref(out))
        return Table._own(out)

    def duration(self, *, as_of: Optional[Day] = None) -> Table:
        """Months that the first two phases may take, as of a day: low, high, and the arithmetic in words."""
        name, out = encoded(day_text(as_of, "as_of") or "", "as_of"), pointer(abi.cw_table)
        call(library.cw_duration, self._handle, name, len(name), ctypes.byref(out))
        return Table._own(out)

    def report(
        self,
        *,
        as_of: Optional[Day] = None,
        group: Optional[str] = None,
        flat: float = 0.005,
        width: int = 80,
        full: bool = False,
        ascii: bool = False,
        color: bool = False,
    ) -> str:
        """Who the initiative is, where its measures stand, and what is wrong with the data: the text of `commonweal report`.

        Args:
            as_of: structure and figures up to this day; by default `default_day`.
            group: of this group and what is below it; by default of the whole.
            flat: a change of at most this share of the baseline is flat.
            width: columns to fill, 72 to 120.
            full: cut no list.
            ascii: no letters and lines beyond ASCII.
            color: with the escape sequences of terminals.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> print(care.report().splitlines()[1])
        As of 2010-12-31, the last day of the data
        """
        whole(width, "width", 32)
        options = abi.init_cw_report_options(
            width=width,
            as_of=day(as_of, "as_of"),
            group=text(group, "group"),
            flat=flat,
            full=flag(full),
            ascii=flag(ascii),
            color=flag(color),
        )
        out = pointer(abi.cw_buffer)
        call(library.cw_report, self._handle, ctypes.byref(options), ctypes.byref(out))
        return take_buffer(out).decode()

    def lint(self, *, as_of: Optional[Day] = None) -> Table:
        """Links that are missing on a day: strategies without measures, groups without members, ... with how to mend each.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.lint()[0]["mend"]
        'add a row to measured_by.csv from the strategy to an indicator'
        """
        name, out = encoded(day_text(as_of, "as_of") or "", "as_of"), pointer(abi.cw_table)
        call(library.cw_lint, self._handle, name, len(name), ctypes.byref(out))
        return Table._own(out)

    def select(
        self,
        what: str = "rank",
        *,
        weights: Optional[Mapping[str, float]] = None,
        seed: int = 1,
        deadline: Optional[Day] = None,
        coordination_cost: float = 0.0,
        as_of: Optional[Day] = None,
    ) -> Table:
        """Compares the candidates for the backbone, and what it costs.

        Args:
            what: rank, tensions, share, uncovered, budget.
            weights: of criteria, for rank; equal where there are none.
            seed: of the random weightings that test how firm the ranking is.
            deadline: the day by which to decide.
            coordination_cost: of each organization after the first, for share.
            as_of: the day of the budget.
        """
        whole(seed, "seed")
        given, n_weights = weighted(weights, "weights")
        options = abi.init_cw_select_options(
            weights=given,
            n_weights=n_weights,
            seed=seed,
            deadline=day(deadline, "deadline"),
            coordination_cost=coordination_cost,
            as_of=day(as_of, "as_of"),
        )
        name, out = encoded(what, "what"), pointer(abi.cw_table)
        call(library.cw_select, self._handle, name, len(name), ctypes.byref(options), ctypes.byref(out))
        return Table._own(out)

    def structure(self, what: str = "whole", **options: Any) -> Table:
        """The shape of the network; see `Network.structure`."""
        return self.network.structure(what, **options)

    # ---- saving and editing
    def pack(self) -> bytes:
        """The packed form, as `from_bytes` takes it."""
        out = pointer(abi.cw_buffer)
        call(library.cw_pack, self._handle, ctypes.byref(out))
        return take_buffer(out)

    def save(self, path: AnyPath) -> None:
        """Writes the packed form into a file: whatever happens, the old file or the new one is there, and whole."""
        name = path_bytes(path)
        call(library.cw_save, self._handle, name, len(name))

    def to_folder(self, path: AnyPath, *, progress: Optional[Progress] = None) -> None:
        """Writes the folder form: datapackage.json and CSV files. A folder must be empty, or one that the library wrote."""
        name = path_bytes(path)
        with Listener(progress) as listener:
            call(library.cw_write_folder, self._handle, name, len(name), listener.progress)

    def edit(self) -> Builder:
        """A builder that holds these tables: remove, add, finish."""
        return Builder(self)

    def close(self) -> None:
        """Frees it now; tables made of it stay. Whoever uses it afterwards gets InvalidArgument."""
        self._finalizer()

    def __enter__(self) -> Initiative:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __copy__(self) -> Initiative:
        return self

    def __deepcopy__(self, memo: object) -> Initiative:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Initiative.from_bytes, (self.pack(),)

    # ---- for a person
    def __repr__(self) -> str:
        if not self._finalizer.alive:
            return "<Initiative, closed>"
        counts = {row["item"]: row["count"] for row in self.summary}
        info = self.info
        known = [f"{counts[k]:,} {k}" for k in ("organizations", "groups", "indicators", "observations") if counts.get(k)]
        return f"<Initiative {(info.title or info.name or 'without a title')!r}: {', '.join(known) or 'empty'}>"

    def _repr_html_(self) -> str:
        info = self.info
        made_up = " (synthetic)" if info.synthetic else ""
        return (
            f"<h4>{html.escape(visible(info.title or info.name))}{made_up}</h4><p>{html.escape(visible(info.description))}</p>"
            f"{self.summary._repr_html_()}"
        )
