# SPDX-License-Identifier: Apache-2.0
"""Analyses by their words, and what parts of a whole say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from ._errors import InvalidArgument
from ._help import did_you_mean, helpful_class
from ._options import Period, Words
from ._progress import Progress
from ._questions import ANALYSES
from ._series import Series
from ._text import visible
from .table import Table, TableLike


@helpful_class
class Analyses(Series):
    """Analyses."""

    __slots__ = ()
    _part_of = "Initiative"

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
