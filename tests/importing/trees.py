"""The boundary of ``archlint import`` for tests: a tree with another tool's file, imported, then checked."""

from dataclasses import dataclass
from pathlib import Path

from tests.commands import archlint
from tests.trees import check_tree, write_tree

SHEET = 'rules = ["imported.yml"]\nexclude = ["lint/**", "imported.yml"]'
CONSOLE = """\
language: TypeScript
severity: error
note: |
  Logs go to the logger.
url: https://example.org/logging
files: ["src/**"]
ignores: ["src/**/*.test.ts"]
rule:
  any:
    - pattern: console.log($$$ARGS)
    - pattern: console.$METHOD($$$ARGS)
constraints:
  METHOD: { regex: "^(debug|warn)$" }
"""
"""An ast-grep rule but for its id and message."""


@dataclass(frozen=True)
class Run:
    """What a command wrote, and how it ended."""

    out: str
    err: str
    code: int


def imported(root: Path, tool: str, file: str) -> Run:
    """``archlint import`` in a tree, its output written to imported.yml."""
    run = archlint("import", tool, file, "--output", "imported.yml", cwd=root)
    written = root / "imported.yml"
    return Run(written.read_text() if written.exists() else "", run.stderr, run.returncode)


def found_in(root: Path, files: dict[str, str]) -> set[tuple[str, str]]:
    """The paths and rules of what the imported rules find in a tree with these files too."""
    write_tree(root, {"archlint.toml": SHEET, **files})
    report = check_tree(root)
    return {(finding.place.path, finding.rule) for finding in report.findings}
