# SPDX-License-Identifier: Apache-2.0
"""Structs of options, filled from arguments by the types of their fields."""

from __future__ import annotations

import datetime
import inspect

import numpy as np
import pytest

import commonweal as cw
from commonweal import _abi as abi
from commonweal._options import options


def read(text: abi.cw_text) -> str:
    return (text.data or b"")[: text.size].decode()


def test_each_type_of_field_takes_its_arguments():
    rolled = options(abi.cw_rollup_options, {"group": ["a", "b"], "indicator": "served", "from_": 99, "adjustment": 0.5})
    assert [read(rolled.groups[i]) for i in range(rolled.n_groups)] == ["a", "b"]
    assert [read(rolled.indicators[i]) for i in range(rolled.n_indicators)] == ["served"]
    assert (read(getattr(rolled, "from")), rolled.adjustment, rolled.minimum_coverage) == ("0099", 0.5, 0.75)
    judged = options(abi.cw_analyze_options, {"as_of": datetime.date(2024, 2, 29), "screen": np.True_, "top": 3, "to": None})
    assert [read(judged.days[i]) for i in range(judged.n_days)] == ["2024-02-29"]
    assert (judged.screen, judged.top, judged.to.size, judged.confidence) == (1, 3, 0, 0.95)
    chosen = options(abi.cw_select_options, {"weights": {"trust": 2, "funds": 0.5}, "deadline": "2024-01-01"})
    assert [(read(w.criterion), w.weight) for w in chosen.weights[: chosen.n_weights]] == [("trust", 2.0), ("funds", 0.5)]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"every": 2024}, "every is int; it takes text"),
        ({"group": ["a", 1]}, "group is int; it takes text"),
        ({"from_": True}, "from_ is bool; it takes text"),
        ({"as_of": datetime.datetime(2024, 1, 1)}, "as_of is a time of day; give its date()"),
        ({"top": -1}, "top is -1; it is a whole number from 0 to 18446744073709551615"),
        ({"screen": 2**32}, "screen is 4294967296; it is a whole number from 0 to 4294967295"),
        ({"by": "\ud800"}, "by is not text that UTF-8 can hold"),
    ],
)
def test_what_a_field_does_not_take_is_refused_by_its_name(given, message):
    with pytest.raises(cw.InvalidArgument) as caught:
        options(abi.cw_analyze_options, given)
    assert message in str(caught.value)


def test_numbers_that_are_not_whole_are_a_type_error():
    with pytest.raises(TypeError):
        options(abi.cw_analyze_options, {"top": 2.5})


@pytest.mark.parametrize(
    ("function", "struct", "apart"),
    [
        (cw.Initiative.rollup, abi.cw_rollup_options, set()),
        (cw.Initiative.analyze, abi.cw_analyze_options, {"what"}),
        (cw.Initiative.assess, abi.cw_assess_options, set()),
        (cw.Initiative.select, abi.cw_select_options, {"what"}),
        (cw.Initiative.report, abi.cw_report_options, set()),
        (cw.Network.structure, abi.cw_view_options, {"what"}),
        (cw.sample, abi.cw_sample_options, {"path"}),
    ],
)
def test_every_field_has_its_argument_and_every_argument_its_field(function, struct, apart):
    fields = {f[0] for f in struct._fields_}
    fields -= {"struct_size", "reserved", *(f"n_{name}" for name in fields)}
    longer = {"indicator": "indicators", "group": "groups", "reporter": "reporters", "as_of": "days"}
    names = {name.rstrip("_") for name in inspect.signature(function).parameters} - {"self"} - apart
    assert {n if n in fields else longer.get(n, n) for n in names} | {"progress"} == fields | {"progress"}
