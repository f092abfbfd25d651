"""Hostile configuration: one mistake with a place, within a second, and nothing else escapes."""

import os
import random
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.config import load
from archlint.config.reading.toml_places import KeyPath, places
from archlint.errors import ConfigError
from tests.config.configs import RULE, config_of, lay_out, mistakes_of

SECONDS = 1.0
ALIAS_BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE_BOMB = "a: &a { x: 1 }\n" + "".join(
    f"{b}: &{b} {{ <<: [*{a}, *{a}] }}\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
ANCHOR = "an anchor cannot be used here: rule files are plain data; write the value out"
YAML = {
    "alias bomb": (ALIAS_BOMB, f"1:4: {ANCHOR}"),
    "merge bomb": (MERGE_BOMB, f"1:4: {ANCHOR}"),
    "alias": (
        "- *a",
        f"1:3: {ANCHOR.replace('an anchor', 'an alias')}; a glob that begins with * stands in quotes",
    ),
    "merge key": (
        "- <<: { id: a }",
        "1:3: a merge key cannot be used here: rule files are plain data; write the keys out",
    ),
    "tag": (
        "- id: !!python/object/apply:os.system [id]",
        "1:7: a tag cannot be used here: rule files are plain data; write the value without it",
    ),
    "duplicate key": (f"{RULE}  size: 1", "3:3: this key is here a second time; the first is in line 2"),
    "key that is a list": ("- [a]: b", "1:3: a key is a word, not a list or a mapping"),
    "date": ("- id: a\n  size: { lines: 2001-99-99 }", '2:18: expected a whole number, found "2001-99-99"'),
    "5,000 digits": (
        f"- id: a\n  size: {{ lines: {'9' * 5000} }}",
        "2:18: a whole number has at most 18 digits",
    ),
    "tab": ("- id: a\n\tsize: x", "2:1: not YAML: a tab cannot indent; use spaces"),
    "NUL": ("- id: a\0", "1:8: the character U+0000 may not stand in YAML"),
    "bad UTF-8": (b"- id: \xc3\xa9\xff", "1:8: byte 0xff is not UTF-8; save the file as UTF-8"),
    "UTF-16": (
        "- id: a".encode("utf-16"),
        "1:1: byte 0xff is not UTF-8; it is UTF-16; save the file as UTF-8",
    ),
    "flow depth 1,000": ("[" * 1_000 + "]" * 1_000, "1:65: values nest at most 64 deep"),
    "flow depth 100,000": ("[" * 100_000, "1:65: values nest at most 64 deep"),
    "block depth 600": (
        "".join(" " * depth + "a:\n" for depth in range(600)),
        "65:65: values nest at most 64 deep",
    ),
    "10 MB": ("# \n" * 3_500_000, "1:1: the file has more than 262,144 bytes, the most it may have"),
    "120,000 values": (f"[{'a,' * 120_000}]", "1:32768: a rule file holds at most 16,384 keys and values"),
    "unclosed": (
        "- id: 'a\n\n",
        "1:7: not YAML: this quote is not closed",
    ),
    "directive": ("%YAML 1.9\n---\na", "1:1: not YAML: an escape or directive nobody knows"),
    "escape": (r'- id: "\UFFFFFFFF"', "1:3: not YAML: an escape or directive nobody knows"),
    "half a surrogate pair": (
        r'- id: "\ud800"',
        r"1:7: half of a surrogate pair is no character; write \U with eight digits",
    ),
}
TOML = {
    "20,000 key parts": (".".join(["a"] * 20_000) + " = 1", "1:1: a key has at most 16 parts"),
    "17 quoted key parts": ("\n" + ".".join(['"a.b"'] * 17) + " = 1", "2:1: a key has at most 16 parts"),
    "100,000 arrays": (
        "a = " + "[" * 100_000,
        "1:1: the file has more than 65,536 bytes, the most it may have",
    ),
    "30,000 arrays": ("a = " + "[" * 30_000, "1:69: values nest at most 64 deep"),
    "1 MB": ("a = 1\n" * 170_000, "1:1: the file has more than 65,536 bytes, the most it may have"),
    "5,000 digits": ("a = " + "9" * 5_000, "1:5: a key or number has at most 128 characters"),
    "NUL": ("a = '\0'", "1:6: not TOML: found invalid character '\\x00'"),
    "bad UTF-8": (b"a = '\xff'", "1:6: byte 0xff is not UTF-8; save the file as UTF-8"),
    "date": ("a = 2001-99-99", "1:9: not TOML: expected newline or end of document after a statement"),
    "duplicate key": ("a = 1\na = 2", "2:1: not TOML: this key is here a second time"),
    "unclosed strings": ('\\"""\n' * 13_000, "1:1: not TOML: invalid statement"),
    "brace bomb": (
        f"rules = 'rules.yml'\nexclude = '{'{a,b}' * 20}'",
        f'2:11: bad glob "{"{a,b}" * 12}…": its braces stand for more than 256 globs',
    ),
    "deep zones": (
        "rules = 'rules.yml'\n"
        + "".join(f"zones.z{n} = 'zone:z{n + 1}'\n" for n in range(2_000))
        + "zones.z2000 = 'a'",
        "1986:15: zones nest at most 16 deep",
    ),
}


@pytest.mark.parametrize(("rules", "expected"), YAML.values(), ids=YAML)
def test_a_hostile_rule_file_ends_in_one_mistake(tmp_path: Path, rules: str | bytes, expected: str) -> None:
    start = time.process_time()

    mistakes = mistakes_of(tmp_path, rules=rules)

    assert mistakes == [f"rules.yml:{expected}"]
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(("toml", "expected"), TOML.values(), ids=TOML)
def test_a_hostile_archlint_toml_ends_in_one_mistake(
    tmp_path: Path, toml: str | bytes, expected: str
) -> None:
    start = time.process_time()

    mistakes = mistakes_of(tmp_path, toml)

    assert mistakes == [f"archlint.toml:{expected}"]
    assert time.process_time() - start < SECONDS


def test_a_flood_of_mistakes_is_cut_and_the_cut_is_said(tmp_path: Path) -> None:
    start = time.process_time()

    mistakes = mistakes_of(tmp_path, rules="- id: a\n" + "  id: a\n" * 5_000)

    assert len(mistakes) == 201
    assert mistakes[-1] == "only the first 200 mistakes are shown"
    assert time.process_time() - start < SECONDS


def test_a_byte_order_mark_is_accepted_and_takes_no_column(tmp_path: Path) -> None:
    config = config_of(tmp_path, b'\xef\xbb\xbfrules = ["rules.yml"]', b"\xef\xbb\xbf" + RULE.encode())

    assert config.rules[0].origin.column == 3
    assert mistakes_of(tmp_path, b"\xef\xbb\xbfrules = 1")[0].startswith("archlint.toml:1:9: ")


def test_words_that_yaml_1_1_took_for_something_else_are_strings(tmp_path: Path) -> None:
    rules = "- id: a\n  enforces: [on, yes, no, off, 2001-01-01, 12:30:45, 1_000, =, 0b1]\n  size: { lines: 0x10 }"

    (rule,) = config_of(tmp_path, rules=rules).rules

    assert rule.enforces == ("on", "yes", "no", "off", "2001-01-01", "12:30:45", "1_000", "=", "0b1")
    assert rule.options.lines == 16


def test_a_quoted_merge_key_and_on_as_a_key_are_ordinary_keys(tmp_path: Path) -> None:
    mistakes = mistakes_of(tmp_path, rules=RULE + "  on: x\n  '<<': y\n")

    assert [mistake.split(";")[0] for mistake in mistakes] == [
        'rules.yml:3:3: unknown key "on"',
        'rules.yml:4:3: unknown key "<<"',
    ]


@pytest.mark.parametrize("name", ["archlint.toml", "rules.yml"])
def test_a_pipe_in_place_of_a_file_is_refused_without_waiting(tmp_path: Path, name: str) -> None:
    lay_out(tmp_path, {"archlint.toml": 'rules = ["rules.yml"]', "rules.yml": RULE})
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)

    with pytest.raises(ConfigError) as raised:
        load(None, None, tmp_path)

    assert str(raised.value) == f"{name}: not a regular file"


# --- fuzzing -----------------------------------------------------------------------------------------------

FULL = """\
- id: a # x
  message: "{value} \\u00e9"
  why: |
    so: it is
  files: [a/**, 'b']
  tests: { bad: [x, { path: a, code: y }] }
  size: { lines: 1, bytes: 0x10 }
"""
FRAGMENTS = ("'", '"', "\\", "\n", "\t", " ", ":", "- ", "{", "}", "[", "]", ",", "&a", "*a", "!", "|", ">", "%", "@", "---", "...",
    "? ", "~", "#", "\r", "\x85", "\u2028", "\ufeff", "=", '"""', "'''", ".", "9", "é", "\\x", "\\U0011ffff")  # fmt: skip


def mutated(text: str, seed: int) -> str:
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text))
        text = text[:start] + chance.choice(FRAGMENTS) + text[start + chance.randint(0, 3) :]
    return text


@settings(max_examples=300, deadline=None)
@given(st.integers())
def test_only_a_configuration_error_escapes_a_broken_file(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    toml = 'rules = ["rules.yml"]\nexclude = ["a/**"]\n[zones]\na = """x"""\n[rule.a]\nseverity = "note"\n'
    folder = tmp_path_factory.getbasetemp() / "hostile"  # beside other tests, not around them
    folder.mkdir(exist_ok=True)

    for broken_toml, broken_rules in ((mutated(toml, seed), FULL), (toml, mutated(FULL, seed))):
        try:
            config_of(folder, broken_toml, broken_rules)
        except ConfigError as error:
            assert error.mistakes  # noqa: PT017 -- that it is this error is the point


KEYS = st.sampled_from(["a", "b", "c-d", '"a b"', "'x.y'", '"\\u00e9"', "7", '"#"', '""'])
DOTTED = st.lists(KEYS, min_size=1, max_size=3).map(" . ".join)
SCALARS = st.sampled_from(
    [
        "1",
        "-1.5",
        "true",
        "2001-01-01 07:30:00.5",
        '"s # \\" ]"',
        "'l = {'",
        '"""\na"" \\""""""',
        "'''x\n'y'''",
        "[]",
        "{}",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + " , # ]\n".join(items) + "]"),
        st.lists(st.tuples(DOTTED, inner), max_size=2).map(
            lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs) + " }"
        ),
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.tuples(DOTTED, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]} # c"),
    DOTTED.map(lambda key: f" [ {key} ] # c"),
    DOTTED.map(lambda key: f"[[{key}]]"),
    st.sampled_from(["", "# a = 1", "\t"]),
)


def paths_in(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from paths_in(entry, (*path, key))
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths_in(item, (*path, index))


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_every_key_and_item_that_tomllib_reads_has_a_place(lines: list[str], line_end: str) -> None:
    content = line_end.join(lines)
    try:
        value = tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        return

    place_of = places(content)

    assert set(paths_in(value)) == place_of.keys()
    for path, place in place_of.items():
        if path and isinstance(path[-1], str):
            assert tomllib.loads(f"{_word_at(content, place.key_at)} = 1") == {path[-1]: 1}


def _word_at(content: str, at: int) -> str:
    quote = content[at]
    if quote in "\"'":
        return content[at : content.index(quote, at + 1) + 1]
    end = at
    while content[end : end + 1].isalnum() or content[end : end + 1] == "-":
        end += 1
    return content[at:end]
