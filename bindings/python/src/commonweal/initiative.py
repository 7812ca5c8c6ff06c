# SPDX-License-Identifier: Apache-2.0
"""Initiatives, and builders that make and edit them."""

from __future__ import annotations

import html
import os
from collections.abc import Mapping
from typing import Any, Optional, Union

from . import _abi as abi
from ._calls import Owner, take_buffer
from ._help import helpful, helpful_class
from ._judgements import Judgements
from ._native import library
from ._options import encoded, options, path_bytes
from ._progress import Progress
from ._text import visible
from .network import Network
from .plot import Plot
from .table import Table, TableLike, ask, call, feed

AnyPath = Union[str, "os.PathLike[str]"]


@helpful_class
class Initiative(Judgements):
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
        super().__init__(ask(library.cw_load, path_bytes(path), progress=progress), library.cw_initiative_free)

    @classmethod
    def _own(cls, handle: Any) -> Initiative:
        out = cls.__new__(cls)
        Owner.__init__(out, handle, library.cw_initiative_free)
        return out

    @classmethod
    def from_bytes(cls, data: Union[bytes, bytearray, memoryview]) -> Initiative:
        """The initiative of packed bytes. InvalidData where a byte was cut or changed."""
        return cls._own(call(library.cw_unpack, bytes(data)))

    @property
    def network(self) -> Network:
        """The typed graph: measures, and exports to networkx and igraph."""
        return Network(self)

    @property
    def plot(self) -> Plot:
        """Drawings, with matplotlib (`pip install commonweal[plot]`)."""
        return Plot(self)

    def structure(self, what: str = "whole", **options: Any) -> Table:
        """The shape of the network; see `Network.structure`."""
        return self.network.structure(what, **options)

    # ---- saving and editing
    def pack(self) -> bytes:
        """The packed form, as `from_bytes` takes it."""
        return take_buffer(call(library.cw_pack, self))

    def save(self, path: AnyPath) -> None:
        """Writes the packed form into a file: whatever happens, the old file or the new one is there, and whole."""
        call(library.cw_save, self, path_bytes(path))

    def to_folder(self, path: AnyPath, *, progress: Optional[Progress] = None) -> None:
        """Writes the folder form: datapackage.json and CSV files. A folder must be empty, or one that the library wrote."""
        ask(library.cw_write_folder, self, path_bytes(path), progress=progress)

    def edit(self) -> Builder:
        """A builder that holds these tables: remove, add, finish."""
        return Builder(self)

    def close(self) -> None:
        """Frees it now; tables made of it stay. Using it afterwards raises InvalidArgument."""
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

    def _repr_html_(self) -> str:
        info = self.info
        made_up = " (synthetic)" if info.synthetic else ""
        return (
            f"<h4>{html.escape(visible(info.title or info.name))}{made_up}</h4><p>{html.escape(visible(info.description))}</p>"
            f"{self.summary._repr_html_()}"
        )


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

    A builder has one owner: two threads may not use it at once. It keeps its tables, so that what `finish` refuses can be fixed and
    finished again, until it is closed or let go.
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
            name: short name of the package, `title` and `description` likewise describe it.
            synthetic: True marks the initiative as made up.
        """
        start = (library.cw_builder_new,) if initiative is None else (library.cw_builder_from, initiative)
        super().__init__(call(*start), library.cw_builder_free)
        self._names = {} if initiative is None else dict.fromkeys(initiative)
        given = {"name": name, "title": title, "description": description, "synthetic": synthetic}
        if any(v is not None for v in given.values()):
            before = {} if initiative is None else initiative.info._asdict()
            info = {k: before.get(k) if v is None else v for k, v in given.items()}
            call(library.cw_builder_set_info, self, options(abi.cw_info, info))

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
        feed(data, library.cw_builder_add_stream, library.cw_builder_add_table, self, encoded(resource, "resource"))
        self._names[resource] = None
        return self

    def remove(self, resource: str) -> Builder:
        """Drops every row added under the name; InvalidArgument where there are none."""
        call(library.cw_builder_remove, self, encoded(resource, "resource"))
        self._names.pop(resource, None)
        return self

    def finish(self) -> Initiative:
        """Checks all of it and makes the initiative; the builder may go on.

        Raises:
            InvalidData: with every finding in `diagnostics`; rows count from 0 over everything added under a name.
        """
        return Initiative._own(call(library.cw_builder_finish, self))

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
