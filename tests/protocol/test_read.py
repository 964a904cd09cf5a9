"""A protocol is read with every mistake at once: its line, its key, what is allowed and the nearest known key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.errors import CannotDo, ProblemsFound
from cordside.protocol.read import parse_protocol, read_protocol
from tests.protocol.written import SHIPPED, at, data_of, mistakes, places_in, spoiled, the_mistake, written
from tests.support.folders import a_protocol

START = data_of(SHIPPED["_start"])
RENMIN = data_of(SHIPPED["renmin-2020"])


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_protocols_are_sound(name):
    assert parse_protocol(SHIPPED[name]).format == "1"


def test_the_text_comes_back_beside_the_protocol(tmp_path):
    (tmp_path / "protocol.yaml").write_text(a_protocol(), encoding="utf-8")
    protocol, text = read_protocol(tmp_path / "protocol.yaml")
    assert (protocol.study, text) == ("T", a_protocol())


def test_a_missing_file_cannot_be_read(tmp_path):
    with pytest.raises(CannotDo, match="no such file"):
        read_protocol(tmp_path / "protocol.yaml")


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "an empty file"), ("# nothing\n", "an empty file"), ("- a\n", "not a mapping of keys"), ("hello\n", "not a mapping of keys")],
)
def test_a_file_without_keys_is_no_protocol(text, words):
    (found,) = mistakes(text)
    assert (found.row, found.problem, found.remedy) == (1, words, "begin with format: 1")


def test_all_mistakes_are_reported_at_once_with_line_and_key():
    text = a_protocol("visits:\n  D1: {day: 0}\n  D2:\n    day: two\n    windows: [0, 1]\nremarks:\n  - {about: AE}\norigins: x\n")
    lines = text.splitlines()
    found = [(lines[problem.row - 1].strip(), problem.variable) for problem in mistakes(text)]
    assert found == [
        ("D1: {day: 0}", "visits.D1"),
        ("day: two", "visits.D2.day"),
        ("windows: [0, 1]", "visits.D2.windows"),
        ("- {about: AE}", "remarks.0.text"),
        ("origins: x", "origins"),
    ]


@pytest.mark.parametrize(
    ("parts", "key", "meant"),
    [
        ("panel: {}", "panel", "panels"),
        ("conventions: {rouding: half_up}", "conventions.rouding", "rounding"),
        ("sites: {A: {name: A, country: CHN, time_zone: Asia/Shanghai}}", "sites.A.time_zone", "timezone"),
        ("visits: {D1: {dya: 1}}", "visits.D1.dya", "day"),
        ("visits: {D1: {day: 1, repeat: {evry: 2, every: 2, times: 2}}}", "visits.D1.repeat.evry", "every"),
        ("panels: {p: {items: [{item: LB.CRP, spcimen: BLOOD}]}}", "panels.p.items.0.spcimen", "specimen"),
        ("panels: {p: {when: {item: MH.X, recorded: true, taken: last}, items: [{item: LB.CRP}]}}", "panels.p.when.taken", "take"),
        ("before_each_infusion: [{id: a, any: [{item: VS.RESP, atleast: 3, at_most: 4}]}]",
         "before_each_infusion.0.any.0.atleast", "at_least"),
        ("analyses: [{kind: infusions, id: a, title: A, foot_notes: []}]", "analyses.0.foot_notes", "footnotes"),
        ("analyses: [{kind: swabs, id: a, title: A, item: MB.SAR2RNA, places: [{label: a, location: b, locaton: c}]}]",
         "analyses.0.places.0.locaton", "location"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_refused_at_every_level_and_the_nearest_is_named(parts, key, meant):
    found = [problem for problem in mistakes(a_protocol(parts)) if problem.problem == "the key is not known"]
    assert [(problem.variable, problem.remedy) for problem in found] == [(key, f"did you mean {meant}")]
    assert meant in found[0].allowed.removeprefix("keys here: ").split(", ")


@pytest.mark.parametrize("key", ["title", "control_group", "period", "ethics", "sites", "arms", "population", "product", "regimen",
                                 "before_each_infusion", "visits", "events_of_special_interest", "endpoints", "roles", "format",
                                 "study", "origin"])  # fmt: skip
@pytest.mark.parametrize("way", ["left out", "empty"])
def test_a_key_that_must_be_answered_is_missing_when_it_is_left_out_or_empty(key, way):
    lines = [line for line in a_protocol().splitlines() if not line.startswith(f"{key}:")]
    (found,) = mistakes("\n".join([*lines, f"{key}:"] if way == "empty" else lines))
    answers = "a value" if key in ("format", "study", "origin") else "a value, or not_published"
    assert (found.variable, found.problem, found.allowed) == (key, "the key is missing", answers)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ("visits: {D1: {day: 1.5}}", "visits.D1.day: '1.5' is not a whole number; a whole number; mend the value."),
        ("visits: {D1: {day: one}}", "visits.D1.day: 'one' is not a whole number; a whole number; mend the value."),
        ("visits: {D1: {day: [1]}}", "visits.D1.day: a list is not a whole number; a whole number; mend the value."),
        ("visits: {D1: {ask: p}}", "visits.D1.ask: 'p' is not a list; a list: [one, two] or lines that begin with a dash; mend the value."),
        ("visits: {D1: 3}", "visits.D1: '3' is not keys with values below them; keys with values below them; mend the value."),
        ("visits: {D1: {label: [a]}}", "visits.D1.label: a list is not a text; a text; mend the value."),
        ("visits: {D1: {label: {a: b}}}", "visits.D1.label: a mapping of keys is not a text; a text; mend the value."),
        ("visits: {D1: {unscheduled: maybe}}", "visits.D1.unscheduled: 'maybe' is not true or false; true or false; mend the value."),
        ("visits: {D1: {by: fone}}", "visits.D1.by: 'fone' is not known here; one of 'clinic', 'ward' or 'phone'; did you mean phone."),
        ("visits: {D1: {window: [1]}}", "visits.D1.window: a list is not allowed here; at least 2 entries; mend the value."),
        ("visits: {D1: {day: 1, repeat: {every: 0, times: 2}}}", "visits.D1.repeat.every: '0' is not allowed here; 1 or more;"),
        ("ranges: [{item: LB.CRP, low: 1e, unit: mg/L}]", "ranges.0.low: '1e' is not a number with a point;"),
        ("ranges: [{item: LB.CRP, low: NaN, unit: mg/L}]", "ranges.0.low: 'NaN' is not a number with a point;"),
        ("ranges: [{item: 'LB|CRP', low: 1, unit: x}]", "ranges.0.item: LB|CRP names no item; DOMAIN.NAME such as"),
        ("conventions: {quantiles: type-10}", "conventions.quantiles: 'type-10' is not known here;"),
        ("analyses: [{kind: swab, id: a, title: A}]", "analyses.0: kind swab is not known; one of adverse_events, "),
        ("analyses: [{id: a, title: A}]", "analyses.0: kind is missing; one of adverse_events, "),
        ("remarks: [{about: '', text: x}]", "remarks.0.about: '' is not allowed here; at least 1 character; mend the value."),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_says_what_is_allowed(parts, words):
    assert the_mistake(parts).startswith(words)


def test_a_long_value_is_not_printed_back_whole():
    assert len(the_mistake(f"visits: {{D1: {{day: {'9' * 5000}}}}}")) < 500


def test_scalars_are_text_where_text_is_meant():
    protocol = parse_protocol(a_protocol("version: 1.10\nregistration: 0123\nsponsor: yes"))
    assert (protocol.version, protocol.registration, protocol.sponsor) == ("1.10", "0123", "yes")


TEXTS = ["x", "", "-1", "0", "1e400", "NaN", "9" * 400, "not_published", "LB.CRP", "2020-13"]
KINDS = ["gone", "renamed", *TEXTS, None, [], ["a"], {}, {"a": "b"}, [[]]]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_spoiled_protocol_is_read_or_its_problems_lie_within_the_file(data):
    protocol = data.draw(st.sampled_from([START, RENMIN]))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(list(places_in(protocol))))
        kind = data.draw(st.sampled_from(KINDS))
        if kind in ("gone", "renamed"):
            protocol = spoiled(protocol, place, None)
            value = at(protocol, place[:-1])
            del value[place[-1]]
            if kind == "renamed" and isinstance(value, dict):
                value[f"{place[-1]}s"] = "x"
        else:
            protocol = spoiled(protocol, place, kind)
    text = written(protocol)
    rows = [problem.row for problem in mistakes(text)]
    assert all(1 <= row <= len(text.splitlines()) for row in rows)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(SHIPPED)), st.integers(0, 10_000), st.integers(0, 40), st.text(max_size=8))
def test_a_protocol_with_a_torn_text_is_read_or_gives_problems(name, start, length, put):
    text = SHIPPED[name]
    torn = text[: start % len(text)] + put + text[start % len(text) + length :]
    try:
        parse_protocol(torn.encode("utf-8", "ignore").decode())
    except ProblemsFound as found:
        assert all(problem.row is None or 1 <= problem.row <= torn.count("\n") + torn.count("\r") + 1 for problem in found.problems)
