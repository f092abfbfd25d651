"""``--statistics``: findings and time by rule, files by how they were known, wall time by stage."""

from collections import Counter

from archlint.laps import Part
from archlint.model import Report
from archlint.reporters.escape import terminal


def render(report: Report) -> str:
    """A table of the rules that ran, most findings first, of the files, and of the stages in order."""
    counts = Counter(finding.rule for finding in report.findings)
    seconds = {lap.name: lap.seconds for lap in report.laps if lap.part is Part.RULE}
    rules = sorted((card.id for card in report.rules), key=lambda rule: (-counts[rule], rule))
    lines = [f"{counts[rule]:>8,}  {seconds.get(rule, 0):>7.3f}s  {terminal(rule)}" for rule in rules]
    files = [f"{number:>8,}  {how}" for how, number in report.files.items()]
    stages = [f"{lap.seconds:>7.3f}s  {lap.name}" for lap in report.laps if lap.part is Part.STAGE]
    return "\n".join(
        ["findings      time  rule", *lines, "", "   files", *files, "", "    time  stage", *stages, ""]
    )
