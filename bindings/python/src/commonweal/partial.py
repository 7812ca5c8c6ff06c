# SPDX-License-Identifier: Apache-2.0
"""Rollups in parts: by several processes, or batch by batch."""

from __future__ import annotations

from typing import Any, Optional, Union

from . import _abi as abi
from ._calls import Owner, take_buffer
from ._help import helpful_class
from ._native import library
from ._options import Day, Period, Words, options
from ._progress import Progress
from .initiative import Initiative
from .table import Table, TableLike, ask, call, feed


@helpful_class
class Partial(Owner):
    """The rollup of some of the observations; each report (reporter, indicator, period) belongs in one part.

    How the reports are shared out leaves no trace: `finish` gives the bits of `Initiative.rollup` over all of them. A part holds sums
    and counts of groups and a mark for each report, not the reports; its bytes are small. Of indicators by median, percentile or
    geometric_mean over groups it holds the values too, and is as large as they are.

    >>> import commonweal as cw
    >>> care = cw.load("docs/initiatives/communities-that-care")
    >>> reports = care["observations"]
    >>> one = cw.Partial(care, group="coordinating-council").update(reports[:4])
    >>> other = cw.Partial(care, group="coordinating-council").update(reports[4:])
    >>> one.merge(other).finish() == care.rollup(group="coordinating-council")
    True

    What sums and counts do not determine is refused (InvalidArgument, naming indicator and operator): standard deviations, first and
    last over several periods as reported, the policy carry_forward, formulas computed for each reporter.

    A partial has one owner: two threads may not use it at once. It is pickled with its initiative; `to_bytes` sends it alone.
    """

    __slots__ = ("_initiative",)

    def __init__(
        self,
        initiative: Initiative,
        *,
        indicator: Optional[Words] = None,
        group: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
        as_of: Optional[Day] = None,
        membership: str = "last_day",
        missing: str = "complete_case",
        minimum_coverage: float = 0.75,
        adjustment: float = 0.25,
        breakdown: Optional[str] = None,
    ) -> None:
        """An empty part. The initiative gives network and definitions; its own observations are not in it.

        Args as for `Initiative.rollup`.
        """
        given = options(abi.cw_rollup_options, locals(), "initiative")
        self._take(initiative, call(library.cw_partial_new, initiative, given))

    def _take(self, initiative: Initiative, handle: Any) -> None:
        super().__init__(handle, library.cw_partial_free)
        self._initiative = initiative

    @classmethod
    def from_bytes(cls, initiative: Initiative, data: Union[bytes, bytearray, memoryview]) -> Partial:
        """A part from its bytes, over the same initiative (its observations may differ).

        Raises:
            InvalidData: bytes that were cut or changed, or are of another initiative.
        """
        out = cls.__new__(cls)
        out._take(initiative, call(library.cw_partial_deserialize, initiative, bytes(data)))
        return out

    def update(self, observations: TableLike) -> Partial:
        """Adds reports: rows of the table "observations" of the folder format, judged as in loading. Cheapest in large pieces.

        Raises:
            InvalidData: with every finding, where some are refused or have come before; then nothing is added.
        """
        feed(observations, library.cw_partial_update_stream, library.cw_partial_update, self)
        return self

    def merge(self, other: Partial) -> Partial:
        """Adds what another part holds, which stays as it is.

        Raises:
            InvalidArgument: options, network or definitions differ.
            InvalidData: a report is in both.
        """
        call(library.cw_partial_merge, self, other)
        return self

    def finish(self, *, progress: Optional[Progress] = None) -> Table:
        """The table of `Initiative.rollup` over what was added. The part may go on."""
        return Table._own(ask(library.cw_partial_finish, self, progress=progress))

    def to_bytes(self) -> bytes:
        """Checked, portable bytes; equal parts give equal bytes."""
        return take_buffer(call(library.cw_partial_serialize, self))

    def close(self) -> None:
        """Frees it now."""
        self._finalizer()

    def __enter__(self) -> Partial:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __copy__(self) -> Partial:
        return Partial.from_bytes(self._initiative, self.to_bytes())

    def __deepcopy__(self, memo: object) -> Partial:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        return Partial.from_bytes, (self._initiative, self.to_bytes())

    def __repr__(self) -> str:
        return f"<Partial rollup of {self._initiative!r}>"
