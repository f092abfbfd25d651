"""``archlint import ast-grep``: ast-grep itself says where its rules find something."""

import json
import subprocess
import sys
from pathlib import Path

from archlint.patterns.dialects import LANGUAGE_NAMES
from tests.importing.trees import CONSOLE, found_in, imported
from tests.trees import check_tree, write_tree

RULES = (
    """\
id: noConsole
message: Do not log $$$ARGS with console.$METHOD {here}; $OTHER
"""
    + CONSOLE
    + """\
---
id: await-in-loop
language: ts
severity: hint
message: await in a loop
rule:
  pattern: await $X
  inside: { matches: loop, stopBy: end }
utils:
  loop: { any: [{ kind: for_in_statement }, { kind: while_statement }] }
---
id: private-registry
language: json
severity: warning
message: A private registry
rule:
  kind: pair
  has: { field: key, regex: '^"registry"$' }
---
id: unsafe-html
language: html
severity: info
message: |-
  A frame of others
  is a risk
rule:
  pattern: |-
    <iframe
      src=$URL></iframe>
"""
)
LEFT_OUT = """\
id: with-fix
language: ts
severity: warning
message: $LOUD $LOST
rule: { pattern: $A == $A }
transform:
  LOUD: { convert: { source: $A, toCase: upperCase } }
  LOST: substring($A, endChar=1)
fix: "true"
---
id: off
language: ts
severity: off
rule: { kind: number }
---
id: pythonic
language: python
rule: { pattern: print($X) }
---
id: noUtil
language: ts
rule: { matches: elsewhere }
"""
TREE = {
    "src/a.ts": "console.log(1, 2);\nconsole.error(3);\n// console.log(4)\nfor (const x of y) { await x; }\nawait z;\n",
    "src/b.ts": "console.warn('console.log(1)'); if (x) { await x; }",
    "src/a.test.ts": "console.log(1);",
    "other/c.ts": "console.log(1);",
    "d.json": '{ "registry": "https://a", "registries": { "name": "registry" } }',
    "e.html": "<p>iframe</p><iframe src=a></iframe>",
}


def peer(root: Path) -> set[tuple[str, str]]:
    """What ast-grep finds."""
    command = [
        str(Path(sys.executable).with_name("ast-grep")),
        "scan",
        "--rule",
        "lint/rules.yml",
        "--json=compact",
    ]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return {(each["file"], each["ruleId"]) for each in json.loads(run.stdout)}


def test_the_imported_rules_find_what_ast_grep_finds(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, "lint/rules.yml": RULES})
    expected = {
        ("src/a.ts", "noConsole"),
        ("src/b.ts", "noConsole"),
        ("src/a.ts", "await-in-loop"),
        ("d.json", "private-registry"),
        ("e.html", "unsafe-html"),
    }

    run = imported(tmp_path, "ast-grep", "lint/rules.yml")
    found = found_in(tmp_path, {})

    assert (run.err, run.code) == ("", 0)
    assert peer(tmp_path) == expected
    assert {(path, "noConsole" if rule == "no-console" else rule) for path, rule in found} == expected


def test_the_header_of_a_rule_is_carried_over(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, "lint/rules.yml": RULES, "archlint.toml": 'rules = ["imported.yml"]'})

    imported(tmp_path, "ast-grep", "lint/rules.yml")
    report = check_tree(tmp_path)

    told = {
        finding.message: finding.severity for finding in report.findings if finding.place.path == "src/a.ts"
    }
    assert told == {"Do not log 1, 2 with console. {here}; $OTHER": "error", "await in a loop": "note"}
    (card,) = (card for card in report.rules if card.id == "no-console")
    assert (card.why, card.fix) == ("Logs go to the logger.", "See https://example.org/logging")


def test_what_is_left_out_is_told_twice(tmp_path: Path) -> None:
    write_tree(tmp_path, {"lint/rules.yml": LEFT_OUT})

    run = imported(tmp_path, "ast-grep", "lint/rules.yml")

    assert run.code == 1
    assert [line.removeprefix("archlint: lint/rules.yml:") for line in run.err.splitlines()] == [
        "1: 'with-fix': `fix` has no counterpart in a rule file",
        "1: 'with-fix': `transform` of LOST has no counterpart in a rule file",
        "11: 'off': it is switched off",
        "16: 'pythonic': it was not carried over: archlint reads no patterns in python; known: "
        + ", ".join(LANGUAGE_NAMES),
        "20: 'noUtil': it was not carried over: no utility rule \"elsewhere\"",
    ]
    assert found_in(tmp_path, {"a.ts": "b == b"}) == {("a.ts", "with-fix")}
    assert 'message: "{LOUD} $LOST"' in run.out
    assert "# Left out of 'with-fix' (line 1): `fix` has no counterpart in a rule file." in run.out
    assert [line for line in run.out.splitlines() if " id: " in line] == ["  - id: with-fix"]


def test_aliases_are_refused_with_their_place(tmp_path: Path) -> None:
    write_tree(tmp_path, {"lint/a.yml": "id: a\nlanguage: ts\nrule: &r { kind: number }\nutils: { b: *r }"})

    run = imported(tmp_path, "ast-grep", "lint/a.yml")

    assert "lint/a.yml:3:7: an anchor cannot be used here" in run.err
    assert (run.out, run.code) == ("", 2)
