# SPDX-License-Identifier: Apache-2.0
"""Tables: every answer of the library, and what goes in."""

from __future__ import annotations

import ctypes
import datetime
import html
import math
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Optional, Union, overload

from . import _abi as abi
from . import _arrow, _columns, _native
from ._native import (
    InvalidArgument,
    Owner,
    call,
    did_you_mean,
    helpful_class,
    library,
    no_attribute,
    pointer,
    take_buffer,
    visible,
)

if TYPE_CHECKING:
    import numpy
    import pandas
    import polars
    import pyarrow

#: One cell: None where nothing is known.
Value = Union[int, float, str, bool, datetime.date, None]
#: What a table can be made of: a Table, any producer of Arrow data (`__arrow_c_stream__`, `__arrow_c_array__`: pyarrow, polars,
#: pandas, DuckDB), columns by name (lists, arrays, series) or rows (dicts).
TableLike = Any

_TYPES = {abi.CW_INT64: "int64", abi.CW_FLOAT64: "float64", abi.CW_UTF8: "utf8", abi.CW_BOOLEAN: "boolean", abi.CW_DATE: "date"}
_KINDS = {name: kind for kind, name in _TYPES.items()}
_C_TYPES: dict[str, Any] = {
    "int64": ctypes.c_int64,
    "float64": ctypes.c_double,
    "boolean": ctypes.c_uint8,
    "date": ctypes.c_int32,
}
_COLUMN_SIZE = ctypes.sizeof(abi.cw_column)
_VALIDITY, _OFFSETS = abi.cw_column.validity.offset, abi.cw_column.offsets.offset
_NAME = abi.cw_column.name.offset + abi.cw_text.data.offset
_address_in = ctypes.c_void_p.from_buffer
_NUMPY = {"int64": "<i8", "float64": "<f8", "boolean": "|b1", "date": "<i4"}


class _Lent:
    """Memory of a table as NumPy sees it; keeps the table alive."""

    __slots__ = ("__array_interface__", "owner")

    def __init__(self, owner: Table, address: int, rows: int, kind: str) -> None:
        self.owner = owner
        self.__array_interface__ = {"data": (address, True), "shape": (rows,), "typestr": _NUMPY[kind], "version": 3}


@helpful_class
class Column(Sequence[Value]):
    """One column of a `Table`: a read-only sequence whose missing values are None.

    `numpy.asarray(column)` and `to_numpy()` borrow the table's memory where they can.

    Attributes:
        name: as in the table.
        type: "int64", "float64", "utf8", "boolean" or "date".
        null_count: how many values are missing.
    """

    __slots__ = ("_data", "_offsets", "_rows", "_table", "_validity", "name", "null_count", "type")

    def __init__(self, table: Table, index: int, rows: int) -> None:
        raw = abi.cw_column(_COLUMN_SIZE)
        call(library.cw_table_column, table._handle, index, ctypes.byref(raw))
        self._table = table
        self._rows = rows
        self._data: int = raw.data or 0
        self._validity: int = _address_in(raw, _VALIDITY).value or 0
        self._offsets: int = _address_in(raw, _OFFSETS).value or 0
        self.name: str = ctypes.string_at(_address_in(raw, _NAME).value or 0, raw.name.size).decode()
        self.type: str = _TYPES[raw.type]
        self.null_count: int = raw.null_count

    def __len__(self) -> int:
        return self._rows

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> list[Value]: ...
    def __getitem__(self, at: Union[int, slice]) -> Union[Value, list[Value]]:
        if isinstance(at, slice):
            first, last, step = at.indices(self._rows)
            if step == 1:
                return self._values(first, max(first, last))
            return self.to_list()[at]
        index = at.__index__()
        if not -self._rows <= index < self._rows:
            raise IndexError(f"row {index} of {self._rows}")
        index %= self._rows
        return self._values(index, index + 1)[0]

    def __iter__(self) -> Iterator[Value]:
        return iter(self.to_list())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Column):
            return NotImplemented
        return self.type == other.type and _same(self.to_list(), other.to_list())

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ", ".join("null" if v is None else str(v) for v in self[:8])
        return visible(f"<{self.name}: {self.type}, {self._rows} values [{shown}{', ...' if self._rows > 8 else ''}]>")

    def to_list(self) -> list[Value]:
        """The values as Python's own; missing ones are None. O(rows)."""
        return self._values(0, self._rows)

    def to_numpy(self) -> numpy.ndarray[Any, Any]:
        """The values as a NumPy array of shape (rows,).

        Without nulls, int64, float64 and boolean borrow the table's memory: read-only, no copy. Otherwise a copy: missing values
        are NaN (int64 becomes float64), NaT in days (datetime64[D]), None in text and truth (object).
        """
        import numpy

        if self.type == "utf8" or (self.type == "boolean" and self.null_count):
            return numpy.array(self.to_list(), dtype=object)
        if not self._rows:
            return numpy.array([], dtype="datetime64[D]" if self.type == "date" else numpy.dtype(_NUMPY[self.type]))
        values: numpy.ndarray[Any, Any] = numpy.asarray(_Lent(self._table, self._data, self._rows, self.type))
        if self.type == "date":
            values = values.astype("datetime64[D]")
        if not self.null_count:
            return values
        values = values.astype("float64") if self.type == "int64" else values.copy()
        values[~self._present()] = numpy.nan if values.dtype.kind == "f" else numpy.datetime64("NaT", "D")
        return values

    def __array__(self, dtype: Any = None, copy: Optional[bool] = None) -> numpy.ndarray[Any, Any]:
        import numpy

        out = self.to_numpy()
        if dtype is not None and out.dtype != numpy.dtype(dtype):
            out = out.astype(dtype)
        elif copy and isinstance(out.base, _Lent):
            out = out.copy()
        if copy is False and not (self._rows == 0 or isinstance(out.base, _Lent)):
            raise ValueError(f"column {self.name} cannot be lent without a copy")
        return out

    def _present(self) -> numpy.ndarray[Any, Any]:
        import numpy

        bits = numpy.frombuffer(ctypes.string_at(self._validity, (self._rows + 7) // 8), dtype="uint8")
        return numpy.unpackbits(bits, count=self._rows, bitorder="little").astype(bool)

    def _values(self, first: int, last: int) -> list[Value]:
        rows = last - first
        if rows <= 0:
            return []
        out: list[Any]
        if self.type == "utf8":
            out = self._strings(first, rows)
        else:
            kind = _C_TYPES[self.type]
            out = list((kind * rows).from_address(self._data + first * ctypes.sizeof(kind)))
            if self.type == "boolean":
                out = [v != 0 for v in out]
            elif self.type == "date":
                day, epoch = datetime.date.fromordinal, _columns.EPOCH
                if not self.null_count:
                    out = [day(v + epoch) for v in out]
        if self.null_count:
            bits = ctypes.string_at(self._validity, (self._rows + 7) // 8)
            days = self.type == "date"
            for i in range(rows):
                at = first + i
                if not bits[at >> 3] >> (at & 7) & 1:
                    out[i] = None
                elif days:
                    out[i] = day(out[i] + epoch)
        return out

    def _strings(self, first: int, rows: int) -> list[Any]:
        offsets = list((ctypes.c_int64 * (rows + 1)).from_address(self._offsets + first * 8))
        base = offsets[0]
        data = ctypes.string_at(self._data + base, offsets[-1] - base) if offsets[-1] > base else b""
        ends = zip(offsets, offsets[1:])
        if data.isascii():
            text = data.decode("ascii")
            return [text[a - base : b - base] for a, b in ends]
        return [data[a - base : b - base].decode() for a, b in ends]

    def _raw(self) -> tuple[str, int, int, bytes, Optional[bytes], Optional[bytes]]:
        """Name, type, rows, data, validity and offsets as bytes."""
        kind = _KINDS[self.type]
        validity = ctypes.string_at(self._validity, (self._rows + 7) // 8) if self._validity and self.null_count else None
        if self.type != "utf8":
            size = self._rows * ctypes.sizeof(_C_TYPES[self.type])
            return self.name, kind, self._rows, ctypes.string_at(self._data, size) if size else b"", validity, None
        offsets = ctypes.string_at(self._offsets, (self._rows + 1) * 8) if self._rows else bytes(8)
        first, last = (int.from_bytes(offsets[at : at + 8], sys.byteorder) for at in (0, len(offsets) - 8))
        if first:  # none of the library's own tables
            raise InvalidArgument("the first offset of a column of text is not zero")
        return self.name, kind, self._rows, ctypes.string_at(self._data, last) if last else b"", validity, offsets


def _same(one: list[Any], other: list[Any]) -> bool:
    return one == other or (
        len(one) == len(other)
        and all(  # NaN equals itself here
            a == b or (isinstance(a, float) and isinstance(b, float) and math.isnan(a) and math.isnan(b))
            for a, b in zip(one, other)
        )
    )


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
        self._take(_table_handle(data))

    def _take(self, handle: Any) -> None:
        super().__init__(handle, library.cw_table_free)
        rows = ctypes.c_int64()
        call(library.cw_table_rows, handle, ctypes.byref(rows))
        self._rows = rows.value
        self._cache: Optional[dict[str, Column]] = None

    @classmethod
    def _own(cls, handle: Any) -> Table:
        out = cls.__new__(cls)
        out._take(handle)
        return out

    def _by_name(self) -> dict[str, Column]:
        if self._cache is None:
            count = ctypes.c_int64()
            call(library.cw_table_column_count, self._handle, ctypes.byref(count))
            found = [Column(self, i, self._rows) for i in range(count.value)]
            self._cache = {c.name: c for c in found}
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
            out.add_typed(name, _KINDS[c.type], c[at])
        return Table._own(out.table())

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
        import numpy
        import pandas

        out = {}
        for name, c in self._by_name().items():
            if c.type == "date":
                out[name] = pandas.Series(c.to_numpy().astype("datetime64[s]"))
            elif c.null_count and c.type in ("int64", "boolean"):
                values = numpy.asarray(_Lent(self, c._data, self._rows, c.type)).copy()
                masked: Any = pandas.arrays.IntegerArray if c.type == "int64" else pandas.arrays.BooleanArray
                out[name] = pandas.Series(masked(values, ~c._present()))
            elif c.type == "utf8":
                out[name] = pandas.Series(c.to_list(), dtype="str" if int(pandas.__version__.partition(".")[0]) > 2 else "object")
            else:
                out[name] = pandas.Series(c.to_numpy().copy())
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
        out = pointer(abi.cw_buffer)
        call(library.cw_table_csv, self._handle, ctypes.byref(out))
        text = take_buffer(out).decode()
        if path is not None:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        return text

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """An `arrow_array_stream` capsule of one batch: int64, double, large utf8, bool, date32. The requested schema is best effort
        by the protocol, and is not followed."""
        return _arrow.stream_capsule(self._handle)

    def __arrow_c_schema__(self) -> object:
        """An `arrow_schema` capsule."""
        return _arrow.schema_capsule(self._handle)

    # ---- copies
    def __copy__(self) -> Table:
        return self

    def __deepcopy__(self, memo: object) -> Table:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _table_again, ([c._raw() for c in self._by_name().values()],)

    # ---- for a person
    def __repr__(self) -> str:
        return render(self, shutil.get_terminal_size((100, 24)).columns)

    def _repr_html_(self) -> str:
        columns = self._by_name()
        shown = min(self._rows, 20 if self._rows > 25 else 25)
        numeric = {name for name, c in columns.items() if c.type in ("int64", "float64")}

        def cell(name: str, value: Value) -> str:
            side = ' style="text-align: right"' if name in numeric else ""
            return f"<td{side}>{html.escape(brief(value))}</td>"

        head = "".join(f'<th title="{c.type}">{html.escape(visible(name))}</th>' for name, c in columns.items())
        cells = {name: c[:shown] for name, c in columns.items()}
        body = "".join("<tr>" + "".join(cell(name, cells[name][i]) for name in columns) + "</tr>" for i in range(shown))
        more = "" if shown == self._rows else f"; the first {shown} are shown"
        return (
            f'<table class="commonweal"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
            f"<p>{self._rows} rows, {len(columns)} columns{more}</p>"
        )


_native.own_table = Table._own


def _table_again(raw: list[Any]) -> Table:
    columns = _columns.Columns()
    for name, kind, rows, data, validity, offsets in raw:
        columns.add_raw(name, kind, rows, data, validity, offsets)
    return Table._own(columns.table())


def stream_capsule_of(data: TableLike) -> Any:
    """The Arrow stream of data that is no Table and has one; None where there is none."""
    if isinstance(data, (Table, Mapping)):
        return None
    if type(data).__module__.partition(".")[0] == "pandas" and hasattr(data, "reset_index") and hasattr(data, "columns"):
        return _columns.without_index(data).__arrow_c_stream__() if "pyarrow" in sys.modules or _has_pyarrow() else None
    return data.__arrow_c_stream__() if hasattr(data, "__arrow_c_stream__") else None


def _table_handle(data: TableLike) -> Any:
    capsule = stream_capsule_of(data)
    if capsule is not None:
        return _arrow.import_stream(capsule)
    if isinstance(data, Mapping):
        return _columns.from_mapping(data)
    if type(data).__module__.partition(".")[0] == "pandas" and hasattr(data, "columns"):
        data = _columns.without_index(data)
        return _columns.from_mapping({name: data[name] for name in data.columns})
    if isinstance(data, Table):
        return _arrow.import_stream(data.__arrow_c_stream__())
    if hasattr(data, "__arrow_c_array__"):
        return _arrow.import_array(data)
    if isinstance(data, Sequence) and not isinstance(data, (str, bytes)):
        return _columns.from_records(data)
    raise InvalidArgument(
        f"a table cannot be made of {type(data).__name__}; it takes Arrow data (pyarrow, polars, pandas, DuckDB), "
        "columns by name, or rows as dicts",
        code="wrong_type",
    )


def _has_pyarrow() -> bool:
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def brief(value: Value) -> str:
    """A cell as a person reads it: six significant digits, nothing where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, float):
        if value == int(value) if math.isfinite(value) else False:
            return f"{value:,.0f}" if abs(value) < 1e15 else f"{value:.6g}"
        return f"{value:,.6g}" if abs(value) >= 1e-4 and abs(value) < 1e15 else f"{value:.6g}"
    return visible(str(value))


def _is_context(name: str) -> bool:
    """Whether columns of this name say what the rows are about; the others are the answer itself."""
    raw, out = name.encode(), ctypes.c_int64()
    call(library.cw_column_is_context, raw, len(raw), ctypes.byref(out))
    return bool(out.value)


def _is_constant(column: Column) -> bool:
    """Whether every row says the same."""
    first, step = column[0], 10_000
    return all(v == first for at in range(0, len(column), step) for v in column[at : at + step])


def render(table: Table, width: int) -> str:
    """The table as text, the rows from both ends where there are many.

    Where it is wider than `width`, columns without any value and then those that say the same in every row are told below it, long
    text is cut, and the last columns are left out; never those that are the answer, which go on below where they do not fit.
    """
    columns = table._by_name()
    total = len(table)
    size = f"[{total:,} row{'' if total == 1 else 's'}, {len(columns)} column{'' if len(columns) == 1 else 's'}]"
    cells = {
        name: [visible(name), *(brief(v) for v in (c[:] if total <= 20 else c[:10] + c[total - 5 :]))]
        for name, c in columns.items()
    }
    room = {name: min(max(map(len, values)), 40) for name, values in cells.items()}
    numeric = {name for name, c in columns.items() if c.type in ("int64", "float64")}
    shown = list(columns)
    same: list[str] = []

    def too_wide() -> bool:
        return sum(room[name] + 2 for name in shown) - 2 > width

    if too_wide():
        context = [name for name in columns if _is_context(name)]
        shown = [name for name in shown if name not in context or not 0 < total == columns[name].null_count]
        for name in sorted((name for name in context if name in shown and total > 1), key=lambda name: -room[name]):
            if too_wide() and len(shown) > 1 and _is_constant(columns[name]):
                shown.remove(name)
                same.append(name)
        while too_wide() and (long := [name for name in shown if name not in numeric and room[name] > max(20, len(name))]):
            room[max(long, key=lambda name: room[name])] -= 1
        for name in reversed([name for name in context if name in shown and name != shown[0]]):
            if too_wide():
                shown.remove(name)
    blocks: list[list[str]] = []
    used = width
    for name in shown:
        side = str.rjust if name in numeric else str.ljust
        fit = [side(v if len(v) <= room[name] else v[: room[name] - 1] + "…", room[name]) for v in cells[name]]
        used += 2 + room[name]
        if used > width:
            blocks.append(fit)
            used = room[name]
        else:
            blocks[-1] = ["  ".join(pair) for pair in zip(blocks[-1], fit)]
    lines: list[str] = []
    for block in blocks:
        rows = [line.rstrip() for line in block]
        if total > 20:
            rows.insert(11, "…")
        lines += ["", *rows] if lines else rows
    left = [name for name in columns if name not in shown and name not in same]
    if left:
        size += visible(f" not shown: {', '.join(left)}")
    if same:
        size += f"{';' if left else ''} the same in every row: "
        size += ", ".join(f"{cells[name][0]} {cells[name][1]}" for name in columns if name in same)
    return "\n".join([*lines, size]) if columns else size
