# SPDX-License-Identifier: Apache-2.0
"""The loaded library, and the types of addresses."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

from . import _abi as abi


def _load() -> ctypes.CDLL:
    """The library of this package, or the one that COMMONWEAL_LIBRARY names; never whatever the system finds first."""
    override = os.environ.get("COMMONWEAL_LIBRARY")
    path = Path(override).resolve() if override else Path(__file__).resolve().parent / "libcommonweal.so"
    if not path.is_file():
        raise ImportError(
            f"{path} does not exist; "
            + (
                "COMMONWEAL_LIBRARY names no file"
                if override
                else "install the package (pip install), or let COMMONWEAL_LIBRARY name one"
            )
        )
    library = ctypes.CDLL(str(path))
    try:
        library.cw_abi_version.restype = ctypes.c_uint32
        version = library.cw_abi_version()
        fits = version >> 16 == abi.CW_ABI_VERSION_MAJOR and version & 0xFFFF >= abi.CW_ABI_VERSION_MINOR
        if not fits:
            raise ImportError(
                f"{path} has version {version >> 16}.{version & 0xFFFF} of the C interface; "
                f"this package needs {abi.CW_ABI_VERSION_MAJOR}.{abi.CW_ABI_VERSION_MINOR}"
            )
        abi.declare(library)
    except AttributeError as e:
        raise ImportError(f"{path} is not libcommonweal.so, or an older one: {e}") from None
    return library


library = _load()

#: The type of the address of each struct. Not ctypes.POINTER, whose cache of types any interpreter of the process may clear.
POINTERS: dict[type, Any] = {
    kind: ctypes.POINTER(kind) for kind in vars(abi).values() if isinstance(kind, type) and issubclass(kind, ctypes.Structure)
}
