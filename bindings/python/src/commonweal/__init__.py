# SPDX-License-Identifier: Apache-2.0
"""Collective impact as a typed graph: aggregation, statistics, judgement.

>>> import commonweal as cw
>>> care = cw.read_folder("docs/initiatives/communities-that-care")
>>> care.rollup(group="coordinating-council", from_=2010)["value"].to_list()
[69.0, 68.0, 82.0]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _main_interpreter  # isort: skip  # noqa: F401  # the first
from ._contents import Info
from ._errors import Cancelled, Error, Internal, InvalidArgument, InvalidData, IoError, NoMemory
from ._help import did_you_mean
from ._native import library
from .column import Column
from .initiative import Builder, Initiative, from_tables
from .loading import catalogue, check, load, read_folder, sample
from .network import Network
from .partial import Partial
from .table import Table

#: Release of the library that is loaded.
__version__: str = library.cw_version().decode()

__all__ = [
    "Builder",
    "Cancelled",
    "Column",
    "Error",
    "Info",
    "Initiative",
    "Internal",
    "InvalidArgument",
    "InvalidData",
    "IoError",
    "Network",
    "NoMemory",
    "Partial",
    "Table",
    "__version__",
    "catalogue",
    "check",
    "from_tables",
    "load",
    "read_folder",
    "sample",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        hint = "" if name.startswith("_") else did_you_mean(name, __all__)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}")
