# SPDX-License-Identifier: Apache-2.0
"""What needs no initiative: loading, checking, samples, catalogues."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Optional

from . import _abi as abi
from ._help import helpful
from ._native import library
from ._options import encoded, options, path_bytes
from ._progress import Progress
from .initiative import AnyPath, Initiative
from .table import Table, ask, call


@helpful
def load(path: AnyPath, *, progress: Optional[Progress] = None) -> Initiative:
    """Reads a folder, a datapackage.json or a packed file.

    Args:
        path: of the folder or file.
        progress: called with the share done (0 to 1) and what is being done. What it raises ends the loading.

    Raises:
        InvalidData: the data does not hold; `diagnostics` has every finding with file, row and field.
        IoError: the file does not exist or cannot be read.

    >>> import commonweal as cw
    >>> care = cw.load("docs/initiatives/communities-that-care")
    >>> for row in care.rollup(group="coordinating-council", from_=2010):
    ...     print(row["indicator"], row["value"])
    teen-binge-drinking 69.0
    teen-cigarette-smoking 68.0
    teen-marijuana-use 82.0
    """
    return Initiative(path, progress=progress)


@helpful
def read_folder(path: AnyPath, *, progress: Optional[Progress] = None) -> Initiative:
    """Reads a folder; `load` under a plainer name."""
    return load(path, progress=progress)


@helpful
def check(path: AnyPath, *, progress: Optional[Progress] = None) -> Table:
    """Every finding of a folder or a packed file, those about its records too, whether or not it loads.

    Returns:
        severity (error, warning, note), code (docs/diagnostics.md), file, row (the header is row 1), field, record, message.

    >>> import commonweal as cw
    >>> len(cw.check("docs/initiatives/communities-that-care"))
    0
    """
    return Table._own(ask(library.cw_check, path_bytes(path), progress=progress))


@helpful
def sample(
    path: Optional[AnyPath] = None,
    *,
    reporters: int = 200,
    groups: int = 20,
    periods: int = 36,
    indicators: int = 5,
    seed: int = 1,
    progress: Optional[Progress] = None,
) -> Initiative:
    """Writes a synthetic initiative, to try things with, and reads it. The same options give the same bytes on any machine.

    Args:
        path: a folder that is new, empty or an older sample; None: a temporary one, gone when this returns.
        reporters, groups: how many; at least four groups.
        periods: months from 2020-01.
        indicators: 1 to 5 of people served (count), dollars spent (amount), households housed (ratio), a waiting list (stock) and
            well-being (index).

    >>> import commonweal as cw
    >>> cw.sample(reporters=40, groups=9, periods=24)
    <Initiative 'Synthetic initiative of 40 organizations': 45 organizations, 9 groups, 5 indicators, 1,841 observations>
    """
    given = options(abi.cw_sample_options, locals(), "path")
    with contextlib.ExitStack() as until:
        where = Path(until.enter_context(tempfile.TemporaryDirectory())) / "sample" if path is None else path
        ask(library.cw_sample, path_bytes(where), given, progress=progress)
        return load(where)


@helpful
def catalogue(list: Optional[str] = None) -> Table:
    """What the literature fixes: the list of that name, or, without one, the lists there are.

    >>> import commonweal as cw
    >>> cw.catalogue("conditions")["id"][:2]
    ['common_agenda', 'shared_measurement']
    """
    return Table._own(call(library.cw_catalogue, encoded(list or "", "list")))
