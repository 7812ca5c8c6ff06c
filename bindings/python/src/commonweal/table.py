# SPDX-License-Identifier: Apache-2.0
"""Tables: every answer of the library, and what goes in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Optional, Union, overload

from . import _abi as abi
from . import _arrow, _calls, _columns, _incoming
from ._calls import Owner, take_buffer
from ._help import did_you_mean, helpful_class, no_attribute
from ._native import library
from ._print import render, render_html
from ._progress import Listener, Progress
from .column import KINDS, Column, Value

if TYPE_CHECKING:
    import numpy
    import pandas
    import polars
    import pyarrow

#: What a table can be made of: a Table, any producer of Arrow data (`__arrow_c_stream__`, `__arrow_c_array__`: pyarrow, polars,
#: pandas, DuckDB), columns by name (lists, arrays, series) or rows (dicts).
TableLike = Any


@helpful_class
class Table(Owner):
    """Immutable typed columns of equal length.

    A table reads as a sequence of rows (dicts) and, by name, of columns:

    >>> import commonweal as cw
    >>> table = cw.Table({"reporter": ["a", "b"], "value": [1.5, None]})
    >>> len(table), table.columns
    (2, ('reporter', 'value'))
    >>> table[0]
    {'reporter': 'a', 'value': 1.5}
    >>> list(table["value"])
    [1.5, None]

    It is made from anything that holds columns or rows, and goes out as Arrow (`__arrow_c_stream__`), pandas, polars, a dict, NumPy
    arrays or CSV. Missing is None (null in Arrow), and never NaN in what the library answers.

    Making one copies every column once: columns of numbers without nulls as blocks of memory, whether they come by Arrow or as
    NumPy arrays. Nothing is kept of the input. Going out by Arrow and as NumPy arrays borrows the memory (booleans are packed
    into bits for Arrow).
    """

    __slots__ = ("_cache", "_rows")

    def __init__(self, data: TableLike) -> None:
        self._take(_incoming.form_of(data))

    def _take(self, form: _incoming.Form) -> None:
        if isinstance(form, _columns.Columns):
            self._hold(call(library.cw_table_from_columns, *form.arguments()))
        elif isinstance(form, tuple):
            self._hold(call(library.cw_table_import_array, *form))
        else:
            self._hold(call(library.cw_table_import, form))

    def _hold(self, handle: Any) -> None:
        super().__init__(handle, library.cw_table_free)
        self._rows: int = call(library.cw_table_rows, handle).value
        self._cache: Optional[dict[str, Column]] = None

    @classmethod
    def _of(cls, form: _incoming.Form) -> Table:
        out = cls.__new__(cls)
        out._take(form)
        return out

    @classmethod
    def _own(cls, handle: Any) -> Table:
        out = cls.__new__(cls)
        out._hold(handle)
        return out

    def _by_name(self) -> dict[str, Column]:
        if self._cache is None:
            found = [abi.init_cw_column() for _ in range(call(library.cw_table_column_count, self).value)]
            for i, raw in enumerate(found):
                call(library.cw_table_column, self, i, raw)
            self._cache = {c.name: c for c in (Column(self, raw, self._rows) for raw in found)}
        return self._cache

    # ---- what there is
    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._by_name())

    @property
    def schema(self) -> dict[str, str]:
        """The type of each column: "int64", "float64", "utf8", "boolean" or "date"."""
        return {name: c.type for name, c in self._by_name().items()}

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self._rows, len(self._by_name())

    def __len__(self) -> int:
        return self._rows

    def __contains__(self, name: object) -> bool:
        return name in self._by_name()

    @overload
    def __getitem__(self, at: str) -> Column: ...
    @overload
    def __getitem__(self, at: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, at: slice) -> Table: ...
    def __getitem__(self, at: Union[str, int, slice]) -> Union[Column, dict[str, Value], Table]:
        """A column by its name, a row by its number, or some rows as a table (a copy)."""
        columns = self._by_name()
        if isinstance(at, str):
            try:
                return columns[at]
            except KeyError:
                raise KeyError(f"there is no column {at}; there are {', '.join(columns)}{did_you_mean(at, columns)}") from None
        if isinstance(at, slice):
            return self._sliced(at)
        if isinstance(at, bool) or not hasattr(at, "__index__"):
            raise TypeError("a table takes the name of a column, the number of a row or a slice of rows")
        if not -self._rows <= at < self._rows:
            raise IndexError(f"row {at} of {self._rows}")
        return {name: c[at] for name, c in columns.items()}

    def __iter__(self) -> Iterator[dict[str, Value]]:
        columns = self._by_name()
        names = tuple(columns)
        for values in zip(*(c.to_list() for c in columns.values())):
            yield dict(zip(names, values))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        if self is other:
            return True
        if self.schema != other.schema or self.columns != other.columns or self._rows != other._rows:
            return False
        return all(c == other[name] for name, c in self._by_name().items())

    __hash__ = None  # type: ignore[assignment]

    def head(self, rows: int = 5) -> Table:
        """The first rows, as a table (a copy)."""
        return self[: max(0, rows)]

    def _sliced(self, at: slice) -> Table:
        out = _columns.Columns()
        for name, c in self._by_name().items():
            out.add_typed(name, KINDS[c.type], c[at])
        return Table._of(out)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            raise no_attribute(self, name, () if name.startswith("_") else self.columns)

    # ---- out
    def to_dict(self) -> dict[str, list[Value]]:
        """Columns by name, as lists of Python values; missing is None."""
        return {name: c.to_list() for name, c in self._by_name().items()}

    def to_records(self) -> list[dict[str, Value]]:
        """Rows as dicts; missing is None."""
        return list(self)

    def to_numpy(self) -> dict[str, numpy.ndarray[Any, Any]]:
        """Columns by name, as NumPy arrays; see `Column.to_numpy` for what is borrowed."""
        return {name: c.to_numpy() for name, c in self._by_name().items()}

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame; a copy.

        Text becomes pandas' own text, days datetime64[s]; whole numbers and truth with missing values become the nullable Int64 and
        boolean. Missing is NaN, NaT or NA. Needs no pyarrow.
        """
        import pandas

        out = {name: c._series() for name, c in self._by_name().items()}
        return pandas.DataFrame(out, columns=list(out), index=pandas.RangeIndex(self._rows))

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame, through Arrow; numbers and days are not copied."""
        import polars

        return polars.DataFrame(self)

    def to_arrow(self) -> pyarrow.Table:
        """A pyarrow Table, without a copy but for booleans; it keeps this memory alive."""
        import pyarrow

        return pyarrow.table(self)

    def to_csv(self, path: Optional[str] = None) -> str:
        """RFC 4180 text with a header, as the command line writes it (`--format csv`); also into a file where a path is given."""
        text = take_buffer(call(library.cw_table_csv, self)).decode()
        if path is not None:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        return text

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """An `arrow_array_stream` capsule of one batch: int64, double, large utf8, bool, date32. Of the requested schema, which is
        best effort by the protocol, one thing is followed: text comes as a dictionary where the field of its name is one."""
        schema = None if requested_schema is None else _arrow.schema_of(requested_schema)
        return _arrow.stream_capsule(partial(call, library.cw_table_export_as, self, schema))

    def __arrow_c_schema__(self) -> object:
        """An `arrow_schema` capsule."""
        return _arrow.schema_capsule(partial(call, library.cw_table_export, self))

    # ---- copies
    def __copy__(self) -> Table:
        return self

    def __deepcopy__(self, memo: object) -> Table:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _table_again, ([c._raw() for c in self._by_name().values()],)

    # ---- for a person
    def __repr__(self) -> str:
        return render(self._by_name(), self._rows, shutil.get_terminal_size((100, 24)).columns)

    def _repr_html_(self) -> str:
        return render_html(self._by_name(), self._rows)


def _table_again(raw: list[Any]) -> Table:
    columns = _columns.Columns()
    for name, kind, rows, data, validity, offsets in raw:
        columns.add_raw(name, kind, rows, data, validity, offsets)
    return Table._of(columns)


#: Calls a fallible function, whose errors bring their findings as a table.
call = partial(_calls.call, findings=Table._own)


def ask(function: Any, *arguments: Any, options: Any = None, progress: Optional[Progress] = None) -> Any:
    """The output of a long call, which reports its progress and can be stopped."""
    with Listener(progress) as listener:
        if options is None:
            return call(function, *arguments, listener)
        options.progress = listener._as_parameter_
        return call(function, *arguments, options)


def feed(data: TableLike, add_stream: Any, add_table: Any, *to: Any) -> None:
    """Gives rows to what takes them: a stream as it comes, anything else as a table."""
    given = data if isinstance(data, Table) else _incoming.form_of(data)
    if isinstance(given, _arrow.Lent):
        call(add_stream, *to, given)
    else:
        call(add_table, *to, given if isinstance(given, Table) else Table._of(given))
