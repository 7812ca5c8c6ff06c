# SPDX-License-Identifier: Apache-2.0
"""Rollups in parts give the bits of the whole."""

from __future__ import annotations

import copy
import pickle

import polars as pl
import pytest

import commonweal as cw

OPTIONS = {"group": "council", "every": "quarter", "indicator": ["people-served", "households-housed"]}


def parts(demo, count):
    reports = demo["observations"]
    return [cw.Partial(demo, **OPTIONS).update(reports[i::count]) for i in range(count)]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_parts_make_the_whole(demo, count):
    first, *rest = parts(demo, count)
    for other in rest:
        assert first.merge(other) is first
    assert first.finish() == demo.rollup(**OPTIONS)
    assert first.finish().to_csv() == demo.rollup(**OPTIONS).to_csv()


def test_parts_go_on_after_finish(demo):
    reports = demo["observations"].to_polars()
    part = cw.Partial(demo, **OPTIONS).update(reports.head(500))
    before = part.finish()
    assert before != demo.rollup(**OPTIONS)
    part.update(reports.tail(-500).to_pandas())
    assert part.finish() == demo.rollup(**OPTIONS)


def test_bytes_and_pickles_hold_the_same(demo):
    one, other = parts(demo, 2)
    again = cw.Partial.from_bytes(demo, one.to_bytes())
    assert again.to_bytes() == one.to_bytes()
    assert pickle.loads(pickle.dumps(one)).merge(other).finish() == demo.rollup(**OPTIONS)
    mine = copy.deepcopy(again)
    mine.merge(other)
    assert mine.finish() == demo.rollup(**OPTIONS)
    assert again.to_bytes() == one.to_bytes()


def test_structure_alone_is_enough_to_begin(demo):
    with demo.edit() as builder:
        bare = builder.remove("observations").finish()
    part = cw.Partial(bare, **OPTIONS).update(demo["observations"])
    moved = cw.Partial.from_bytes(demo, part.to_bytes())
    assert moved.finish() == demo.rollup(**OPTIONS)


def test_what_came_before_is_refused_and_changes_nothing(demo):
    one, other = parts(demo, 2)
    before = one.to_bytes()
    with pytest.raises(cw.InvalidData) as caught:
        one.update(demo["observations"])
    assert caught.value.code == "repeated_observation"
    with pytest.raises(cw.InvalidData):
        one.merge(copy.copy(one))
    assert one.to_bytes() == before
    assert one.merge(other).finish() == demo.rollup(**OPTIONS)


def test_other_options_and_initiatives_do_not_merge(demo, care):
    part = parts(demo, 1)[0]
    with pytest.raises(cw.InvalidArgument):
        part.merge(cw.Partial(demo, group="council"))
    with pytest.raises(cw.InvalidData):
        cw.Partial.from_bytes(care, part.to_bytes())
    with pytest.raises(cw.InvalidData):
        cw.Partial.from_bytes(demo, part.to_bytes()[:-1])
    with pytest.raises(cw.InvalidArgument, match="carry_forward"):
        cw.Partial(demo, indicator="waiting-list", missing="carry_forward")


def test_progress_stops_and_closing_is_no_crash(demo):
    part = parts(demo, 1)[0]

    def stop(share, doing):
        raise cw.Cancelled("enough")

    with pytest.raises(cw.Cancelled):
        part.finish(progress=stop)
    assert repr(part).startswith("<Partial rollup of <Initiative")
    with part:
        assert len(part.finish()) > 0
    with pytest.raises(cw.InvalidArgument):
        part.finish()


def test_any_data_comes_in(demo):
    frame = demo["observations"].to_polars().with_columns(pl.col("reporter").cast(pl.Categorical))
    assert cw.Partial(demo, **OPTIONS).update(frame).finish() == demo.rollup(**OPTIONS)
    assert cw.Partial(demo, **OPTIONS).update(demo["observations"].to_dict()).finish() == demo.rollup(**OPTIONS)
