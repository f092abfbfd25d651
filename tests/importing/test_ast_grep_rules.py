"""``archlint check --ast-grep-rules``: a folder of ast-grep rules, as it is."""

from pathlib import Path

import pytest

from archlint.errors import ConfigError
from archlint.model import Report
from tests.importing.trees import CONSOLE
from tests.trees import check_tree, write_tree

RULES = (
    """\
id: no-console-except-error
message: Do not log $ARGS with console.$METHOD {here}; $NEW $OLD
"""
    + CONSOLE
    + """\
transform:
  NEW: { replace: { source: $METHOD, replace: a, by: b } }
  OLD: { rewrite: { source: $METHOD, rewriters: [a] } }
fix: logger.log($$$ARGS)
---
id: await_in_loop
language: ts
rule: { pattern: await $X, inside: { matches: loop, stopBy: end } }
---
id: switched-off
language: ts
severity: off
rule: { kind: number }
---
id: pythonic
language: python
rule: { pattern: print($X) }
"""
)
LOOP = (
    "id: loop\nlanguage: TypeScript\nrule: { any: [{ kind: for_in_statement }, { kind: while_statement }] }\n"
)
TREE = {
    "src/a.ts": "console.log(1, 2); console.warn(3); console.error(4);\nfor (const x of y) { await x; }",
    "src/a.test.ts": "console.log(1);",
    "lib/b.ts": "console.log(1);",
}


def report_of(folder: Path, files: dict[str, str], rules: str = "lint") -> Report:
    write_tree(folder, {"archlint.toml": 'packs = ["recommended"]\nexclude = ["lint/**"]', **files})
    return check_tree(folder, ast_grep_rules=Path(rules))


def test_a_project_of_ast_grep_runs_unchanged(tmp_path: Path) -> None:
    sheet = "ruleDirs: [rules]\nutilDirs: [utils]\ntestConfigs: [{ testDir: tests }]\n"
    files = {"lint/sgconfig.yml": sheet, "lint/rules/a.yml": RULES, "lint/utils/loop.yml": LOOP}

    report = report_of(tmp_path, {**TREE, **files})

    assert [(each.rule, each.severity, each.place.path, each.message) for each in report.findings] == [
        ("no-console-except-error", "error", "src/a.ts", "Do not log 1, 2 with console. {here};  $OLD"),
        ("no-console-except-error", "error", "src/a.ts", "Do not log 3 with console.warn {here}; wbrn $OLD"),
        ("await_in_loop", "note", "src/a.ts", "code that is forbidden here: await x"),
    ]
    (card,) = (card for card in report.rules if card.id == "no-console-except-error")
    assert (card.why, card.fix) == ("Logs go to the logger.", "See https://example.org/logging")


def test_what_cannot_be_carried_over_is_told(tmp_path: Path) -> None:
    report = report_of(
        tmp_path, {**TREE, "lint/a.yml": RULES.replace("matches: loop", "kind: for_in_statement")}
    )

    assert report.notices == (
        "ast-grep rule 'no-console-except-error': `transform` of OLD is not carried out",
        "ast-grep rule 'pythonic' was not run: archlint reads no patterns in python",
    )


MISTAKES = {
    "id: a\nlanguage: ts\nrule: { patern: a }": 'lint/a.yml:3:9: unknown key "patern"; did you mean "pattern"?',
    "id: a\nlanguage: ts\nrule: { pattern: 'foo(' }": "lint/a.yml:3:18: this is not typescript",
    "id: a\nlanguage: ts\nrule: { matches: b }": 'lint/a.yml:3:18: no utility rule "b"',
    "id: a\nrule: { kind: number }": 'lint/a.yml:1:1: missing key "language"',
    "id: a\nlanguage: ts\nrule: { kind: number }\n---\nid: a\nlanguage: ts\nrule: { kind: number }": "a second rule",
    "": "lint: no ast-grep rule is in this folder",
}


@pytest.mark.parametrize("rules", MISTAKES)
def test_mistakes_have_their_places(tmp_path: Path, rules: str) -> None:
    with pytest.raises(ConfigError) as raised:
        report_of(tmp_path, {"lint/a.yml": rules})

    assert MISTAKES[rules] in str(raised.value.mistakes[0])


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        report_of(tmp_path, {}, "gone")

    assert "gone: no such folder" in str(raised.value.mistakes[0])


def test_a_gate_judges_by_no_rules_of_the_tree_itself(tmp_path: Path) -> None:
    write_tree(tmp_path, {"lint/a.yml": LOOP})

    with pytest.raises(ConfigError):
        check_tree(tmp_path, ast_grep_rules=Path("lint"), gate="main")
