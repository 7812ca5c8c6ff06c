# SPDX-License-Identifier: Apache-2.0
"""What an initiative holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ._calls import Owner
from ._errors import InvalidArgument
from ._help import helpful_class
from ._native import library
from ._options import encoded
from .table import Table, ask, call


@helpful_class
class Info(NamedTuple):
    """What the package reports of the whole."""

    name: str
    title: str
    description: str
    synthetic: bool


@helpful_class
class Contents(Owner, Mapping[str, Table]):
    """Tables by name, and what they are about."""

    __slots__ = ()
    _part_of = "Initiative"

    def _table(self, function: Any, *arguments: Any) -> Table:
        return Table._own(call(function, self, *arguments))

    def _answer(self, function: Any, *arguments: Any, **options: Any) -> Table:
        return Table._own(ask(function, self, *arguments, **options))

    @property
    def info(self) -> Info:
        """Name, title, description, and whether it is made up."""
        row: dict[str, Any] = self._table(library.cw_initiative_info)[0]
        return Info(row["name"] or "", row["title"] or "", row["description"] or "", bool(row["synthetic"]))

    @property
    def summary(self) -> Table:
        """What there is: item, count, detail."""
        return self._table(library.cw_initiative_summary)

    @property
    def diagnostics(self) -> Table:
        """Findings of loading that did not stop it: severity, code, file, row, field, record, message."""
        return self._table(library.cw_initiative_diagnostics)

    def check(self) -> Table:
        """`diagnostics`, and what cannot be right in the records: a rating off its scale, an answer from one who did not exist yet."""
        return self._table(library.cw_initiative_check)

    @property
    def tables(self) -> Table:
        """The tables that `initiative[name]` knows: table, kind (nodes, edges, records), rows."""
        return self._table(library.cw_initiative_tables)

    @property
    def indicators(self) -> Table:
        """Definitions with defaults filled in: id, name, unit, kind, direction, operators, factor, formula, ..."""
        return self._table(library.cw_initiative_indicators)

    def __getitem__(self, name: str) -> Table:
        """One table as the folder format has it; KeyError where there is none of that name."""
        try:
            return self._table(library.cw_initiative_table, encoded(name, "the name of a table"))
        except InvalidArgument as e:
            raise KeyError(e.message) from e

    def __iter__(self) -> Iterator[str]:
        return iter([str(name) for name in self.tables["table"]])

    def __len__(self) -> int:
        return len(self.tables)

    def __contains__(self, name: object) -> bool:
        return name in self.tables["table"].to_list()

    # Two handles are two things; to compare what they hold, compare what pack() gives.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        if not self._finalizer.alive:
            return "<Initiative, closed>"
        counts = {row["item"]: row["count"] for row in self.summary}
        info = self.info
        known = [f"{counts[k]:,} {k}" for k in ("organizations", "groups", "indicators", "observations") if counts.get(k)]
        return f"<Initiative {(info.title or info.name or 'without a title')!r}: {', '.join(known) or 'empty'}>"
