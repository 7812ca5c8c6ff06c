# SPDX-License-Identifier: Apache-2.0
"""The Arrow C Data and C Stream interfaces by PyCapsules, in and out, without pyarrow."""

from __future__ import annotations

import ctypes
from typing import Any, Callable

from . import _abi as abi
from ._native import call, library, pointer

_python = ctypes.pythonapi
_python.PyCapsule_New.restype = ctypes.py_object
_python.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_python.PyCapsule_GetPointer.restype = ctypes.c_void_p
_python.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
_python.PyMem_RawCalloc.restype = ctypes.c_void_p
_python.PyMem_RawCalloc.argtypes = [ctypes.c_size_t, ctypes.c_size_t]
_python.PyMem_RawFree.restype = None
_python.PyMem_RawFree.argtypes = [ctypes.c_void_p]

# Capsules keep the address of their name: these live as long as the module.
_NAMES = {abi.ArrowArrayStream: b"arrow_array_stream", abi.ArrowSchema: b"arrow_schema", abi.ArrowArray: b"arrow_array"}


def _destructor_of(kind: Any) -> Any:
    """Releases what nobody took, and frees the struct."""

    # The address of the capsule, and not the capsule: it is on its way out, and must not be referred to again.
    get = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(("PyCapsule_GetPointer", _python))
    free, name, by_address = _python.PyMem_RawFree, _NAMES[kind], type(pointer(kind))

    def destroy(capsule: int) -> None:
        address = get(capsule, name)
        struct = ctypes.cast(address, by_address)
        if struct.contents.release:
            struct.contents.release(struct)
        free(address)

    return ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(destroy)


_DESTRUCTORS = {kind: _destructor_of(kind) for kind in (abi.ArrowArrayStream, abi.ArrowSchema)}


def _capsule(kind: Any, fill: Callable[[Any], None]) -> Any:
    """A capsule of one struct, which `fill` makes. Until it is filled there is nothing to release."""
    address = _python.PyMem_RawCalloc(1, ctypes.sizeof(kind))
    if not address:
        raise MemoryError
    try:
        fill(ctypes.cast(address, type(pointer(kind))))
    except BaseException:
        _python.PyMem_RawFree(address)
        raise
    return _python.PyCapsule_New(address, _NAMES[kind], ctypes.cast(_DESTRUCTORS[kind], ctypes.c_void_p))


def stream_capsule(table: Any) -> Any:
    """A stream of one batch, which borrows the table's memory and keeps it alive."""
    return _capsule(abi.ArrowArrayStream, lambda out: call(library.cw_table_export, table, out))


def schema_capsule(table: Any) -> Any:
    """The types of a table's columns."""

    def fill(out: Any) -> None:
        stream = abi.ArrowArrayStream()
        call(library.cw_table_export, table, ctypes.byref(stream))
        try:
            if stream.get_schema(ctypes.byref(stream), out) != 0:
                raise MemoryError
        finally:
            stream.release(ctypes.byref(stream))

    return _capsule(abi.ArrowSchema, fill)


def _borrowed(capsule: object, kind: Any) -> Any:
    return ctypes.cast(_python.PyCapsule_GetPointer(capsule, _NAMES[kind]), type(pointer(kind)))


def stream_of(capsule: object) -> Any:
    """The stream in a capsule, which must be kept until a call has consumed it."""
    return _borrowed(capsule, abi.ArrowArrayStream)


def import_stream(capsule: object) -> Any:
    """The table of a stream, which is consumed; numbers without nulls are copied as blocks of memory."""
    out = pointer(abi.cw_table)
    call(library.cw_table_import, stream_of(capsule), ctypes.byref(out))
    return out


def import_array(producer: Any) -> Any:
    """The table of a record batch."""
    schema, array = producer.__arrow_c_array__()
    out = pointer(abi.cw_table)
    call(library.cw_table_import_array, _borrowed(array, abi.ArrowArray), _borrowed(schema, abi.ArrowSchema), ctypes.byref(out))
    return out
