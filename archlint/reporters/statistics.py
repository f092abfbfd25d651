"""``--statistics``: findings by rule, wall time by stage."""

from collections import Counter

from archlint.model import Report
from archlint.reporters.escape import terminal


def render(report: Report) -> str:
    """A table of the rules that ran, most findings first, and of the stages in order."""
    counts = Counter(finding.rule for finding in report.findings)
    rules = sorted((card.id for card in report.rules), key=lambda rule: (-counts[rule], rule))
    lines = [f"{counts[rule]:>8,}  {terminal(rule)}" for rule in rules]
    stages = [f"{seconds:>7.3f}s  {stage}" for stage, seconds in report.seconds.items()]
    files = [f"{number:>8,}  {how}" for how, number in report.files.items()]
    return "\n".join(["findings  rule", *lines, "", "   files", *files, "", "    time  stage", *stages, ""])
