# SPDX-License-Identifier: Apache-2.0
"""Where the initiative stands: conditions, links, the backbone, the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

from . import _abi as abi
from ._analyses import Analyses
from ._calls import take_buffer
from ._help import helpful_class
from ._native import library
from ._options import Day, Words, encoded, options
from ._progress import Progress
from .table import Table, call


@helpful_class
class Judgements(Analyses):
    """Judgements."""

    __slots__ = ()
    _part_of = "Initiative"

    def assess(
        self,
        *,
        as_of: Optional[Day] = None,
        compare: Optional[Day] = None,
        only: Optional[Words] = None,
        policy: str = "gate",
        rubric: Optional[str] = None,
        scheme: str = "three",
        currency: str = "USD",
        progress: Optional[Progress] = None,
    ) -> Table:
        """Preconditions, conditions, backbone and phase, judged with the evidence; a row for each criterion.

        Args:
            as_of: judge on this day (default: the last day with data).
            compare: what moved since this day, instead of the judgements.
            only: criteria that begin so: precondition, condition, backbone, phase, condition.common_agenda.
            policy: preconditions as a gate or to cultivate: gate, cultivate.
            rubric: run this instrument instead: readiness, checklist, factors, principles, feasibility, contrast, or one of the
                initiative's own.
            scheme: phase scheme.
            currency: currency in which money is added.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.

        Returns:
            criterion, question, verdict (met, partly, not_met, unknown), score, scale, evidence_for, evidence_against, rule, missing, ...

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.assess(only="precondition.resources")["verdict"][0]
        'partly'
        """
        return self._answer(library.cw_assess, options=options(abi.cw_assess_options, locals()), progress=progress)

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
        return self._table(library.cw_default_day)

    def duration(self, *, as_of: Optional[Day] = None) -> Table:
        """Months that the first two phases may take, as of a day: low, high, and the arithmetic in words."""
        return self._table(library.cw_duration, encoded(as_of or "", "as_of"))

    def report(
        self,
        *,
        as_of: Optional[Day] = None,
        group: Optional[str] = None,
        flat: float = 0.005,
        full: bool = False,
        width: int = 80,
        ascii: bool = False,
        color: bool = False,
    ) -> str:
        """Who the initiative is, where its measures stand, and what is wrong with the data: the text of `commonweal report`.

        Args:
            as_of: structure and figures up to this day (default: the last day with data).
            group: this group and what is below it (default: the whole).
            flat: a change of at most this share of the baseline is flat.
            full: cut no list.
            width: columns to fill.
            ascii: no letters and lines beyond ASCII.
            color: with the escape sequences of terminals.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> print(care.report().splitlines()[1])
        As of 2010-12-31, the last day of the data
        """
        return take_buffer(call(library.cw_report, self, options(abi.cw_report_options, locals()))).decode()

    def report_tables(
        self, name: Optional[str] = None, *, as_of: Optional[Day] = None, group: Optional[str] = None, flat: float = 0.005
    ) -> Table:
        """The content of the report as a table; without a name the tables there are.

        Args:
            name: summary, who, groups, goals, measures, series, scorecard or problems.
            as_of, group, flat: as for `report`.

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.report_tables("measures")["verdict"][:]
        ['right', 'right', 'right']
        """
        given = options(abi.cw_report_options, locals(), "name")
        return self._table(library.cw_report_tables, given, encoded(name or "", "name"))

    def lint(
        self,
        *,
        as_of: Optional[Day] = None,
    ) -> Table:
        """Links that are missing on a day: strategies without measures, groups without members, ... with how to fix each.

        Args:
            as_of: links on this day (default: the last day with data).

        >>> import commonweal as cw
        >>> care = cw.load("docs/initiatives/communities-that-care")
        >>> care.lint()[0]["mend"]
        'add a row to measured_by.csv from the strategy to an indicator'
        """
        return self._table(library.cw_lint, encoded(as_of or "", "as_of"))

    def select(
        self,
        show: str = "rank",
        *,
        weight: Optional[Mapping[str, float]] = None,
        seed: int = 1,
        deadline: Optional[Day] = None,
        coordination_cost: float = 0.0,
        as_of: Optional[Day] = None,
    ) -> Table:
        """Compares the candidates for the backbone, and what it costs.

        Args:
            show: which table: rank, tensions, share, uncovered, budget.
            weight: rank: weight of a criterion (default: all alike).
            seed: rank: seed of the random weightings that test how firm it is.
            deadline: rank: day by which to decide.
            coordination_cost: share: cost of each organization after the first.
            as_of: budget: its day (default: the last day with data).
        """
        return self._table(library.cw_select, options(abi.cw_select_options, locals()))
