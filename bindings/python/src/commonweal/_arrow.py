# SPDX-License-Identifier: Apache-2.0
"""The Arrow C Data and C Stream interfaces by PyCapsules, in and out, without pyarrow."""

from __future__ import annotations

import ctypes
from typing import Any, Callable

from . import _abi as abi
from ._native import POINTERS

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
    free, name, by_address = _python.PyMem_RawFree, _NAMES[kind], POINTERS[kind]

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
        fill(ctypes.cast(address, POINTERS[kind]))
    except BaseException:
        _python.PyMem_RawFree(address)
        raise
    return _python.PyCapsule_New(address, _NAMES[kind], ctypes.cast(_DESTRUCTORS[kind], ctypes.c_void_p))


def stream_capsule(export: Callable[[Any], None]) -> Any:
    """A stream, which `export` writes."""
    return _capsule(abi.ArrowArrayStream, export)


def schema_capsule(export: Callable[[Any], None]) -> Any:
    """The types of the columns of a stream, which `export` writes."""

    def fill(out: Any) -> None:
        stream = abi.ArrowArrayStream()
        export(ctypes.byref(stream))
        try:
            if stream.get_schema(ctypes.byref(stream), out) != 0:
                raise MemoryError
        finally:
            stream.release(ctypes.byref(stream))

    return _capsule(abi.ArrowSchema, fill)


class Lent:
    """The struct in a capsule, as a call takes it; keeps the capsule until the call has consumed it."""

    __slots__ = ("_as_parameter_", "_capsule")

    def __init__(self, capsule: object, kind: Any) -> None:
        self._capsule = capsule
        self._as_parameter_ = ctypes.cast(_python.PyCapsule_GetPointer(capsule, _NAMES[kind]), POINTERS[kind])


def stream_of(producer: Any) -> Lent:
    """The stream of what has one."""
    return Lent(producer.__arrow_c_stream__(), abi.ArrowArrayStream)


def batch_of(producer: Any) -> tuple[Lent, Lent]:
    """Array and schema of a record batch."""
    schema, array = producer.__arrow_c_array__()
    return Lent(array, abi.ArrowArray), Lent(schema, abi.ArrowSchema)


def schema_of(capsule: object) -> Lent:
    """The schema in a capsule."""
    return Lent(capsule, abi.ArrowSchema)
