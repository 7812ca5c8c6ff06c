# SPDX-License-Identifier: Apache-2.0
"""Structs of options, filled from arguments by the types of their fields."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable

import numpy as np
import pytest

import commonweal as cw
from commonweal import _abi as abi
from commonweal._options import options
from commonweal._questions import ANALYSES


def read(text: abi.cw_text) -> str:
    return (text.data or b"")[: text.size].decode()


def test_each_type_of_field_takes_its_arguments():
    rolled = options(abi.cw_rollup_options, {"group": ["a", "b"], "indicator": "served", "from_": 99, "adjustment": 0.5})
    assert [read(rolled.group[i]) for i in range(rolled.n_group)] == ["a", "b"]
    assert [read(rolled.indicator[i]) for i in range(rolled.n_indicator)] == ["served"]
    assert (read(getattr(rolled, "from")), rolled.adjustment, rolled.minimum_coverage) == ("0099", 0.5, 0.75)
    card = options(abi.cw_card_options, {"as_of": datetime.date(2024, 2, 29), "to": None})
    assert [read(card.as_of[i]) for i in range(card.n_as_of)] == ["2024-02-29"]
    assert (card.to.size, card.confidence) == (0, 0.95)
    assert options(abi.cw_chart_options, {"screen": np.True_}).screen == 1
    assert options(abi.cw_quality_options, {"top": 3}).top == 3
    chosen = options(abi.cw_select_options, {"weight": {"trust": 2, "funds": 0.5}, "deadline": "2024-01-01"})
    assert [(read(w.name), w.weight) for w in chosen.weight[: chosen.n_weight]] == [("trust", 2.0), ("funds", 0.5)]


@pytest.mark.parametrize(
    ("struct", "given", "message"),
    [
        (abi.cw_rollup_options, {"every": 2024}, "every is int; it takes text"),
        (abi.cw_rollup_options, {"group": ["a", 1]}, "group is int; it takes text"),
        (abi.cw_rollup_options, {"from_": True}, "from_ is bool; it takes text"),
        (abi.cw_rollup_options, {"as_of": datetime.datetime(2024, 1, 1)}, "as_of is a time of day; give its date()"),
        (abi.cw_quality_options, {"top": -1}, "top is -1; it is a whole number from 0 to 18446744073709551615"),
        (abi.cw_info, {"synthetic": 2**32}, "synthetic is 4294967296; it is a whole number from 0 to 4294967295"),
        (abi.cw_gaps_options, {"by": "\ud800"}, "by is not text that UTF-8 can hold"),
    ],
)
def test_what_a_field_does_not_take_is_refused_by_its_name(struct, given, message):
    with pytest.raises(cw.InvalidArgument) as caught:
        options(struct, given)
    assert message in str(caught.value)


def test_numbers_that_are_not_whole_are_a_type_error():
    with pytest.raises(TypeError):
        options(abi.cw_quality_options, {"top": 2.5})


def analysis(word: str) -> Callable[..., cw.Table]:
    return getattr(cw.Initiative, "describe" if word == "summary" else word)


@pytest.mark.parametrize(
    ("function", "struct", "apart"),
    [
        *((analysis(word), getattr(abi, f"cw_{word}_options"), set()) for word in ANALYSES),
        (cw.Initiative.rollup, abi.cw_rollup_options, set()),
        (cw.Initiative.explain, abi.cw_explain_options, set()),
        (cw.Initiative.assess, abi.cw_assess_options, set()),
        (cw.Initiative.select, abi.cw_select_options, set()),
        (cw.Initiative.report, abi.cw_report_options, set()),
        (cw.Network.structure, abi.cw_structure_options, set()),
        (cw.Network.to_text, abi.cw_export_options, set()),
        (cw.Partial.__init__, abi.cw_rollup_options, {"initiative"}),
        (cw.sample, abi.cw_sample_options, {"path"}),
    ],
)
def test_every_field_has_its_argument_of_the_same_name_and_default(function, struct, apart):
    standard = getattr(abi, f"init_{struct.__name__}")()
    fields = {f[0] for f in struct._fields_}
    fields -= {"struct_size", "reserved", *(f"n_{name}" for name in fields)}
    given = {n.rstrip("_"): p for n, p in inspect.signature(function).parameters.items() if n not in ("self", *apart)}
    assert given.keys() | {"progress"} == fields | {"progress"}
    for name, parameter in given.items():
        if isinstance(parameter.default, (bool, int, float)):
            assert parameter.default == getattr(standard, name), name
