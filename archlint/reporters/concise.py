"""Format ``concise``: a line for each finding and problem, for grep, editors and small logs."""

from archlint.extend import Reporter, Style
from archlint.model import Report
from archlint.reporters.escape import lines, terminal
from archlint.reporters.summary import shown_suppressed, summary
from archlint.reporters.wording import finding_line, problem_line, suppressed_line


def render(report: Report, style: Style) -> str:
    """Findings in the report's order, problems, notices and the summary; only the last when quiet."""
    told: list[str] = []
    if style.verbosity >= 0:
        told += map(finding_line, report.findings)
        told += map(suppressed_line, shown_suppressed(report))
        told += map(problem_line, report.problems)
        told += (f"note: {terminal(notice)}" for notice in report.notices)
    return lines([*told, *summary(report, style)])


REPORTER = Reporter("concise", "a line for each finding", render)
