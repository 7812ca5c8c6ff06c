# SPDX-License-Identifier: Apache-2.0
"""What a mistyped id, word, argument or name is told, and what data may not do to a terminal."""

from __future__ import annotations

import pytest

import commonweal as cw

STEERING = [*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *"\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069"]


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda i: i.rollup(group="concil"), "there is no group concil. Did you mean council?"),
        (lambda i: i.rollup(indicator="people-serverd"), "Did you mean people-served?"),
        (lambda i: i.rollup(indicator="People served"), "Did you mean people-served"),
        (lambda i: i.rollup(group="people-served"), "people-served is an indicator, not a group"),
        (lambda i: i.explain(group="concil", indicator="people-served", period=2020), "Did you mean council?"),
        (lambda i: i.trend(group="concil"), "Did you mean council?"),
        (lambda i: i.analyze("trends"), "Did you mean trend?"),
        (lambda i: i.quality(indicator="people_servd"), "Did you mean people-served?"),
        (lambda i: i.contributions(indicator="people-served", group="counsil"), "Did you mean council?"),
        (lambda i: i.breakdowns(indicator="people-servd"), "Did you mean people-served?"),
        (lambda i: i.report(group="concil"), "Did you mean council?"),
        (lambda i: i.rollup(every="moth"), "Did you mean month?"),
        (lambda i: i.rollup(missing="completecase"), "Did you mean complete_case?"),
        (lambda i: i.rollup(membership="lastday"), "Did you mean last_day?"),
        (lambda i: i.trend(test="seasonl"), "Did you mean seasonal?"),
        (lambda i: i.forecast(method="holtt"), "Did you mean holt"),
        (lambda i: i.assess(policy="gates"), "Did you mean gate?"),
        (lambda i: i.assess(scheme="thre"), "Did you mean three?"),
        (lambda i: i.assess(only="conditon"), "Did you mean condition"),
        (lambda i: i.select("ranks"), "Did you mean rank?"),
        (lambda i: i.network.structure("brigdes"), "Did you mean bridges?"),
        (lambda i: i.network.to_text("grphml"), "Did you mean graphml?"),
        (lambda i: i.network.whole(node="organisation"), "Did you mean organization?"),
        (lambda i: cw.Partial(i, group="concil"), "Did you mean council?"),
        (lambda i: cw.Partial(i, indicator="people-servd"), "Did you mean people-served?"),
        (lambda i: cw.catalogue("conditons"), "Did you mean conditions?"),
        (lambda i: i.edit().remove("organisations"), "Did you mean organizations?"),
    ],
)
def test_a_mistyped_id_or_word_is_told_what_may_be_meant(demo, ask, hint):
    with pytest.raises(cw.InvalidArgument) as caught:
        ask(demo)
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda i: i.rollup(grop="council"), "grop'. Did you mean group?"),
        (lambda i: i.rollup(minimum_covrage=1), "Did you mean minimum_coverage?"),
        (lambda i: i.network.whole(nodes="person"), "Did you mean node"),
        (lambda i: i.structure(egde="member_of"), "Did you mean edge?"),
        (lambda i: i.analyze("card", test="original"), "Initiative.card() got an unexpected keyword argument 'test'"),
        (lambda i: cw.load("x", progres=None), "Did you mean progress?"),
        (lambda i: cw.sample(reporter=5), "Did you mean reporters?"),
        (lambda i: cw.Builder(titel="x"), "Did you mean title?"),
        (lambda i: cw.Partial(i, indicators="x"), "Did you mean indicator?"),
        (lambda i: cw.from_tables({}, sythetic=True), "Did you mean synthetic?"),
        (lambda i: i.plot.spark_lines(grup="x"), "Did you mean group"),
    ],
)
def test_a_mistyped_argument_is_a_type_error_that_says_which_is_meant(demo, ask, hint):
    with pytest.raises(TypeError) as caught:
        ask(demo)
    assert "unexpected keyword argument" in str(caught.value)
    assert hint in str(caught.value)


def test_names_that_are_not_there_say_which_is_near(demo):
    table = cw.Table({"value": [1.0], "reporter": ["a"]})
    for ask, kind, hint in (
        (lambda: table["vlaue"], KeyError, "Did you mean value?"),
        (lambda: demo["organisations"], KeyError, "Did you mean organizations?"),
        (lambda: demo.rolup(), AttributeError, "Did you mean rollup?"),
        (lambda: table.to_panda(), AttributeError, "Did you mean to_pandas"),
        (lambda: table.value, AttributeError, "Did you mean the column, ['value']?"),
        (lambda: table.reportr, AttributeError, "Did you mean reporter?"),
        (lambda: demo.network.brigdes(), AttributeError, "Did you mean bridges?"),
        (lambda: demo.info.titel, AttributeError, "Did you mean title?"),
        (lambda: cw.laod, AttributeError, "Did you mean load?"),
    ):
        with pytest.raises(kind) as caught:
            ask()
        assert hint in str(caught.value)
    assert not hasattr(table, "_ipython_display_")
    with pytest.raises(AttributeError) as caught:
        demo.quite_another_thing  # noqa: B018
    assert "Did you mean" not in str(caught.value)


def test_wrapped_functions_keep_their_names_and_signatures():
    import inspect

    assert cw.Initiative.rollup.__qualname__ == "Initiative.rollup"
    assert list(inspect.signature(cw.load).parameters) == ["path", "progress"]
    assert cw.Initiative.from_bytes.__self__ is cw.Initiative


def test_a_word_as_long_as_text_may_be_is_answered_in_time(demo):
    with pytest.raises(cw.InvalidArgument) as caught:
        demo.rollup(group="x" * 1_000_000)
    assert "Did you mean" not in str(caught.value)


def steering_in(text: str) -> list[str]:
    return [c for c in text if c in STEERING and c != "\n"]


def test_data_cannot_steer_the_terminal_or_reorder_a_line():
    for c in STEERING:
        table = cw.Table({f"name{c}": [f"a{c}b", None], "value": [1.0, 2.0]})
        column = table[f"name{c}"]
        assert column[0] == f"a{c}b"  # the data is what it is
        written = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(c) or (f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}")
        for shown in (repr(table), str(table), repr(column), str(column), table._repr_html_(), repr(table.head(1))):
            assert not steering_in(shown)
            assert f"a{written}b" in shown
            assert f"name{written}" in shown
        assert repr(table).count("\n") == 3


def test_what_a_package_says_of_itself_is_safe_to_show():
    with cw.Builder(name="n", title="T\x1b[31m\u202e", description="D\x07\u2066") as builder:
        builder.add("groups\x1b", {"id": ["g"]})
        assert not steering_in(repr(builder))
    with cw.Builder(name="n", title="T\x1b[31m\u202e", description="D\x07\u2066") as builder:
        made = builder.add("groups", {"id": ["g"]}).finish()
    for shown in (repr(made), made._repr_html_(), repr(made.network), repr(made.info), made.report()):
        assert not steering_in(shown)
    assert made.info.title == "T\x1b[31m\u202e"


def test_errors_and_the_log_are_safe_to_show(tmp_path, caplog):
    bad = "a\x1b]0;x\x07\u202e\x9b"
    (tmp_path / "groups.csv").write_text(f"id,name\n{bad},A\n{bad},B\n", encoding="utf-8")
    with caplog.at_level("INFO", "commonweal"), pytest.raises(cw.InvalidData) as caught:
        cw.load(tmp_path)
    assert not steering_in(str(caught.value) + repr(caught.value) + caught.value.message + caplog.text)
    assert "\\x1b" in str(caught.value)
    assert any(bad in message for message in caught.value.diagnostics["message"])
    for ask in (
        lambda: cw.load(tmp_path / bad),
        lambda: cw.Table({bad: [1, "one"]}),
        lambda: cw.Table({bad: [1], "x": [1, 2]}),
        lambda: cw.Table({"x": [1]})[bad],
        lambda: cw.load(**{bad: 1}),
        lambda: getattr(cw.Table({"x": [1]}), bad),
    ):
        with pytest.raises((cw.Error, KeyError, TypeError, AttributeError)) as error:
            ask()
        assert not steering_in(str(error.value))
