# SPDX-License-Identifier: Apache-2.0
"""Columns of tables."""

from __future__ import annotations

import ctypes
import datetime
import math
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Optional, Union, overload

from . import _abi as abi
from . import _columns
from ._calls import Owner
from ._errors import InvalidArgument
from ._help import helpful_class
from ._text import visible

if TYPE_CHECKING:
    import numpy
    import pandas

#: One cell: None where nothing is known.
Value = Union[int, float, str, bool, datetime.date, None]

TYPES = {abi.CW_INT64: "int64", abi.CW_FLOAT64: "float64", abi.CW_UTF8: "utf8", abi.CW_BOOLEAN: "boolean", abi.CW_DATE: "date"}
KINDS = {name: kind for kind, name in TYPES.items()}
_C_TYPES: dict[str, Any] = {
    "int64": ctypes.c_int64,
    "float64": ctypes.c_double,
    "boolean": ctypes.c_uint8,
    "date": ctypes.c_int32,
}
_VALIDITY, _OFFSETS = abi.cw_column.validity.offset, abi.cw_column.offsets.offset
_NAME = abi.cw_column.name.offset + abi.cw_text.data.offset
_address_in = ctypes.c_void_p.from_buffer
_NUMPY = {"int64": "<i8", "float64": "<f8", "boolean": "|b1", "date": "<i4"}


class _Lent:
    """Memory of a table as NumPy sees it; keeps the table alive."""

    __slots__ = ("__array_interface__", "owner")

    def __init__(self, owner: Owner, address: int, rows: int, kind: str) -> None:
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

    def __init__(self, table: Owner, raw: abi.cw_column, rows: int) -> None:
        self._table = table
        self._rows = rows
        self._data: int = raw.data or 0
        self._validity: int = _address_in(raw, _VALIDITY).value or 0
        self._offsets: int = _address_in(raw, _OFFSETS).value or 0
        self.name: str = ctypes.string_at(_address_in(raw, _NAME).value or 0, raw.name.size).decode()
        self.type: str = TYPES[raw.type]
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

    def _series(self) -> pandas.Series[Any]:
        """The values as a pandas Series; see `Table.to_pandas`."""
        import pandas

        if self.type == "date":
            return pandas.Series(self.to_numpy().astype("datetime64[s]"))
        if self.type == "utf8":
            return pandas.Series(self.to_list(), dtype="str" if int(pandas.__version__.partition(".")[0]) > 2 else "object")
        if not self.null_count or self.type == "float64":
            return pandas.Series(self.to_numpy().copy())
        import numpy

        masked: Any = pandas.arrays.IntegerArray if self.type == "int64" else pandas.arrays.BooleanArray
        values = numpy.asarray(_Lent(self._table, self._data, self._rows, self.type)).copy()
        return pandas.Series(masked(values, ~self._present()))

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
        kind = KINDS[self.type]
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
