# SPDX-License-Identifier: Apache-2.0
"""Builders: tables on their way to an initiative."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Optional

from . import _abi as abi
from ._arrow import stream_of
from ._native import Owner, call, encoded, flag, helpful, helpful_class, library, pointer, text, visible
from .table import Table, TableLike, stream_capsule_of

if TYPE_CHECKING:
    from .initiative import Initiative


@helpful_class
class Builder(Owner):
    """Tables gathered in any order and checked together.

    >>> import commonweal as cw
    >>> builder = cw.Builder(title="Our Town")
    >>> builder.add("groups", {"id": ["council"], "name": ["Council"]})
    <Builder: groups>
    >>> builder.add("organizations", [{"id": "school"}, {"id": "clinic"}])
    <Builder: groups, organizations>
    >>> builder.add("member_of", {"from": ["school", "clinic"], "to": ["council", "council"]})
    <Builder: groups, organizations, member_of>
    >>> builder.add("indicators", {"id": ["served"], "kind": ["count"], "unit": ["people"]})
    <Builder: groups, organizations, member_of, indicators>
    >>> builder.add("observations", {"reporter": ["school", "clinic"], "indicator": ["served"] * 2, "period": [2024] * 2, "value": [3, 4.0]})
    <Builder: groups, organizations, member_of, indicators, observations>
    >>> builder.finish().rollup()[0]["value"]
    7.0

    A builder has one owner: two threads may not use it at once. It keeps its tables, so that one may mend what `finish` refuses
    and finish again, until it is closed or let go.
    """

    __slots__ = ("_names",)

    def __init__(
        self,
        initiative: Optional[Initiative] = None,
        *,
        name: Optional[str] = None,
        title: Optional[str] = None,
        description: Optional[str] = None,
        synthetic: Optional[bool] = None,
    ) -> None:
        """An empty builder, or one that holds the tables of an initiative, to edit.

        Args:
            initiative: whose tables to begin with.
            name: short name of the package, as `title` and `description` what it says of itself.
            synthetic: True says that the initiative is made up.
        """
        handle = pointer(abi.cw_builder)
        if initiative is None:
            call(library.cw_builder_new, ctypes.byref(handle))
        else:
            call(library.cw_builder_from, initiative._handle, ctypes.byref(handle))
        super().__init__(handle, library.cw_builder_free)
        self._names: dict[str, None] = {}
        before = {"name": "", "title": "", "description": "", "synthetic": False}
        if initiative is not None:
            self._names = dict.fromkeys(str(name) for name in initiative)
            before = dict(zip(before, initiative.info))
        given = {"name": name, "title": title, "description": description, "synthetic": synthetic}
        if any(v is not None for v in given.values()):
            after: dict[str, Any] = {k: before[k] if v is None else v for k, v in given.items()}
            info = abi.init_cw_info(
                synthetic=flag(after["synthetic"]), **{k: text(after[k], k) for k in ("name", "title", "description")}
            )
            call(library.cw_builder_set_info, self._handle, ctypes.byref(info))

    def add(self, resource: str, data: TableLike) -> Builder:
        """Adds rows to a table of the folder format; O(cells).

        Args:
            resource: "organizations", "member_of", "observations", ... (docs/folder-format.md), or a name of your own for records
                that are kept as they are.
            data: anything that `Table` takes. Text passes for periods, days and numbers, whole numbers for ids. In observations
                NaN is a blank; a blank is missing and never zero.

        Returns:
            The builder, so that calls can be chained. May be called as often as there are batches.
        """
        name, capsule = encoded(resource, "resource"), stream_capsule_of(data)
        if capsule is not None:
            call(library.cw_builder_add_stream, self._handle, name, len(name), stream_of(capsule))
        else:
            table = data if isinstance(data, Table) else Table(data)
            call(library.cw_builder_add_table, self._handle, name, len(name), table._handle)
        self._names[resource] = None
        return self

    def remove(self, resource: str) -> Builder:
        """Drops every row added under the name; InvalidArgument where there are none."""
        name = encoded(resource, "resource")
        call(library.cw_builder_remove, self._handle, name, len(name))
        self._names.pop(resource, None)
        return self

    def finish(self) -> Initiative:
        """Checks all of it and makes the initiative; the builder may go on.

        Raises:
            InvalidData: with every finding in `diagnostics`; rows count from 0 over everything added under a name.
        """
        from .initiative import Initiative

        out = pointer(abi.cw_initiative)
        call(library.cw_builder_finish, self._handle, ctypes.byref(out))
        return Initiative._own(out)

    def close(self) -> None:
        """Frees the tables now."""
        self._finalizer()

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return visible(f"<Builder: {', '.join(self._names) or 'empty'}>")


@helpful
def from_tables(
    tables: Mapping[str, TableLike],
    *,
    name: Optional[str] = None,
    title: Optional[str] = None,
    description: Optional[str] = None,
    synthetic: Optional[bool] = None,
) -> Initiative:
    """An initiative of tables by the names of the folder format; the short form of `Builder`.

    >>> import commonweal as cw
    >>> town = cw.from_tables({"groups": {"id": ["council"]}, "goals": {"id": ["health"]}}, title="Our Town")
    >>> town.info.title
    'Our Town'
    """
    with Builder(name=name, title=title, description=description, synthetic=synthetic) as builder:
        for resource, data in tables.items():
            builder.add(resource, data)
        return builder.finish()
