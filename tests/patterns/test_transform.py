"""``transform``: new metavariables for messages, beside what ast-grep makes of them."""

from pathlib import Path

import msgspec
import pytest
from ast_grep_py import SgRoot
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.patterns.transforming import Transform, transformed
from tests.config.configs import mistakes_of
from tests.trees import check_tree, write_tree

CASES = ("lowerCase", "upperCase", "capitalize", "camelCase", "snakeCase", "kebabCase", "pascalCase")
SEPARATORS = ("caseChange", "dash", "dot", "slash", "space", "underscore")
TEXTS = st.text("aBcXYZ019-_./ é", min_size=0, max_size=12)
INDICES = st.none() | st.integers(-14, 14)
REGEXES = (r"\d", "a", "[a-z]+", "(a)(B)?", "(?P<name>[A-Z])", "x*", "^.", r"\W", "b|")
REPLACEMENTS = ("", "b", "$1", "${1}a", "$1a", "$name", "$$", "<$0>", "$9", "$", "a$-")
CONVERSIONS = st.fixed_dictionaries(
    {"source": st.just("$A"), "toCase": st.sampled_from(CASES)},
    optional={"separatedBy": st.lists(st.sampled_from(SEPARATORS), unique=True)},
)
SUBSTRINGS = st.builds(
    lambda start, end: {
        key: value
        for key, value in (("source", "$A"), ("startChar", start), ("endChar", end))
        if value is not None
    },
    INDICES,
    INDICES,
)
REPLACES = st.fixed_dictionaries(
    {"source": st.just("$A"), "replace": st.sampled_from(REGEXES), "by": st.sampled_from(REPLACEMENTS)}
)
TRANSFORMS = st.one_of(
    CONVERSIONS.map(lambda each: {"convert": each}),
    SUBSTRINGS.map(lambda each: {"substring": each}),
    REPLACES.map(lambda each: {"replace": each}),
)


def theirs(text: str, transform: dict[str, object]) -> str | None:
    """What ast-grep makes of a string."""
    root = SgRoot(f"f('{text}')", "typescript").root()
    found = root.find({"rule": {"pattern": "f($A)"}, "transform": {"B": transform}})
    assert found is not None
    made: str | None = found.get_transformed("B")
    return made


@settings(max_examples=400, deadline=None)
@given(TEXTS, TRANSFORMS)
def test_ast_grep_makes_the_same_of_a_text(text: str, transform: dict[str, object]) -> None:
    ours = transformed({"B": msgspec.convert(transform, Transform)}, {"A": f"'{text}'"})

    assert ours["B"] == (theirs(text, transform) or "")


RULE = """\
rules:
  - id: a-rule
    message: "{METHOD} as {LOUD} and {SHORT}; {GONE}!"
    pattern:
      forbid: { any: [{ pattern: log.$METHOD() }, { pattern: other($NONE) }] }
      transform:
        LOUD: { convert: { source: $SHORT, toCase: upperCase } }
        SHORT: { substring: { source: $METHOD, endChar: 3 } }
        GONE: { replace: { source: $NONE, replace: a, by: b } }
"""


def test_a_message_names_what_is_made_of_metavariables(tmp_path: Path) -> None:
    write_tree(tmp_path, {"archlint.toml": 'rules = ["a.yml"]', "a.yml": RULE, "a.ts": "log.warning();"})

    (finding,) = check_tree(tmp_path).findings

    assert finding.message == "warning as WAR and war; !"


MISTAKES = {
    "B: { substring: { source: $X } }": "no pattern has a metavariable $X",
    "B: { substring: { source: A } }": "the source 'A' is no metavariable such as $NAME",
    "B: { substring: { source: $B } }": "B is made of itself",
    "A: { substring: { source: $A } }": "a pattern has a metavariable A already",
    "B: {}": "a transformation is one of replace, substring and convert",
    "B: { replace: { source: $A, replace: '(?=a)', by: b } }": "bad regular expression",
    "B: { convert: { source: $A, toCase: shout } }": 'expected "camelCase"',
    "B: { rewrite: { source: $A, rewriters: [a] } }": 'unknown key "rewrite"',
}


@pytest.mark.parametrize("written", MISTAKES)
def test_a_mistake_has_its_place(tmp_path: Path, written: str) -> None:
    body = f"{{ forbid: {{ pattern: f($A) }}, transform: {{ {written} }} }}"

    (mistake, *_) = mistakes_of(tmp_path, rules=f"rules:\n  - id: a-rule\n    pattern: {body}\n")

    assert MISTAKES[written] in mistake
    assert "rules.yml:3:" in mistake
