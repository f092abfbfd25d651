"""A monorepo of any size whose breaches are known: what every tool is asked about."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FILES_A_PACKAGE = 50
_BREACH_EVERY = 100
_CYCLE_EVERY = 250
_RULES = """rules:
  - id: retired-subject
    files: ["packages/**"]
    value: { forbid: devstudio, at: [{ property: subjectMode }] }
"""
_CYCLE_RULES = """rules:
  - id: import-cycle
    files: ["packages/**"]
    acyclic: {}
"""


@dataclass(frozen=True, slots=True)
class Monorepo:
    """Where it is, and which files break which contract."""

    root: Path
    files: int
    breaches: frozenset[str]
    cycles: frozenset[str]


def monorepo(root: Path, files: int) -> Monorepo:
    """Write a monorepo of so many TypeScript files below ``root``."""
    breaches, cycles = set[str](), set[str]()
    for number in range(files):
        path = _path(number)
        folder = (root / path).parent
        if number % _FILES_A_PACKAGE == 0:
            folder.mkdir(parents=True)
            _write_package(folder.parent, number // _FILES_A_PACKAGE)
        if number % _BREACH_EVERY == 7:
            breaches.add(path)
        if number % _CYCLE_EVERY in (11, 12):
            cycles.add(path)
        (root / path).write_text("".join(_code(number)))
    _write_config(root)
    return Monorepo(root, files, frozenset(breaches), frozenset(cycles))


def _path(number: int) -> str:
    return f"packages/p{number // _FILES_A_PACKAGE:05}/src/m{number % _FILES_A_PACKAGE}.ts"


def _code(number: int) -> Iterator[str]:
    within = number % _FILES_A_PACKAGE
    for other in {within - 1, within // 2}:
        if 0 <= other < within:
            yield f'import {{ value{other} }} from "./m{other}";\n'
    if number % _CYCLE_EVERY == 11:
        yield f'import {{ value{within + 1} }} from "./m{within + 1}";\n'
    if within == 1 and number > _FILES_A_PACKAGE:
        yield f'import type {{ Shape0 }} from "@bench/p{number // _FILES_A_PACKAGE - 1:05}";\nexport type Linked = Shape0;\n'
    yield f"\nexport interface Shape{within} {{\n  id: string;\n  size: number;\n}}\n\n"
    yield f"// Opens a session: subjectMode is never 'devstudio' here.\nexport const value{within} = {number};\n"
    for part in range(8):
        yield (
            f"\nexport function step{part}(shape: Shape{within}, limit: number): string {{\n"
            f"  const label = `step-${{shape.id}}-{part}`;\n"
            f"  if (shape.size > limit) {{\n    return label.toUpperCase();\n  }}\n"
            f"  return [label, 'kept', String(limit)].filter(Boolean).join(':');\n}}\n"
        )
    mode = "devstudio" if number % _BREACH_EVERY == 7 else "workspace"
    yield f"\nexport const session = {{ subjectMode: '{mode}', retries: {within} }};\n"


def _write_package(folder: Path, number: int) -> None:
    package = {"name": f"@bench/p{number:05}", "version": "1.0.0", "main": "./src/m0.ts"}
    (folder / "package.json").write_text(json.dumps(package))


def _write_config(root: Path) -> None:
    workspace = {"name": "bench", "private": True, "workspaces": ["packages/*"]}
    (root / "package.json").write_text(json.dumps(workspace))
    (root / "tsconfig.json").write_text('{ "compilerOptions": { "moduleResolution": "bundler" } }\n')
    for name, rules in (("values", _RULES), ("cycles", _CYCLE_RULES)):
        (root / f"{name}.yml").write_text(rules)
        (root / f"{name}.toml").write_text(f'rules = ["{name}.yml"]\n')
    (root / "semgrep.yml").write_text(
        "rules: [{ id: retired-subject, languages: [ts], message: m, severity: ERROR,"
        " pattern: \"{..., subjectMode: 'devstudio', ...}\" }]\n"
    )
    rule = {"name": "no-circular", "severity": "error", "from": {}, "to": {"circular": True}}
    (root / ".dependency-cruiser.json").write_text(
        json.dumps({"forbidden": [rule], "options": {"tsConfig": {"fileName": "tsconfig.json"}}})
    )
