"""A monorepo of any size whose breaches are known: what every tool is asked about."""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.trees import BREACH, PEERS, Tree, configure

_FILES_A_PACKAGE = 50
_ESLINT = """\
import { createRequire } from "node:module";

const require = createRequire("{peers}/package.json");
const boundaries = require("eslint-plugin-boundaries");
const parser = require("@typescript-eslint/parser");

export default [{
  files: ["packages/**/*.ts"],
  languageOptions: { parser },
  plugins: { boundaries: boundaries.default ?? boundaries },
  settings: {
    "import/resolver": { node: { extensions: [".ts"] } },
    "boundaries/elements": [{ type: "package", pattern: "packages/*", capture: ["name"] }],
  },
  rules: {
    "boundaries/element-types": ["error", {
      default: "disallow",
      rules: [{ from: "package", allow: [["package", { name: "${from.name}" }]] }],
    }],
  },
}];
"""


def monorepo(root: Path, files: int) -> Tree:
    """Write a monorepo of so many TypeScript files below ``root``."""
    paths = {number: _path(number) for number in range(files)}
    for number, path in paths.items():
        folder = (root / path).parent
        if number % _FILES_A_PACKAGE == 0:
            folder.mkdir(parents=True)
            _write_package(folder.parent, number // _FILES_A_PACKAGE)
        (root / path).write_text("".join(_code(number)))
    (root / "eslint.config.mjs").write_text(_ESLINT.replace("{peers}", str(PEERS)))
    configure(root)
    answers = {
        "values": frozenset(path for number, path in paths.items() if _has_breach(number)),
        "cycles": frozenset(path for number, path in paths.items() if _is_in_cycle(number)),
        "borders": frozenset(path for number, path in paths.items() if _crosses(number)),
    }
    return Tree(f"{files:,} generated files", root, ("packages",), files, answers)


def _has_breach(number: int) -> bool:
    return number % 100 == 7


def _is_in_cycle(number: int) -> bool:
    return number % 250 in (11, 12)


def _crosses(number: int) -> bool:
    return number % 200 == 90


def _path(number: int) -> str:
    return f"packages/p{number // _FILES_A_PACKAGE:05}/src/m{number % _FILES_A_PACKAGE}.ts"


def _code(number: int) -> Iterator[str]:
    within, package = number % _FILES_A_PACKAGE, number // _FILES_A_PACKAGE
    others = sorted({within - 1, within // 2} - {-1, within})
    if _is_in_cycle(number) and not _is_in_cycle(number - 1):
        others.append(within + 1)
    yield from (f'import {{ value{other} }} from "./m{other}";\n' for other in others)
    used = [f"value{other}" for other in others]
    if _crosses(number):
        yield 'import { value3 as far } from "../../p00000/src/m3";\n'
        used.append("far")
    if within == 1 and package:
        yield f'import type {{ Shape0 }} from "@bench/p{package - 1:05}";\nexport type Linked = Shape0;\n'
    yield f"\nexport interface Shape{within} {{\n  id: string;\n  size: number;\n}}\n\n"
    yield "// Opens a session: subjectMode is never 'devstudio' here.\n"
    yield f"export const value{within}: readonly unknown[] = [{', '.join([str(number), *used])}];\n"
    for part in range(8):
        yield (
            f"\nexport function step{part}(shape: Shape{within}, limit: number): string {{\n"
            f"  const label = `step-${{shape.id}}-{part}`;\n"
            f"  if (shape.size > limit) {{\n    return label.toUpperCase();\n  }}\n"
            f"  return [label, 'kept', String(limit)].filter(Boolean).join(':');\n}}\n"
        )
    yield BREACH if _has_breach(number) else BREACH.replace("devstudio", "workspace")


def _write_package(folder: Path, number: int) -> None:
    package = {"name": f"@bench/p{number:05}", "version": "1.0.0", "main": "./src/m0.ts"}
    (folder / "package.json").write_text(json.dumps(package))
