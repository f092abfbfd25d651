"""Reports built by hand, for tests of what is made of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from archlint.extend import Style
from archlint.laps import Lap, Part
from archlint.model import (
    WHOLE_FILE,
    Excerpt,
    Finding,
    Ledger,
    Place,
    Problem,
    Reason,
    Remark,
    Report,
    RuleCard,
    Severity,
    Span,
)
from archlint.reporters import REPORTERS

CODE = "import { x } from 'y';\nopen({ subject: 'devstudio' });\nexport {};"


def at(path: str, line: int = 2, column: int = 17, length: int = 11) -> Place:
    return Place(path, Span(line, column, line, column + length))


def a_finding(
    where: str | Place = "apps/admin/a.ts",
    rule: str = "devstudio-subject",
    **changes: Any,  # noqa: ANN401 -- as dataclasses.replace takes them
) -> Finding:
    return replace(
        Finding(
            rule=rule,
            severity=Severity.ERROR,
            place=at(where) if isinstance(where, str) else where,
            message="'devstudio' is a retired subject",
            fingerprint="f" * 32,
        ),
        **changes,
    )


def a_card(
    rule: str = "devstudio-subject",
    **changes: Any,  # noqa: ANN401 -- as dataclasses.replace takes them
) -> RuleCard:
    return replace(
        RuleCard(
            id=rule,
            kind="value",
            severity=Severity.ERROR,
            summary="these constants are forbidden at these sinks",
            why="Admin is an ordinary account.",
            fix="Use subject `workspace`.",
            enforces=("PRD-049A/C13-A", "PRD-049A/exit-3"),
        ),
        **changes,
    )


def an_excerpt(code: str = CODE) -> Excerpt:
    lines = dict(enumerate(code.split("\n"), start=1))
    return Excerpt(lines, {line: f"{line:x}ab:1" for line in lines})


def a_problem(path: str = "apps/b.yml", message: str = "the parser died") -> Problem:
    return Problem(path, Span(3, 1, 3, 5), Reason.CRASH, message)


def a_report(
    findings: Iterable[Finding] = (),
    problems: Iterable[Problem] = (),
    rules: Iterable[RuleCard] | None = None,
    excerpts: Mapping[str, Excerpt] | None = None,
    notices: tuple[str, ...] = (),
) -> Report:
    findings, problems = tuple(findings), tuple(problems)
    cards = {finding.rule: a_card(finding.rule) for finding in findings}
    if problems:
        cards["unread-file"] = a_card("unread-file", kind="built-in", severity=Severity.NOTE)
    unread = len({problem.path for problem in problems})
    return Report(
        rules=tuple(cards.values()) if rules is None else tuple(rules),
        findings=findings,
        problems=problems,
        ledger=Ledger(8 + unread, 5, 0, unread, 3, {"symlink": 1, "binary": 2}),
        excerpts=excerpts or {},
        notices=notices,
        laps=(Lap(Part.STAGE, "discover", 0, 0.01), Lap(Part.STAGE, "gather", 0.01, 1.5)),
    )


HOSTILE = (
    "a\n::error::b",
    "\r::stop-commands::x",
    "::error file=x::y",
    "\u00a0 ::set-output name=x::y",
    "\x1b]52;c;aGk=\x07",
    "##[add-mask]x",
    "###[command]x",
    "##vso[task.setvariable variable=a]b",
    "100%0A::debug::x",
    "a,line=1,title=x::y",
    "\u202ea\u2066b\u200b\ufeff\u2028c\x85d\x9b31m",
    "-rf",
    "caf\udce9/\ud800.ts",
    "a](1) [x](2) <img src=x onerror=alert(1)> `${{ github.token }}`",
    "x" * 255,
)
ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(st.sampled_from([*HOSTILE, "::", "##", "[", "\n", " ", "#"]), max_size=6).map("".join),
)


def hostile_report(text: str) -> Report:
    """``text`` wherever a report holds text."""
    finding = a_finding(
        text, text, message=text, related=(Remark(at(text), text),), flows=((Remark(at(text), text),),)
    )
    card = a_card(text, kind=text, summary=text, why=text, fix=text)
    problem = Problem(text, WHOLE_FILE, Reason.CRASH, text)
    return a_report([finding], [problem], [card], {text: an_excerpt(f"{text}\n{text}")}, (text,))


def told(name: str, report: Report, **style: int | bool) -> str:
    return REPORTERS[name].render(report, Style(**style))  # type: ignore[arg-type]


def a_full_report() -> Report:
    """Every part of a log that archlint can write."""
    finding = a_finding(
        "apps/[workspaceId]/page #1.tsx",
        related=(Remark(at("lib/b.ts"), "declared [here]"),),
        flows=((Remark(at("lib/b.ts"), "bound to SUBJECT"), Remark(at("apps/a.ts"), "used")),),
    )
    whole = a_finding(Place("a.ts", WHOLE_FILE), "too-long", severity=Severity.WARNING)
    excerpts = {finding.place.path: an_excerpt()}
    return a_report([finding, whole], [a_problem()], excerpts=excerpts, notices=("a folder is gone",))
