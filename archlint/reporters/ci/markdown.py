"""Format ``markdown``: the summary of a job, or a comment: GitHub-flavoured Markdown without a tag of HTML.

GitHub drops a job summary of more than 1 MiB (docs.github.com, "Workflow commands", job summaries): the heaviest
findings come first, and the page says how many it has no room for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from archlint.extend import Reporter, Style
from archlint.model import Finding, Problem, Report, RuleCard, Severity
from archlint.reporters.escape import lines, markdown, markdown_code
from archlint.reporters.from_top import from_top, placed
from archlint.reporters.summary import counted, summary
from archlint.reporters.wording import exact_place, problem_head, shown_place, way

_LONGEST_BYTES = 1_000_000  # of 1,048,576: a step may have written something before
_LONGEST_HEAD_BYTES = 200_000
_STEPS = 8

Entry = tuple[str, ...]


class _Section(msgspec.Struct, frozen=True):
    """A heading with what it says of a rule, and an entry for each of its findings."""

    head: Entry
    entries: tuple[Entry, ...]


def render(report: Report, _style: Style) -> str:
    """A heading with the numbers, a table of the rules, and each rule with its findings, heaviest first."""
    sections = tuple(_sections(report))
    shown = _fitting(sections)
    said = _cut(sections, shown)
    page = [*_head(report), *([f"**{markdown(said)}**", ""] if said else []), *_table(report)]
    page += (line for section in shown for entry in (section.head, *section.entries, ("",)) for line in entry)
    return lines(page[:-1])


def cut(report: Report) -> str:
    """How many findings and problems there is no room for, as a sentence; '' if there is room for all."""
    sections = tuple(_sections(report))
    return _cut(sections, _fitting(sections))


def _cut(sections: tuple[_Section, ...], shown: tuple[_Section, ...]) -> str:
    in_all, told = (sum(len(section.entries) for section in those) for those in (sections, shown))
    if told == in_all:
        return ""
    limit = "a job summary holds at most 1 MiB"
    return f"{in_all - told:,} of {in_all:,} findings are left out: {limit}. Other formats hold them all."


def _fitting(sections: Iterable[_Section]) -> tuple[_Section, ...]:
    """The sections, and of the last the entries, that there is room for."""
    room = _LONGEST_BYTES - 2 * _LONGEST_HEAD_BYTES
    shown = []
    for section in sections:
        room -= _size(section.head) + 1
        fitting = []
        for entry in section.entries:
            room -= _size(entry)
            if room < 0:
                break
            fitting.append(entry)
        if fitting:
            shown.append(_Section(section.head, tuple(fitting)))
    return tuple(shown)


def _size(entry: Entry) -> int:
    return len(lines(entry).encode("utf-8", "backslashreplace"))


def _head(report: Report) -> list[str]:
    found, *rest = summary(report, Style())
    told = [markdown(text) for text in (*rest, *(f"note: {notice}" for notice in report.notices))]
    paragraphs = [line for text in told for line in (text, "")]
    return [f"### archlint: {markdown(found)}", "", *_up_to(paragraphs, "More notices are left out.")]


def _table(report: Report) -> list[str]:
    number_of = Counter((finding.rule, finding.severity) for finding in report.findings)
    if not number_of:
        return []
    ordered = sorted(number_of.items(), key=lambda item: (item[0][1].rank, -item[1], item[0][0]))
    rows = [f"| {_cell(rule)} | {severity.value} | {number:,} |" for (rule, severity), number in ordered]
    rows = _up_to(rows, "| More rules are left out. | | |")
    return ["| rule | severity | findings |", "|---|---|---:|", *rows, ""]


def _up_to(told: list[str], rest: str) -> list[str]:
    """What of ``told`` there is room for, and ``rest`` if that is not all."""
    room = _LONGEST_HEAD_BYTES - len(rest) - 1
    for number, text in enumerate(told):
        room -= _size((text,))
        if room < 0:
            return [*told[:number], rest]
    return told


def _cell(rule: str) -> str:
    # A bar ends a cell even inside a code span, unless there is a backslash before it (GFM §4.10).
    return markdown_code(rule).replace("|", "\\|")


def _sections(report: Report) -> Iterator[_Section]:
    findings_of: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        findings_of[finding.rule].append(finding)
    card_of = {card.id: card for card in report.rules}
    for rule in sorted(findings_of, key=lambda rule: _weight(rule, findings_of[rule])):
        findings = sorted(findings_of[rule], key=lambda finding: finding.severity.rank)
        yield _Section(_of_rule(rule, findings, card_of.get(rule)), tuple(map(_entry, findings)))
    if report.problems:
        yield _Section(("#### Not read", ""), tuple(map(_problem, report.problems)))


def _weight(rule: str, findings: list[Finding]) -> tuple[int, int, str]:
    return (min(finding.severity.rank for finding in findings), -len(findings), rule)


def _of_rule(rule: str, findings: list[Finding], card: RuleCard | None) -> Entry:
    number_of = Counter(finding.severity for finding in findings)
    counts = ", ".join(counted(number_of[each], each.value) for each in Severity if number_of[each])
    advice = (("Why", card.why), ("Fix", card.fix)) if card else ()
    told = [f"**{label}:** {markdown(text)}" for label, text in advice if text.strip()]
    return (f"#### {markdown_code(rule)}: {counts}", "", *(line for text in told for line in (text, "")))


def _entry(finding: Finding) -> Entry:
    steps = way(finding)
    told = [f"  - {markdown_code(shown_place(step.place))} {markdown(step.text)}" for step in steps[:_STEPS]]
    rest = [f"  - … {counted(len(steps) - _STEPS, 'more step')}"] if len(steps) > _STEPS else []
    return (f"- {markdown_code(exact_place(finding.place))} {markdown(finding.message)}", *told, *rest)


def _problem(problem: Problem) -> Entry:
    return (f"- {markdown_code(problem.path)} {markdown(f'{problem_head(problem)}: {problem.message}')}",)


REPORTER = Reporter(
    "markdown",
    "a job summary or comment, at most 1 MiB",
    from_top(render),
    lambda report: cut(placed(report)),
)
