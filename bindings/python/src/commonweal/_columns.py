# SPDX-License-Identifier: Apache-2.0
"""From columns of Python, NumPy and pandas to the library's, without a copy where the memory already lies as it must."""

from __future__ import annotations

import ctypes
import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Optional

from . import _abi as abi
from ._errors import InvalidArgument, InvalidData
from ._options import encoded
from ._values import joined_text, kind_of, listed, reals

EPOCH = datetime.date(1970, 1, 1).toordinal()

_NUMPY_TYPES = {
    "float64": abi.CW_FLOAT64,
    "float32": abi.CW_FLOAT32,
    "int64": abi.CW_INT64,
    "int32": abi.CW_INT32,
    "bool": abi.CW_BOOLEAN,
}
_MEMBERS: dict[str, Any] = {field[0]: field[1] for field in abi.cw_column._fields_}


def _address(data: bytes, member: str = "data") -> Any:
    """Where bytes lie, as a member of a column takes it. They must be kept alive."""
    return ctypes.cast(ctypes.c_char_p(data), _MEMBERS[member])


class Columns:
    """Columns on their way in. Keeps what they point to alive until a call has copied them."""

    def __init__(self) -> None:
        self._columns: list[abi.cw_column] = []
        self._kept: list[Any] = []
        self._rows: Optional[int] = None
        self._first = ""

    def arguments(self) -> tuple[Any, int, int]:
        """What a call takes: the columns, how many they are, and how many rows."""
        return (abi.cw_column * max(1, len(self._columns)))(*self._columns), len(self._columns), self._rows or 0

    def add(self, name: object, values: Any) -> None:
        """One column of anything that can be iterated; NumPy arrays of numbers are lent as they are."""
        label = encoded(name, "the name of a column").decode()
        home, dtype = type(values).__module__.partition(".")[0], str(getattr(values, "dtype", ""))
        dimensions = getattr(values, "ndim", 1)
        if dimensions != 1:
            raise InvalidArgument(f"column {label} has {dimensions} dimensions; it takes one", code="wrong_shape", field=label)
        if home == "pandas" and (dtype in _NUMPY_TYPES or dtype in _PANDAS_DAYS):
            import numpy

            present = numpy.asarray(values.notna())  # in pandas NaN is "no value"
            values, home = values.to_numpy(), "numpy"
            if not present.all() and values.dtype.kind == "f":
                self._lend(label, values, present)
                return
        if home == "numpy" and dtype:
            self._add_array(label, values)
        else:
            self._add_values(label, listed(label, values))

    def add_raw(self, name: str, kind: int, rows: int, data: bytes, validity: Optional[bytes], offsets: Optional[bytes]) -> None:
        """One column as it lay in a table."""
        self._kept += [data, validity, offsets]
        self._push(
            name,
            kind,
            rows,
            data=_address(data),
            validity=None if validity is None else _address(validity, "validity"),
            offsets=None if offsets is None else _address(offsets, "offsets"),
        )

    def _push(self, name: str, kind: int, rows: int, **members: Any) -> None:
        if self._rows is None:
            self._rows, self._first = rows, name
        elif rows != self._rows:
            raise InvalidArgument(
                f"column {name} has {rows} values, column {self._first} {self._rows}", code="unequal_lengths", field=name
            )
        data = name.encode()
        self._kept.append(data)
        self._columns.append(abi.init_cw_column(type=kind, name=abi.cw_text(data, len(data)), **members))

    def _validity(self, values: list[Any]) -> Any:
        """Least significant bit first. Eight rows at a time are a number of binary digits, the first row the last of them."""
        marks = "".join(["0" if v is None else "1" for v in values])
        kept = bytes(int(marks[at : at + 8][::-1], 2) for at in range(0, len(marks), 8))
        self._kept.append(kept)
        return _address(kept, "validity")

    # ---- NumPy
    def _add_array(self, name: str, values: Any) -> None:
        import numpy

        present = None
        if isinstance(values, numpy.ma.MaskedArray) and values.dtype.names is None:
            present, values = ~numpy.ma.getmaskarray(values), values.data
        kind = values.dtype.kind
        if kind == "M":
            self._add_days(name, values, present)
        elif kind in "OUT":
            items = values.tolist()
            self._add_values(name, listed(name, items if present is None else [v if p else None for v, p in zip(items, present)]))
        else:
            self._lend(name, _plain(name, values, present), present)

    def _add_days(self, name: str, values: Any, present: Any = None) -> None:
        import numpy

        here = ~numpy.isnat(values) if present is None else present & ~numpy.isnat(values)
        years = values.astype("datetime64[Y]").astype("int64") + 1970  # before days, which far years overflow
        days = numpy.where(here & (years > 0) & (years < 10_000), values, numpy.datetime64(0, "D")).astype("datetime64[D]")
        beyond = here & ((years < 1) | (years > 9999))
        timed = here & ~beyond & (days != values)
        for wrong, why in (
            (beyond, "is outside the years 0001 to 9999"),
            (timed, "is a time of day; cast it to a day, in the time zone that is meant"),
        ):
            if wrong.any():
                row = int(wrong.argmax())
                code = "not_a_date" if wrong is beyond else "wrong_type"
                raise InvalidData(f"{values[row]} {why}", code=code, field=name, row=row)
        self._lend(name, days.astype("int64").astype("int32"), here, abi.CW_DATE)

    def _lend(self, name: str, data: Any, present: Any = None, kind: Optional[int] = None) -> None:
        """An array of a type that the library takes, as it lies; `present` is truth, or None where every row has a value."""
        import numpy

        bits = None
        if present is not None and not present.all():
            packed = numpy.packbits(present, bitorder="little")
            self._kept.append(packed)
            bits = ctypes.cast(packed.ctypes.data, _MEMBERS["validity"])
        self._kept.append(data)
        # To NumPy a stride of 0 is one value for all rows, to the library values without gaps.
        stride = data.strides[0] or abi.CW_STRIDE_CONSTANT
        kind = _NUMPY_TYPES[data.dtype.name] if kind is None else kind
        self._push(name, kind, len(data), data=data.ctypes.data, stride=stride, validity=bits)

    # ---- Python
    def _add_values(self, name: str, values: list[Any]) -> None:
        kinds = set(map(type, values))
        kinds.discard(type(None))
        self.add_typed(name, kind_of(name, values, kinds), values)

    def add_typed(self, name: str, kind: int, values: list[Any]) -> None:
        """One column of Python values of a known type; None is null."""
        dense = None not in values
        validity = None if dense else self._validity(values)
        if kind == abi.CW_UTF8:
            data, offsets = joined_text(name, values, dense)
            self._kept += [data, offsets]
            return self._push(name, kind, len(values), data=_address(data), offsets=offsets, validity=validity)
        if kind == abi.CW_DATE:
            numeric: list[Any] = [0 if v is None else v.toordinal() - EPOCH for v in values]
            out: Any = (ctypes.c_int32 * len(values))(*numeric)
        elif kind == abi.CW_BOOLEAN:
            out = (ctypes.c_uint8 * len(values))(*[1 if v else 0 for v in values])
        elif kind == abi.CW_INT64:
            numeric = [0 if v is None else int(v) for v in values]
            for row, v in enumerate(numeric):
                if not -(2**63) <= v < 2**63:
                    raise InvalidData(f"{v} is beyond a 64-bit integer with sign", code="number_too_large", field=name, row=row)
            out = (ctypes.c_int64 * len(values))(*numeric)
        else:
            out = (ctypes.c_double * len(values))(*reals(name, values))
        self._kept.append(out)
        self._push(name, kind, len(values), data=ctypes.cast(out, ctypes.c_void_p), validity=validity)
        return None


_PANDAS_DAYS = ("datetime64[ns]", "datetime64[us]", "datetime64[ms]", "datetime64[s]")


def _plain(name: str, values: Any, present: Any = None) -> Any:
    """Numbers of a type and byte order that the library takes; the same array where they are."""
    dtype = values.dtype
    if not dtype.isnative:
        values = values.astype(dtype.newbyteorder("="))
        dtype = values.dtype
    if dtype.name in _NUMPY_TYPES:
        return values
    if dtype.kind == "f" and dtype.itemsize < 8:
        return values.astype("float64")
    if dtype.kind in "iu":
        large = values > 2**63 - 1 if dtype.name == "uint64" else None
        if large is not None and (large if present is None else large & present).any():
            row = int((large if present is None else large & present).argmax())
            raise InvalidData(f"{values[row]} is beyond a 64-bit integer with sign", code="number_too_large", field=name, row=row)
        return values.astype("int64")
    raise InvalidArgument(f"column {name} is of {dtype}; it takes numbers, text, truth or days", code="wrong_type", field=name)


def from_mapping(data: Mapping[str, Any]) -> Columns:
    """Columns by name."""
    columns = Columns()
    for name, values in data.items():
        columns.add(name, values)
    return columns


def from_records(rows: Iterable[Mapping[str, Any]]) -> Columns:
    """Columns of rows; a name that a row lacks is null there. Columns come in the order of their first mention."""
    rows = list(rows)
    names: dict[str, None] = {}
    for row in rows:
        if not isinstance(row, Mapping):
            raise InvalidArgument(f"a row is {type(row).__name__}; rows are given as dicts", code="wrong_type")
        names.update(dict.fromkeys(row))
    return from_mapping({name: [row.get(name) for row in rows] for name in names})


def without_index(frame: Any) -> Any:
    """A pandas frame as its columns: an index without a name has no meaning for the rows; midnights without a zone are days."""
    if not frame.columns.is_unique:
        raise InvalidArgument("two columns of the frame have one name", code="duplicate_column")
    if list(frame.index.names) == [None]:
        frame = frame.reset_index(drop=True)
    days = {}
    for name in frame.columns:
        if str(frame[name].dtype) in _PANDAS_DAYS and (frame[name].isna() | (frame[name] == frame[name].dt.normalize())).all():
            days[name] = frame[name].dt.date.astype(object).where(frame[name].notna(), None)
    return frame.assign(**days) if days else frame
