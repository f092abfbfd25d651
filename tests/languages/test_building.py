"""A script that builds a constant of several literals, or spells it otherwise, is never passed over."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.facts import ConstantDemand, ExportDemand
from archlint.languages import language_of
from archlint.model import Scope
from archlint.source import Source
from archlint.workers.gates import may_answer

Demand = ConstantDemand | ExportDemand
# Matches no text, which only trying all of them tells.
NEVER = r"\b\B"
VALUES = st.text("ghp_-:/.@ 1e0n", min_size=1, max_size=8)
JOINTS = ("{} + {}", "({}) + {}", "{}\n  + /* and */ {}", "`${{{}}}${{{}}}`", "`${{{} + {}}}`")
GROWN = ("{}", ".*{}.*", "(?:{}|zzz)", "(?:q+)?{}", r"(?s)(?:\w+=)?(?:{}|zz{{2,}})")


def _quoted(text: str) -> str:
    return f"'{text}'"


def _hexed(text: str) -> str:
    return f"'{text[:-1]}\\x{ord(text[-1]):02x}'" if text else "''"


def _slashed(text: str) -> str:
    return f"'\\{text}'" if text[:1] in ("g", "p", "_", "-") else f"'\\\n{text}'"


def _in_template(text: str) -> str:
    return f"`{text}`"


def _as_number(text: str) -> str:
    return (
        f"{text[0]}_{text[1:]}" if re.fullmatch("[1-9]0+", text) else text if text == "1" else _quoted(text)
    )


SPELLINGS = (_quoted, _hexed, _slashed, _in_template, _as_number)


@st.composite
def scripts(draw: st.DrawFn) -> tuple[str, str]:
    """A script that builds a value, and the value."""
    value = draw(VALUES)
    rest, written, names = value, "", ""
    while rest or not written:
        part, rest = rest[: (length := draw(st.integers(1, max(1, len(rest)))))], rest[length:]
        spelled = draw(st.sampled_from(SPELLINGS))(part)
        if draw(st.booleans()):
            name = f"n{len(names)}"
            names, spelled = f"{names}const {name} = {spelled};\n", name
        written = draw(st.sampled_from(JOINTS)).format(written, spelled) if written else spelled
    return f"{names}export const v = {written};\nfetch({{ v, w: {written} }});\n", value


@given(scripts(), st.sampled_from(GROWN), st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_found_by_expression_is_looked_for(
    made: tuple[str, str], grown: str, data: st.DataObject
) -> None:
    code, value = made
    start = data.draw(st.integers(0, len(value) - 1))
    gap = data.draw(st.sampled_from(["", ".", ".*", "[^@]+"]))
    shape = re.escape(value) if not gap else f"{re.escape(value[:start])}{gap}{re.escape(value[start + 1 :])}"

    for demand, other in zip(asking(grown.format(shape)), asking(NEVER), strict=True):
        assert may_answer(demand, Source("a.ts", code.encode())) or not found(demand, code)
        assert values(code, demand) == values(code, demand, other)


def asking(regex: str) -> tuple[Demand, ...]:
    return (ConstantDemand(Scope(), regex=regex), ExportDemand(Scope(), regex=regex))


def found(demand: Demand, code: str) -> bool:
    return bool(values(code, demand))


def values(code: str, *demands: Demand) -> frozenset[str]:
    facts = language_of("a.ts").read(Source("a.ts", code.encode()), demands)
    return frozenset(each.value for each in facts.occurrences) | {each.value for each in facts.exports}


@pytest.mark.parametrize(
    "code",
    [
        "const v = 'gh' + 'p_a';",
        "const v = 'g' + 'h' + `p_${'a'}`;",
        "const a = 'gh', b = 'p_'; const v = a + b + 'a';",
        "const v = `gh${'p_'}a`;",
        "const v = 'gh\\\np_a';",
        r"const v = 'gh\p_a';",
        r"const v = 'gh' + '\x70_a';",
        "fetch('/b?a=ghp%5Fa');",
        "fetch('/b?a=ghp%' + '5Fa');",
        "fetch('/b?a=gh' + 'p%5Fa');",
    ],
)
def test_a_constant_in_pieces_is_found(code: str) -> None:
    for demand in (
        ConstantDemand(Scope(), regex="gh[pos]_a+"),
        ConstantDemand(Scope(), regex="(?:gh|kk)p_."),
    ):
        assert found(demand, code)
        assert may_answer(demand, Source("a.ts", code.encode()))


@pytest.mark.parametrize(
    "code",
    [
        "const v = 'gh' + 'q_a'; i++;",
        "const v = `${'light'}`, w = 7_000, x = 'one\\n';",
        "// 'gh' + 'p_a'\nconst v = 1 + 2;",
        "fetch('/b?a=100%20' + '&c=d'.trim());\r\n",
    ],
)
def test_a_script_without_its_pieces_is_passed_over(code: str) -> None:
    demand = ConstantDemand(Scope(), regex="gh[pos]_a+")

    assert not found(demand, code)
    assert not may_answer(demand, Source("a.ts", code.encode()))
