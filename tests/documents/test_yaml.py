"""YAML at the boundary of the language, with ruamel.yaml as the oracle."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import Node, ScalarNode, SequenceNode

from archlint.model import Extent, Outcome, Reason
from tests.documents.texts import entry_at, facts_of, problems, values, written

DOCUMENTS = [
    "a: plain\n",
    "a: plain with spaces   # comment\n",
    "a: 'single'\n",
    "a: 'it''s'\n",
    "a: ''\n",
    'a: ""\n',
    'a: "double"\n',
    'a: "tab\\t nl\\n quote\\" back\\\\ slash\\/"\n',
    'a: "\\x41\\u00e9\\U0001F600"\n',
    'a: "\\0\\a\\b\\e\\f\\v\\N\\_\\L\\P"\n',
    'a: "é ü 😀"\n',
    "a: first\n  second\n  third\n",
    "a: first\n\n  second\n",
    "a: first\n\n\n  second\n",
    "a: 'first\n  second'\n",
    "a: 'first\n\n  second'\n",
    "a: ' lead\n  trail '\n",
    'a: "first\n  second"\n',
    'a: "first   \n   second"\n',
    'a: "first \\\n  second"\n',
    'a: "first\\\n  \\ second"\n',
    'a: "first\n\n\n  second"\n',
    'a: "trailing \\  \n  second"\n',
    "a: |\n  one\n  two\n",
    "a: |-\n  one\n  two\n",
    "a: |+\n  one\n  two\n\n\nb: 1\n",
    "a: |\n  one\n\n  two\n\n\nb: 1\n",
    "a: |-\n  one\n\n\nb: 1\n",
    "a: |2\n    deep\n  flat\n",
    "a: |2-\n    deep\n  flat\n",
    "a: |-2\n    deep\n  flat\n",
    "a: |+1\n  deep\n flat\n\n",
    "a: | # comment\n  one\n",
    "a: |\n  # not a comment\n  one\n",
    "a: |\n  one\n    more\n  less\n",
    "a: |\n\n  after a blank line\n",
    "a: |\n  \ttab\n",
    "a: |\n  trailing space \n  one\n",
    "a: >\n  one\n  two\n",
    "a: >-\n  one\n  two\n",
    "a: >+\n  one\n  two\n\n",
    "a: >\n  one\n\n  two\n",
    "a: >\n  one\n\n\n  two\n  three\n",
    "a: >\n  one\n    more\n    indented\n  two\n",
    "a: >\n  one\n\n    more\n\n  two\n",
    "a: >\n  one\n  \ttabbed\n  two\n",
    "a: >\n\n  one\n  two\n",
    "a: >\n    more\n  \n    one\n",
    "a: |\nb: 1\n",
    "a: |\n\nb: 1\n",
    "a: |+\n\nb: 1\n",
    "a: |-\n  no final line end",
    "a: |\n  no final line end",
    "- |\n one\n- >\n two\n",
    "- |1\n  explicit\n",
    "a:\n- |2\n   explicit\n",
    "a: b\n---\nc: d\n...\n",
    "--- |\n  document\n",
    "--- plain\n--- 'quoted'\n",
    "%YAML 1.2\n---\na: b\n",
    "{a: b, 'c': \"d\", e: [f, g]}\n",
    "[a, [b, {c: d}]]\n",
    "{a: b,\n c: d e\n  f}\n",
    "[a: b, c]\n",
    "{? a : b, c: }\n",
    "? complex\n: value\n",
    "? |\n  block key\n: value\n",
    "a: &x one\nb: *x\n",
    "a: &x [one, two]\nb: *x\n",
    "a: &x\n  k: v\nb: *x\n",
    "&k key: value\n*k : other\n",
    "on: push\nyes: no\n",
    "a: !!str 12\nb: ! 13\n",
    "a: http://x/y#z\nb: c:d\ne: -1 f\n",
    "a: x#y\nb: 'x # y'\n",
    "a:\n- b\n- c\nd:\n  - e\n",
    "- - a\n  - b\n- - c\n",
    "- a: 1\n  b: 2\n-\n  c: 3\n",
    "a:\n\nb: ~\nc: null\n",
    "a: b\r\nc: |\r\n  d\r\n  e\r\nf: 'g\r\n  h'\r\n",
    "\ufeffa: b\n",
    "# only a comment\n",
    "a: '{{ x }}'\n",
    'a: "{{ x }}"\n',
    "'quoted key': 1\n\"other\\tkey\": 2\n",
]


def ruamel_scalars(text: str) -> list[tuple[str, str]]:
    """Each scalar as its path and its text, aliases followed, by another parser."""
    return [
        scalar
        for root in YAML(typ="safe", pure=True).compose_all(text)
        for scalar in (_scalars(root, ()) if root is not None else ())
    ]


def _scalars(node: Node, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ScalarNode):
        yield "/".join(path), node.value
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield from _scalars(item, (*path, str(index)))
    else:
        for key, value in node.value:
            yield from _scalars(value, (*path, key.value))


@pytest.mark.parametrize("text", DOCUMENTS)
def test_yaml_scalars_are_what_another_parser_reads(text: str) -> None:
    found = [(path, value) for path, value, _ in values("yaml", text)]

    assert sorted(found) == sorted(ruamel_scalars(text))
    assert facts_of("yaml", text).outcome is Outcome.ANALYSED


BLOCKS = st.builds(
    "{}{}{}{}\n{}b: 1\n".format,
    st.sampled_from(["a: ", "- ", "k:\n  a: "]),
    st.sampled_from("|>"),
    st.sampled_from(["", "-", "+"]),
    st.sampled_from(["", "1", "2"]),
    st.lists(
        st.builds(
            "{}{}\n".format,
            st.sampled_from(["", " ", "  ", "    "]),
            st.sampled_from(["", "x", "y z", "\tq", "# c", "- a", "é "]),
        ),
        max_size=6,
    ).map("".join),
)
QUOTED = st.builds(
    "a: {0}{1}{0}\nb: 1\n".format,
    st.just('"'),
    st.lists(st.sampled_from(["x", " ", "\n  ", "\n\n ", "\t", "#", ": ", "\\n", "\\ ", "\\\n  ", "é"])).map(
        "".join
    ),
)
SINGLE = st.builds(
    "a: '{}'\nb: 1\n".format,
    st.lists(st.sampled_from(["x", " ", "\n  ", "\n\n ", "\t", "#", ": ", "\\", "''", "é"])).map("".join),
)
PLAIN = st.builds(
    "a: x{}\nb: 1\n".format,
    st.lists(st.sampled_from(["x", " ", "\n  ", "\n\n ", "#", ":", "-", "'", '"', ",", "é"])).map("".join),
)


@given(st.one_of(BLOCKS, QUOTED, SINGLE, PLAIN))
def test_yaml_is_read_as_another_parser_does_or_said_not_to_be(text: str) -> None:
    try:
        expected = ruamel_scalars(text)
    except YAMLError:
        return
    found = [(path, value) for path, value, _ in values("yaml", text)]

    assert sorted(found) == sorted(expected) or problems("yaml", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on: push", ("on", "push", "string")),
        ("a: yes", ("a", "yes", "string")),
        ("a: true", ("a", "true", "boolean")),
        ("a: False", ("a", "False", "boolean")),
        ("a: 'true'", ("a", "true", "string")),
        ("a:", ("a", "", "null")),
        ("a: ~", ("a", "~", "null")),
        ("a: 250", ("a", "250", "number")),
        ("a: -1.5e+3", ("a", "-1.5e+3", "number")),
        ("a: 0x1F", ("a", "0x1F", "number")),
        ("a: .inf", ("a", ".inf", "number")),
        ("a: '250'", ("a", "250", "string")),
        ("a: 1.2.3", ("a", "1.2.3", "string")),
        ("a: 2001-01-01", ("a", "2001-01-01", "string")),
        ("a: 12:30", ("a", "12:30", "string")),
        ("a: !!str 250", ("a", "250", "string")),
        ("a: !!int '250'", ("a", "250", "number")),
        ("a: !Ref true", ("a", "true", "string")),
        ("a: |\n  250\n", ("a", "250\n", "string")),
    ],
)
def test_a_yaml_scalar_has_the_type_of_the_core_schema(text: str, expected: tuple[str, str, str]) -> None:
    assert values("yaml", text) == [expected]


def test_mappings_and_sequences_are_entries_too() -> None:
    found = [(entry.path, entry.type) for entry in facts_of("yaml", "a: {b: []}\nc:\n- d: 1\n").entries]

    assert found == [
        ((), "mapping"),
        (("a",), "mapping"),
        (("a", "b"), "sequence"),
        (("c",), "sequence"),
        (("c", "0"), "mapping"),
        (("c", "0", "d"), "number"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("base: &b {x: 1, y: 2}\na:\n  <<: *b\n  y: 3\n", [("a/y", "3"), ("a/x", "1")]),
        ("base: &b {x: 1}\na:\n  x: 2\n  <<: *b\n", [("a/x", "2")]),
        ("b: &b {x: 1}\nc: &c {x: 2, y: 3}\na: {<<: [*b, *c]}\n", [("a/x", "1"), ("a/y", "3")]),
        ("b: &b {x: 1}\nc: &c {<<: *b, y: 2}\na: {<<: *c}\n", [("a/y", "2"), ("a/x", "1")]),
        ("a: {<<: {x: 1}, y: 2}\n", [("a/y", "2"), ("a/x", "1")]),
        ("a: &a {<<: *a, x: 1}\n", [("a/x", "1")]),
        ("a: {<<: &b {x: 1}}\nc: *b\n", [("a/x", "1"), ("c/x", "1")]),
    ],
)
def test_merge_keys_bring_in_what_the_mapping_has_not(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(path, value) for path, value, _ in values("yaml", text) if path[0] in ("a", "c")]

    assert [entry for entry in found if entry in expected] == expected
    assert not [path for path, _ in found if path[0] == "a" and (path, _) not in expected]


def test_an_alias_points_at_its_anchor() -> None:
    text = "default: &subject devstudio\nopen:\n  subject: *subject\n"

    assert written("yaml", text, "devstudio") == [
        ("key", "default", "devstudio"),
        ("key", "subject", "devstudio"),
    ]
    assert entry_at(text, "open/subject").span.line == 1


def test_the_latest_anchor_of_a_name_counts_and_none_of_another_document() -> None:
    assert values("yaml", "a: &x 1\nb: &x 2\nc: *x\n")[-1] == ("c", "2", "number")
    assert problems("yaml", "a: &x 1\n---\nb: *x\n") == [("syntax", 3, 4)]


def test_an_expansion_bomb_is_cut_and_said_to_be() -> None:
    nine = ",".join
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{new}: &{new} [{nine([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    found = facts_of("yaml", "\n".join(lines))

    assert len(found.entries) < 11_000
    assert [problem.reason for problem in found.problems] == [Reason.TOO_LARGE]


def test_an_alias_inside_its_own_anchor_ends() -> None:
    assert problems("yaml", "a: &a [*a]") == [("depth-limit", 1, 4)]


@pytest.mark.parametrize("text", ["- " * 300 + "a", "".join(f"{' ' * n}a:\n" for n in range(300))])
def test_blocks_so_deep_that_the_parser_would_die_are_not_given_to_it(text: str) -> None:
    (problem,) = facts_of("yaml", text).problems

    assert (problem.reason, problem.extent) == (Reason.DEPTH_LIMIT, Extent.ALL)


def test_a_mistake_hides_only_the_top_level_value_that_holds_it() -> None:
    text = "a: 1\nb:\n  - x\n  y: z\nc:\n- d\n{{- if .Values.x }}\ne: 2\n"
    found = facts_of("yaml", text)

    assert values("yaml", text) == [("a", "1", "number"), ("c/0", "d", "string"), ("e", "2", "number")]
    assert [problem.span.line for problem in found.problems] == [3, 7]
    assert found.problems[0].message == "not YAML; lines 2 to 4 were not judged"


@pytest.mark.parametrize("text", ["  {{ x }}: y: z", "\ta: b", 'a: "b', "a: b\0\nc: d", "a: b\n c: d\n", "@"])
def test_yaml_that_is_not_yaml_is_never_just_empty(text: str) -> None:
    assert problems("yaml", text)


def test_more_lines_than_the_parser_counts_are_read_in_parts() -> None:
    lines = "".join(f"k{n}: v\n" for n in range(40_000))

    assert len(values("yaml", lines)) == 40_000
    assert facts_of("yaml", lines).outcome is Outcome.ANALYSED


def test_one_block_of_more_lines_than_the_parser_counts_is_said_not_to_be_read() -> None:
    lines = "a:\n" + "".join(f" k{n}: v\n" for n in range(40_000)) + "b: 1\n"

    assert values("yaml", lines) == [("b", "1", "number")]
    assert problems("yaml", lines) == [("too-large", 1, 1)]


@pytest.mark.parametrize("text", ["a:\n|\n b\n", "a:\n>-\n b\n", "a: 1\nc:\n&x |\n b\n", "- a\n|\n b\n"])
def test_a_block_scalar_that_belongs_to_nothing_is_a_problem(text: str) -> None:
    assert [reason for reason, _, _ in problems("yaml", text)] == ["syntax"]
