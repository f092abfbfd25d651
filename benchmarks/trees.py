"""What every tool is asked about: a tree, the questions, and the files that are the answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PEERS = Path(__file__).parent / ".npm"
PACK = Path(__file__).parent.parent / "rules" / "clickeen" / "archlint.toml"
QUESTIONS = {
    "values": "Which files give property `subjectMode` the constant `devstudio`?",
    "cycles": "Which files are part of an import cycle?",
    "borders": "Which files import values of another package by a path into it?",
    "pack": "All rules of the pack `clickeen`; the peers are asked two rules.",
}
BREACH = "\nexport const session = { subjectMode: 'devstudio' };\n"
_RULES = {
    "values": "value: { forbid: devstudio, at: [{ property: subjectMode }] }",
    "cycles": "acyclic: { types: false }",
    "borders": "independent: { of: 'packages/{name}/**', types: false }",
}
_TWO_RULES = """\
rules:
  - id: subject-mode
    languages: [ts]
    message: m
    severity: ERROR
    pattern: "{..., subjectMode: 'devstudio', ...}"
  - id: policy-profile
    languages: [ts]
    message: m
    severity: ERROR
    pattern: "{..., policyProfile: 'devstudio', ...}"
"""


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of TypeScript files, and by question which of them are the answer."""

    title: str
    root: Path
    folders: tuple[str, ...]
    """Where its files are, for tools that want to be told."""
    files: int
    answers: Mapping[str, frozenset[str]]


def configure(root: Path) -> None:
    """Write what the tools need to be asked: their configurations, and one for each question to archlint."""
    package = {"name": "bench", "private": True, "workspaces": ["packages/*"]}
    (root / "package.json").write_text(json.dumps(package))
    (root / "tsconfig.json").write_text('{ "compilerOptions": { "moduleResolution": "bundler" } }\n')
    for name, rule in _RULES.items():
        (root / f"{name}.yml").write_text(f"rules:\n  - id: {name}\n    {rule}\n")
        (root / f"{name}.toml").write_text(f'rules = ["{name}.yml"]\n')
    (root / "semgrep.yml").write_text(_TWO_RULES)
    (root / "ast-grep.yml").write_text(
        "---\n".join(
            f"id: {each}\nlanguage: ts\nrule: {{ pattern: {{ context: \"x = {{ {each}: 'devstudio' }}\", selector: pair }} }}\n"
            for each in ("subjectMode", "policyProfile")
        )
    )
    circular = {"name": "no-circular", "severity": "error", "from": {}, "to": {"circular": True}}
    (root / ".dependency-cruiser.json").write_text(
        json.dumps({"forbidden": [circular], "options": {"tsConfig": {"fileName": "tsconfig.json"}}})
    )
