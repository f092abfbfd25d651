"""``archlint fix --unsafe``: a constant that is typed again becomes the artifact's, where that is sure; elsewhere nothing."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands import archlint
from tests.trees import write_tree

ARTIFACT = """\
{
  "events": { "placed": "order:placed", "it's-acked": "order:acked", "levels": ["first", "second"] },
  "timing": { "ackRetryMs": 300 }
}
"""
SHEET = {
    "archlint.toml": 'rules = ["rules.yml"]\n',
    "rules.yml": """\
- id: retyped
  files: ["shop/**"]
  single-source: { artifact: contracts/protocol.json, strings: ["events.**"], numbers: ["timing.*"] }
""",
    "contracts/protocol.json": ARTIFACT,
}
IMPORT = "import protocol from '../contracts/protocol.json';\n"

# What follows the import, and what becomes of it.
TAKEN = {
    "post({ type: 'order:placed' });": "post({ type: protocol.events.placed });",
    'post("order:acked", 1);': "post(protocol.events['it\\'s-acked'], 1);",
    "export const ACK_RETRY_MS = 300;": "export const ACK_RETRY_MS = protocol.timing.ackRetryMs;",
    "export const ACK_RETRY_MS: number = 3_00;": "export const ACK_RETRY_MS: number = protocol.timing.ackRetryMs;",
    "export const all = ['second', x];": "export const all = [protocol.events.levels[1], x];",
    "const f = () => `order:placed`;": "const f = () => protocol.events.placed;",
    "function f(){return'order:placed'}": "function f(){return protocol.events.placed}",
    "switch (a) { case'first': b() }": "switch (a) { case protocol.events.levels[0]: b() }",
    "if (a === 'first'|| b) c();": "if (a === protocol.events.levels[0]|| b) c();",
    "const { a = 'first' } = b;": "const { a = protocol.events.levels[0] } = b;",
    "function f(a = 'first') {}": "function f(a = protocol.events.levels[0]) {}",
    "class A { a = 'first'; }": "class A { a = protocol.events.levels[0]; }",
    "x.type = a ? 'first' : (b ?? 'second');": (
        "x.type = a ? protocol.events.levels[0] : (b ?? protocol.events.levels[1]);"
    ),
    "post(`/${'first'}`, protocol.timing);": "post(`/${protocol.events.levels[0]}`, protocol.timing);",
    "const a = <A on='first' of={'second'} />;": (
        "const a = <A on={protocol.events.levels[0]} of={protocol.events.levels[1]} />;"
    ),
}
LEFT = [
    "type A = 'first';",
    "let a: 'first' | 'second';",
    "interface A { kind: 'first' }",
    "const a = { 'first': 1 };",
    "const a = { first: ['first'] } as const;",
    "const a = 'first' as Level;",
    "const a = ['first'] satisfies Level[];",
    "enum A { B = 'first' }",
    "const a = require('first');",
    "const a = await import('first');",
    "jest.mock('first', () => ({}));",
    "import 'first';",
    "export * from 'first';",
    "function f() { 'first'; }",
    "function f(protocol) { return post('first'); }",
    "const f = protocol => post('first');",
    "{ const protocol = 1; post('first'); }",
    "const { protocol } = a; post('first');",
    "for (const protocol of a) post('first');",
    "try {} catch (protocol) { post('first'); }",
    "class protocol {} post('first');",
    "declare function g(a: 'first'): void;",
    "html`first`;",
]


def fixed(root: Path, path: str, text: str, **files: str) -> str:
    """What becomes of a file; what is mended once is not mended again."""
    write_tree(root, {**SHEET, path: text, **files})
    archlint("fix", "--unsafe", "-j", "1", cwd=root)
    once = (root / path).read_bytes().decode()
    assert archlint("fix", "--unsafe", "--diff", "-j", "1", cwd=root).stdout == ""
    return once


def test_a_constant_typed_again_becomes_the_artifacts(tmp_path: Path) -> None:
    before, after = (IMPORT + "\n".join(codes) + "\n" for codes in (TAKEN, TAKEN.values()))

    assert fixed(tmp_path, "shop/a.tsx", before) == after
    assert "[retyped]" not in archlint("check", "-f", "concise", cwd=tmp_path).stdout


@pytest.mark.parametrize("code", LEFT)
def test_what_is_no_expression_or_may_mean_something_else_is_left(tmp_path: Path, code: str) -> None:
    text = f"{IMPORT}{code}\n"

    assert fixed(tmp_path, "shop/a.ts", text) == text


def test_nothing_is_written_without_being_asked(tmp_path: Path) -> None:
    text = f"{IMPORT}post('first');\n"
    write_tree(tmp_path, {**SHEET, "shop/a.ts": text})

    assert "0 findings mended, 1 left" in archlint("fix", cwd=tmp_path).stdout
    assert (tmp_path / "shop/a.ts").read_text() == text


OTHER = {
    "shop/lib/z.ts": 'import terms from "../../contracts/protocol.json" with { type: "json" };\nexport { terms };\n'
}


@pytest.mark.parametrize(
    "head",
    [
        "import b from './b'; // the b\n",
        "// a\nimport b from './b'\n",
        "import b from './b';\r\nimport {\r\n  c,\r\n} from './c';\r\n",
    ],
)
def test_a_file_without_the_import_gets_the_one_that_its_package_uses(tmp_path: Path, head: str) -> None:
    end = "\r\n" if "\r\n" in head else "\n"
    line = f'import terms from "../contracts/protocol.json" with {{ type: "json" }};{end}'

    text = fixed(tmp_path, "shop/a.ts", f"{head}post('first');{end}", **OTHER)

    assert text == f"{head}{line}post(terms.events.levels[0]);{end}"


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("import b from './b';\npost('first');\n", {}),
        ("post('first');\n", OTHER),
        ("import b from './b';\nlet terms; post('first');\n", OTHER),
        ("import b from './b'; post('first');\n", OTHER),
        ("import b from './b';\npost('first');\n", {**OTHER, "shop/lib/package.json": "{}"}),
        ("import type protocol from '../contracts/protocol.json';\npost('first');\n", {}),
        ("import * as protocol from '../contracts/protocol.json';\npost('first');\n", {}),
        ("import protocol from './protocol.json';\npost('first');\n", {"shop/protocol.json": "{}"}),
    ],
)
def test_where_it_is_not_known_how_to_import_nothing_is_written(
    tmp_path: Path, text: str, files: dict[str, str]
) -> None:
    assert fixed(tmp_path, "shop/a.ts", text, **files) == text


@pytest.mark.parametrize("path", ["shop/a.d.ts", "shop/a.cts", "shop/a.html", "shop/a.py"])
def test_only_modules_of_scripts_import(tmp_path: Path, path: str) -> None:
    text = "x = 'first'\n" if path.endswith("py") else f"{IMPORT}post('first');\n"
    text = f"<script type=module>{text}</script>" if path.endswith("html") else text

    assert fixed(tmp_path, path, text) == text


def test_an_import_that_a_rule_forbids_is_not_written(tmp_path: Path) -> None:
    rules = SHEET["rules.yml"] + "- { id: far, imports: { from: shop/a.ts, forbid: [contracts/**] } }\n"
    text = "import b from './b';\npost('first');\n"
    write_tree(tmp_path, {**SHEET, **OTHER, "rules.yml": rules, "shop/a.ts": text})

    run = archlint("fix", "--unsafe", cwd=tmp_path)

    assert (tmp_path / "shop/a.ts").read_text() == text
    assert "left shop/a.ts as it is" in run.stdout


PROGRAM = """\
import protocol from '../contracts/protocol.json' with { type: 'json' };
const ACK_RETRY_MS = 300;
const said = [];
const say = (...what) => said.push(what);
for (const event of ['order:placed', 'other', "order:acked"]) {
  switch (event) { case'order:placed': say('first'); break; default: say(event === 'order:acked'); }
}
say(((a = 'second') => ({ a, 'first': `order:placed` }))(), 'sec' + 'ond', ACK_RETRY_MS);
console.log(JSON.stringify([said, protocol]));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_program_says_what_it_said(tmp_path: Path) -> None:
    def said() -> str:
        run = subprocess.run(
            ["node", "--no-warnings", "shop/a.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    write_tree(tmp_path, {**SHEET, "shop/a.mjs": PROGRAM})
    before = said()
    archlint("fix", "--unsafe", cwd=tmp_path)

    assert said() == before
    assert (tmp_path / "shop/a.mjs").read_text().count("protocol.") > 6
