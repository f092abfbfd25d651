"""Format ``text``: for people at a terminal. Says everything once, with the code beside it."""

from collections.abc import Iterator
from textwrap import wrap

from archlint.extend import Reporter, Style
from archlint.model import Finding, Place, Problem, Remark, Report, RuleCard
from archlint.reporters.colour import BLUE, BOLD, COLOUR_OF, YELLOW, paint
from archlint.reporters.escape import lines, terminal
from archlint.reporters.frame import frame, gutter_width
from archlint.reporters.summary import counted, shown_suppressed, summary
from archlint.reporters.wording import problem_head, shown_place, suppressed_line, way

_FIRST_REMARKS = 5
_LAST_REMARKS = 3
_NARROWEST = 40


def render(report: Report, style: Style) -> str:
    """Findings in the report's order, those allowed if asked for, problems, notices, then the summary; only that when quiet."""
    blocks: list[list[str]] = []
    if style.verbosity >= 0:
        blocks += _findings(report, style)
        blocks += [[*map(suppressed_line, allowed)]] if (allowed := shown_suppressed(report)) else []
        blocks += ([*_problem(problem, report, style)] for problem in report.problems)
        blocks += (_notice(notice, style) for notice in report.notices)
    blocks.append([*summary(report, style)])
    return "\n".join(lines(block) for block in blocks)


def _notice(notice: str, style: Style) -> list[str]:
    told = wrap(
        f"note: {terminal(notice)}",
        width=max(style.width, _NARROWEST),
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [told[0].replace("note", paint("note", BLUE, style), 1), *told[1:]]


def _findings(report: Report, style: Style) -> Iterator[list[str]]:
    """A rule's reason and remedy stand at its first finding only."""
    untold = {card.id: card for card in report.rules}
    for finding in report.findings:
        card = untold.pop(finding.rule, None)
        yield [*_finding(finding, card, report, style)]


def _finding(finding: Finding, card: RuleCard | None, report: Report, style: Style) -> Iterator[str]:
    colour = COLOUR_OF[finding.severity]
    head = paint(f"{finding.severity.value}[{terminal(finding.rule)}]", colour, style)
    yield f"{head}: {paint(terminal(finding.message), BOLD, style)}"
    drawn, indent = _code(finding.place, colour, report, style)
    yield from drawn
    steps = way(finding)
    yield from _remarks("way", steps, indent, style)
    yield from _remarks("see", tuple(each for each in finding.related if each not in steps), indent, style)
    if card is not None:
        yield from _advice("why", card.why, indent, style)
        yield from _advice("fix", card.fix, indent, style)


def _problem(problem: Problem, report: Report, style: Style) -> Iterator[str]:
    yield f"{paint(problem_head(problem), YELLOW, style)}: {terminal(problem.message)}"
    drawn, _ = _code(Place(problem.path, problem.span), YELLOW, report, style)
    yield from drawn


def _code(place: Place, colour: str, report: Report, style: Style) -> tuple[list[str], str]:
    """The arrow to a place with its code frame, and the indent that lines up with them."""
    excerpt = report.excerpts.get(place.path)
    line_texts = excerpt.lines if excerpt else {}
    drawn = frame(place.span, line_texts, colour, style)
    indent = " " * (gutter_width(place.span, line_texts) if drawn else 1)
    return [f"{indent}{paint('-->', BLUE, style)} {shown_place(place)}", *drawn], indent


def _remarks(label: str, remarks: tuple[Remark, ...], indent: str, style: Style) -> Iterator[str]:
    """A line for each remark; of a long trail the two ends."""
    first, last = remarks[:_FIRST_REMARKS], remarks[_FIRST_REMARKS:][-_LAST_REMARKS:]
    left_out = len(remarks) - len(first) - len(last)
    told = [f"{shown_place(remark.place)}: {terminal(remark.text)}" for remark in (*first, *last)]
    if left_out:
        told.insert(len(first), f"… {counted(left_out, 'more step' if label == 'way' else 'more place')}")
    for text in told:
        yield f"{indent} {paint(f'= {label}', BOLD, style)} {text}"


def _advice(label: str, text: str, indent: str, style: Style) -> list[str]:
    """``text`` as one paragraph, wrapped to the style's width."""
    plain = f"{indent} = {label}: "
    wrapped = wrap(
        terminal(" ".join(text.split())),
        width=max(style.width, _NARROWEST),
        initial_indent=plain,
        subsequent_indent=" " * len(plain),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(f"= {label}:", paint(f"= {label}:", BOLD, style), 1) for line in wrapped]


REPORTER = Reporter("text", "findings with their code, for people", render)
