"""``archlint graph`` and ``archlint why`` as their users meet them."""

import json
from pathlib import Path

import pytest

from archlint.facts import Link
from archlint.model import WHOLE_FILE, Place
from archlint.project.graph.drawing import Drawing, Line
from archlint.reporters.graph import GRAPH_FORMATS
from tests.test_cli import archlint
from tests.trees import write_tree

SHOP = {
    "archlint.toml": 'rules = ["rules.yml"]\n[zones]\nui = "ui/**"\ndb = "db/**"\n',
    "rules.yml": """
        rules:
          - { id: ui-knows-db, imports: { from: "ui/**", forbid: ["db/**"] } }
          - { id: circle, acyclic: { types: false } }
          - { id: unrelated, text: { forbid: nothing-like-this } }
    """,
    "package.json": '{ "name": "shop", "workspaces": ["packages/*"] }',
    "ui/page.ts": 'import { load } from "../lib/load";\nimport type { Row } from "../db/query";\nimport zod from "zod";\n',
    "lib/load.ts": 'export { query as load } from "../db/query";\nimport "./help";\n',
    "lib/help.ts": 'import { load } from "./load";\n',
    "db/query.ts": 'import { tool } from "@shop/tool";\nexport const query = tool;\n',
    "packages/tool/package.json": '{ "name": "@shop/tool" }',
    "packages/tool/index.ts": "export const tool = 1;\n",
    "alone.ts": "export {};\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write_tree(tmp_path, SHOP)


def test_every_import_is_listed_with_its_line_and_breaches_are_marked(shop: Path) -> None:
    run = archlint("graph", cwd=shop)

    assert run.stdout == (
        "db/query.ts\n"
        "  -> packages/tool/index.ts  (1)\n"
        "lib/help.ts\n"
        "! -> lib/load.ts  (1)  [circle]\n"
        "lib/load.ts\n"
        "  -> db/query.ts  (1)\n"
        "! -> lib/help.ts  (2)  [circle]\n"
        "ui/page.ts\n"
        "! -> db/query.ts  (2, types)  [ui-knows-db]\n"
        "  -> lib/load.ts  (1)\n"
        "5 nodes, 6 edges, 6 references, 3 of the edges break a rule\n"
    )
    assert (run.stderr, run.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--package",), {"shop -> @shop/tool", "shop -> shop"}),
        (("--zone",), {"ui -> db"}),
        (("--zone", "--no-types"), set()),
        (("--folder", "--no-types"), {"ui -> lib", "lib -> db", "lib -> lib", "db -> packages/tool"}),
        (("--focus", "lib/help.ts"), {"lib/help.ts -> lib/load.ts", "lib/load.ts -> lib/help.ts"}),
        (("--focus", "zone:ui", "--depth", "0"), set()),
        (("--reaches", "db"), {"lib/help.ts -> lib/load.ts", "lib/load.ts -> lib/help.ts", "lib/load.ts -> db/query.ts",
                               "ui/page.ts -> lib/load.ts", "ui/page.ts -> db/query.ts"}),
        (("--focus", "ui", "--depth", "1", "--external", "--reaches", "db/query.ts"),
         {"ui/page.ts -> lib/load.ts", "ui/page.ts -> db/query.ts", "ui/page.ts -> zod", "lib/load.ts -> db/query.ts"}),
    ],
)  # fmt: skip
def test_a_graph_can_be_grouped_and_narrowed(
    shop: Path, options: tuple[str, ...], expected: set[str]
) -> None:
    run = archlint("graph", "--format", "json", *options, cwd=shop)

    assert {f"{edge['from']} -> {edge['to']}" for edge in json.loads(run.stdout)["edges"]} == expected


def test_a_graph_is_written_for_graphviz_and_for_mermaid(shop: Path) -> None:
    dot = archlint("graph", "--zone", "-f", "dot", cwd=shop)
    mermaid = archlint("graph", "--zone", "-f", "mermaid", "-o", "graph.mmd", cwd=shop)

    assert dot.stdout == (
        'digraph archlint {\n  rankdir=LR;\n  node [shape=box, fontname="sans-serif"];\n'
        '  "db";\n  "ui";\n'
        '  "ui" -> "db" [color=red, penwidth=2, tooltip="ui-knows-db", style=dashed];\n}\n'
    )
    assert mermaid.stdout == ""
    assert (shop / "graph.mmd").read_text() == (
        'flowchart LR\n  n0["db"]\n  n1["ui"]\n  n1 -.->|"ui-knows-db"| n0\n'
        "  linkStyle 0 stroke:#d00,stroke-width:2px\n"
    )


def test_why_shows_the_shortest_chain_with_the_line_of_each_import(shop: Path) -> None:
    run = archlint("why", "--no-types", "ui/page.ts", "db/query.ts", cwd=shop)

    assert run.stdout == (
        "ui/page.ts reaches db/query.ts in 2 steps:\n"
        "  ui/page.ts:1:23  value { load } -> lib/load.ts\n"
        "  lib/load.ts:1:32  re-export { query } -> db/query.ts\n"
    )
    assert run.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("ui", "zod"), 0, "ui/page.ts:3:18  value { default } -> zod"),
        (("zone:ui", "zone:db"), 0, "ui/page.ts reaches db/query.ts in 1 step:"),
        (("lib/load.ts", "@shop/tool"), 0, "db/query.ts:1:23  value { tool } -> packages/tool/index.ts"),
        (("db", "ui"), 1, "no way leads from db to ui"),
        (("./ui/", "gone.ts"), 2, "no file matches 'gone.ts'"),
        (("zone:gone", "ui"), 2, "no zone is called 'gone'; known: db, ui"),
        (("/etc", "ui"), 2, "bad path '/etc'"),
    ],
)
def test_why_leaves_with_whether_there_is_a_way(
    shop: Path, arguments: tuple[str, str], code: int, said: str
) -> None:
    run = archlint("why", *arguments, cwd=shop)

    assert said in run.stdout + run.stderr
    assert run.returncode == code


def test_a_workflow_leads_to_the_files_that_its_commands_run(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "archlint.toml": 'rules = ["rules.yml"]\n',
            "rules.yml": "rules: [{ id: a, acyclic: {} }]",
            ".github/workflows/ci.yml": (
                "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
                "      - run: pnpm gate\n      - run: echo node scripts/no.mjs\n"
            ),
            "package.json": '{ "scripts": {\n  "gate": "bash scripts/gate.sh"\n} }',
            "scripts/gate.sh": "# node scripts/no.mjs\nnode scripts/run.mjs\n",
            "scripts/run.mjs": 'import "./help.mjs";\n',
            "scripts/help.mjs": "",
            "scripts/no.mjs": "",
        },
    )

    way = archlint("why", ".github", "scripts/help.mjs", cwd=tmp_path)
    none = archlint("why", ".github", "scripts/no.mjs", cwd=tmp_path)

    assert [line.split("  ")[1] for line in way.stdout.splitlines()[1:]] == [
        ".github/workflows/ci.yml:6:14",
        "package.json:2:12",
        "scripts/gate.sh:2:1",
        "scripts/run.mjs:1:9",
    ]
    assert none.returncode == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "svg"), "unknown format 'svg'; known: text, dot, mermaid, json"),
        (("--zone", "--package"), "--package and --zone do not go together"),
        (("--focus", "gone"), "no file matches 'gone'"),
    ],
)
def test_what_cannot_be_shown_is_told(shop: Path, options: tuple[str, ...], said: str) -> None:
    run = archlint("graph", *options, cwd=shop)

    assert said in run.stderr
    assert (run.stdout, run.returncode) == ("", 2)


def test_a_file_that_could_not_be_read_is_told(shop: Path) -> None:
    write_tree(shop, {"ui/broken.ts": 'import { a from "./b";\nimport "./page";\n'})

    graph = archlint("graph", cwd=shop)
    none = archlint("why", "db", "ui", cwd=shop)

    assert "ui/broken.ts" in graph.stderr
    assert (graph.returncode, none.returncode) == (3, 3)


HOSTILE = 'a"];x\n\x1b[31m::error::|`<b>\\'


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_no_file_name_gets_out_of_its_place_in_a_format(name: str) -> None:
    line = Line(HOSTILE, "b", (Link.VALUE,), (Place(HOSTILE, WHOLE_FILE),), is_type=False, breaks=("r",))
    usual = Line("a", "b", (Link.VALUE,), (Place("a", WHOLE_FILE),), is_type=False, breaks=("r",))

    shown = GRAPH_FORMATS[name](Drawing((HOSTILE, "b"), (line,)))
    plain = GRAPH_FORMATS[name](Drawing(("a", "b"), (usual,)))

    assert "\x1b" not in shown
    assert shown.count("\n") == plain.count("\n")
    assert not [each for each in shown.splitlines() if each.lstrip().startswith("::")]
    if name == "mermaid":
        assert shown.count('"') == plain.count('"')
    if name == "dot":
        assert shown.replace("\\\\", "").replace('\\"', "").count('"') == plain.count('"')
