"""Paths to entries: what they may look like, and that they lead where RFC 9535 says."""

import json
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.kinds.entries.paths import BadPathError, parse_path
from archlint.kinds.entries.scalars import spelled
from archlint.kinds.entries.walk import walk
from tests.documents.texts import facts_of

Json = object
Steps = list[tuple[bool, list[str | int | None]]]  # is deep, choices; None for every entry

SAMPLE = {
    "scripts": {"test": "jest", "test:unit": "vitest", "0": "zero", "it's": "quoted", 'a "b"\\': "odd"},
    "jobs": {"build": {"steps": [{"uses": "a"}, {"run": "b"}, {"uses": "c"}]}, "ship": {"uses": "d"}},
    "vars": {"API_URL": "1", "DOCS_URL": "2", "URL_API": "3", "_URL": "4", "*": "5"},
    "@org/pkg": {"$schema": "s", "größe": 1},
    "matrix": [["x", "y"], ["z"]],
}


def selected(path: str, value: Json = SAMPLE) -> list[str]:
    entries = facts_of("json", json.dumps(value)).entries
    return ["/".join(entry.path) for entry in walk(parse_path(path), entries).selected]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$", [""]),
        ("scripts.test", ["scripts/test"]),
        ("$.scripts.test", ["scripts/test"]),
        (".scripts.test", ["scripts/test"]),
        ("scripts.test:unit", ["scripts/test:unit"]),
        ("$.scripts['test:unit']", ["scripts/test:unit"]),
        ('scripts["test:unit"]', ["scripts/test:unit"]),
        ("scripts['0']", ["scripts/0"]),
        ("scripts[0]", []),
        (r"scripts['it\'s']", ["scripts/it's"]),
        (r"""scripts["a \"b\"\\"]""", ['scripts/a "b"\\']),
        ("scripts[ 'test' , 'test:unit' ]", ["scripts/test", "scripts/test:unit"]),
        ("@org/pkg.$schema", ["@org/pkg/$schema"]),
        ("$['@org/pkg']['größe']", ["@org/pkg/größe"]),
        ("@org/pkg.größe", ["@org/pkg/größe"]),
        ("jobs.*.steps[*].uses", ["jobs/build/steps/0/uses", "jobs/build/steps/2/uses"]),
        ("jobs.*.steps[0]", ["jobs/build/steps/0"]),
        ("jobs.build.steps[-1].uses", ["jobs/build/steps/2/uses"]),
        ("jobs.build.steps[-4]", []),
        ("jobs.build.steps[0,2].uses", ["jobs/build/steps/0/uses", "jobs/build/steps/2/uses"]),
        ("$..uses", ["jobs/build/steps/0/uses", "jobs/build/steps/2/uses", "jobs/ship/uses"]),
        ("..uses", ["jobs/build/steps/0/uses", "jobs/build/steps/2/uses", "jobs/ship/uses"]),
        ("$..['run']", ["jobs/build/steps/1/run"]),
        ("matrix..[0]", ["matrix/0", "matrix/0/0", "matrix/1/0"]),
        ("vars.*_URL", ["vars/API_URL", "vars/DOCS_URL", "vars/_URL"]),
        ("vars.*_*", ["vars/API_URL", "vars/DOCS_URL", "vars/URL_API", "vars/_URL"]),
        ("vars['*']", ["vars/*"]),
        ("matrix.length", []),
    ],
)
def test_a_path_leads_where_its_reader_expects(path: str, expected: list[str]) -> None:
    assert selected(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "it is empty; '$' is the whole document"),
        ("a..", "a name is missing after the dot, at character 2"),
        ("a.", "a name is missing after the dot, at character 2"),
        ("a...b", "there are one or two dots before a name, at character 2"),
        ("a[uses]", "a name in brackets stands in quotes, as in ['name'], at character 2"),
        ("a['b'", "brackets hold 'names', positions and *, and are closed, at character 2"),
        ("a[]", "brackets hold 'names', positions and *, and are closed, at character 2"),
        (r"a['\n']", "brackets hold 'names', positions and *, and are closed, at character 2"),
        ("a[01]", "brackets hold 'names', positions and *, and are closed, at character 2"),
        ("a[?@.b]", "filters are not supported, at character 2"),
        ("a[1:2]", "slices are not supported, at character 2"),
        ("a b", "expected .name, ['name'], [0] or [*], at character 2"),
        ("a[0]b", "expected .name, ['name'], [0] or [*], at character 5"),
        ("$ .a", "expected .name, ['name'], [0] or [*], at character 2"),
        ("steps.0.uses", "'0' can be a position or a key: write [0] or ['0']"),
        ("a" * 1001, "it has at most 1,000 characters"),
        (".a" * 65, "it has at most 64 steps"),
    ],
)
def test_a_path_that_cannot_be_meant_says_why_and_where(path: str, expected: str) -> None:
    with pytest.raises(BadPathError) as raised:
        parse_path(path)

    assert str(raised.value) == expected


def test_what_is_written_twice_is_selected_twice() -> None:
    repeated = facts_of("json", '{"a": {"b": 1}, "a": {"b": 2}}').entries
    documents = facts_of("yaml", "a: {b: 1}\n---\na: {b: 2}\n---\n- a\n").entries

    assert [entry.value for entry in walk(parse_path("a.b"), repeated).selected] == ["1", "2"]
    assert [entry.value for entry in walk(parse_path("a.b"), documents).selected] == ["1", "2"]
    assert [entry.value for entry in walk(parse_path("$[0]"), documents).selected] == ["a"]


def test_a_hostile_path_takes_no_longer_than_its_length() -> None:
    text = '{"a":' * 900 + "1" + "}" * 900
    entries = facts_of("json", text).entries
    long_key = facts_of("json", json.dumps({"a" * 100_000: 1})).entries
    started = time.process_time()

    assert len(walk(parse_path("$" + "..a" * 32), entries).selected) == 900 - 31
    assert not walk(parse_path("$" + "..*a*" * 32 + ".b"), entries).selected
    assert not walk(parse_path("*a" * 400 + "*b"), long_key).selected
    with pytest.raises(BadPathError):
        parse_path("a[" + "'" * 997)
    with pytest.raises(BadPathError):
        parse_path("a[" + "0," * 498)
    assert time.process_time() - started < 5


KEYS = st.sampled_from(["a", "b", "c:d", "0", "1", "-1", "x.y", "'", '"', "\\", "é", ""])
VALUES = st.recursive(
    st.sampled_from([1, "x", None, True]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=20,
)
STEPS = st.lists(
    st.tuples(st.booleans(), st.lists(KEYS | st.integers(-3, 3) | st.none(), min_size=1, max_size=2)),
    max_size=5,
)


def spelling(steps: Steps) -> str:
    """The steps as a path with brackets."""
    return "$" + "".join(
        f"{'..' if is_deep else ''}[{','.join(map(choice, choices))}]" for is_deep, choices in steps
    )


def choice(meant: str | int | None) -> str:
    if isinstance(meant, str):
        return "'" + meant.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return "*" if meant is None else str(meant)


def naive(value: Json, steps: Steps) -> set[tuple[str, ...]]:
    """Where RFC 9535 says that the steps lead, by plain recursion over the values themselves."""
    if not steps:
        return {()}
    (is_deep, choices), rest = steps[0], steps[1:]
    found = {
        (key, *below)
        for key, child in children(value)
        if any(means(meant, key, value) for meant in choices)
        for below in naive(child, rest)
    }
    if is_deep:
        found |= {(key, *below) for key, child in children(value) for below in naive(child, steps)}
    return found


def children(value: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(index), item) for index, item in enumerate(value))


def means(meant: str | int | None, key: str, holder: Json) -> bool:
    if meant is None:
        return True
    if isinstance(meant, int) and isinstance(holder, list):
        return range(len(holder))[meant] == int(key) if -len(holder) <= meant < len(holder) else False
    return isinstance(meant, str) and isinstance(holder, dict) and meant == key


@given(VALUES, STEPS)
@settings(max_examples=500, deadline=None)
def test_a_walk_over_entries_selects_what_a_naive_evaluation_of_the_values_does(
    value: Json, steps: Steps
) -> None:
    entries = facts_of("json", json.dumps(value)).entries

    found = [entry.path for entry in walk(parse_path(spelling(steps)), entries).selected]

    assert set(found) == naive(value, steps)
    assert len(found) == len(set(found))


@given(VALUES)
@settings(max_examples=100, deadline=None)
def test_the_spelling_of_an_entry_selects_that_entry(value: Json) -> None:
    entries = facts_of("json", json.dumps(value)).entries
    types = {entry.path: entry.type for entry in entries}
    for entry in entries:
        is_ambiguous = any(
            types[entry.path[:end]] == "mapping" and segment.isdigit()
            for end, segment in enumerate(entry.path)
        )
        if entry.path and not is_ambiguous:
            assert walk(parse_path(spelled(entry.path)), entries).selected == (entry,)
