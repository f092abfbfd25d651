"""``archlint graph`` and ``archlint why`` as their users meet them."""

import json
from pathlib import Path

import pytest

from archlint.extend import Style
from archlint.facts import Link
from archlint.model import WHOLE_FILE, Place
from archlint.project.graph.drawing import Drawing, Line
from archlint.reporters.graph import GRAPH_FORMATS
from tests.commands import archlint
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
        (("/etc", "ui"), 2, "/etc: outside the root"),
        (("a\\b", "ui"), 2, "bad path 'a\\b': paths are written with '/'"),
    ],
)
def test_why_leaves_with_whether_there_is_a_way(
    shop: Path, arguments: tuple[str, str], code: int, said: str
) -> None:
    run = archlint("why", *arguments, cwd=shop)

    assert said in run.stdout + run.stderr
    assert run.returncode == code


def test_a_way_is_written_as_json_too(shop: Path) -> None:
    some = archlint("why", "--format", "json", "ui", "zod", cwd=shop)
    none = archlint("why", "--format", "json", "db", "ui", cwd=shop)
    wrong = archlint("why", "--format", "dot", "db", "ui", cwd=shop)

    place = {"path": "ui/page.ts", "line": 3, "column": 18}
    step = {"from": "ui/page.ts", "to": "zod", "link": "value", "type-only": False, "names": ["default"]}
    assert json.loads(some.stdout) == {"from": "ui", "to": "zod", "steps": [{**step, "place": place}]}
    assert json.loads(none.stdout) == {"from": "db", "to": "ui", "steps": []}
    assert (none.returncode, wrong.returncode) == (1, 2)
    assert "unknown format 'dot'; known: text, json" in wrong.stderr


@pytest.mark.parametrize(
    ("folder", "start", "end", "code"),
    [
        ("ui", "page.ts", "../db/query.ts", 0),
        ("ui", "page.ts", "db/query.ts", 0),
        ("ui", ".", "../db", 0),
        ("ui", "*.ts", "{root}/db", 0),
        ("ui", "../../elsewhere", "../db", 2),
        ("ui", "./lib", "../db", 2),
        ("packages/tool", "index.ts", "ui", 1),
    ],
)
def test_paths_are_those_of_the_working_directory_and_then_of_the_root(
    shop: Path, folder: str, start: str, end: str, code: int
) -> None:
    run = archlint("why", start, end.format(root=shop), cwd=shop / folder)

    assert run.returncode == code, run.stdout + run.stderr


def test_a_tree_elsewhere_is_looked_at_by_its_own_paths(
    shop: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run = archlint("why", "--root", str(shop), "ui", "db", cwd=tmp_path_factory.mktemp("elsewhere"))

    assert run.returncode == 0, run.stderr


LOST = {
    "archlint.toml": "[zones]\nui = 'ui/**'\n",
    "ui/page.ts": 'import "./gone";\nimport "~icons/x";\nimport zod from "zod";\nimport "../lib/gone";\n',
    "lib/load.ts": 'import "./gone";\n',
}


def test_what_is_not_found_is_counted_and_shown_with_what_is_outside(tmp_path: Path) -> None:
    write_tree(tmp_path, LOST)

    plain = archlint("graph", cwd=tmp_path)
    outer = archlint("graph", "--external", cwd=tmp_path)
    found = json.loads(archlint("graph", "--external", "-f", "json", cwd=tmp_path).stdout)
    dot = archlint("graph", "--external", "--zone", "-f", "dot", cwd=tmp_path)
    mermaid = archlint("graph", "--external", "--zone", "-f", "mermaid", cwd=tmp_path)

    assert plain.stdout == (
        "2 nodes, 0 edges, 0 references\n4 references lead to nothing that is found; --external shows them\n"
    )
    assert outer.stdout == (
        "lib/load.ts\n"
        "  -> lib/gone  (1, not found)\n"
        "ui/page.ts\n"
        "  -> lib/gone  (4, not found)\n"
        "  -> ui/gone  (1, not found)\n"
        "  -> zod  (3)\n"
        "  -> ~icons/x  (2, not found)\n"
        "6 nodes, 5 edges, 5 references\n"
    )
    assert (found["outside"], found["unresolved"]) == (["zod"], ["lib/gone", "ui/gone", "~icons/x"])
    assert '  "zod" [shape=ellipse];\n' in dot.stdout
    assert (
        '  "ui/gone" [label="ui/gone (not found)", style=dashed, color=gray50, fontcolor=gray50];\n'
        in dot.stdout
    )
    assert '  n2["ui/gone #40;not found#41;"]\n' in mermaid.stdout
    assert mermaid.stdout.endswith("  classDef lost stroke-dasharray:4\n  class n0,n2,n4 lost\n")
    assert "n3([" in mermaid.stdout
    assert plain.returncode == 0


def test_what_breaks_a_rule_is_shown_wherever_it_leads(tmp_path: Path) -> None:
    rule = "rules: [{ id: lost, message: no, imports: { forbid: { unresolved: missing, packages: zod } } }]"
    write_tree(tmp_path, {**LOST, "archlint.toml": 'rules = ["r.yml"]', "r.yml": rule})

    run = archlint("graph", "--color", "always", cwd=tmp_path)

    assert run.stdout == (
        "lib/load.ts\n"
        "\x1b[1;31m! -> lib/gone  (1, not found)  [lost]\x1b[0m\n"
        "ui/page.ts\n"
        "\x1b[1;31m! -> lib/gone  (4, not found)  [lost]\x1b[0m\n"
        "\x1b[1;31m! -> ui/gone  (1, not found)  [lost]\x1b[0m\n"
        "\x1b[1;31m! -> zod  (3)  [lost]\x1b[0m\n"
        "5 nodes, 4 edges, 4 references, 4 of the edges break a rule\n"
        "1 reference leads to nothing that is found; --external shows them\n"
    )


def test_of_two_edges_of_one_reference_the_one_that_breaks_a_rule_is_marked(tmp_path: Path) -> None:
    rule = "rules: [{ id: no-db, message: no, imports: { from: main.py, forbid: app/db.py } }]"
    files = {"main.py": "from app import db, web\n", "app/__init__.py": "", "app/db.py": "", "app/web.py": ""}
    write_tree(tmp_path, {**files, "archlint.toml": 'rules = ["r.yml"]', "r.yml": rule})

    run = archlint("graph", cwd=tmp_path)

    assert run.stdout.splitlines()[:3] == ["main.py", "! -> app/db.py  (1)  [no-db]", "  -> app/web.py  (1)"]


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


def drawn(node: str, line: Line) -> Drawing:
    lost, outside = f"{node}-lost", f"{node}-outside"
    return Drawing((node, lost, outside, "b"), (line,), frozenset({outside}), frozenset({lost}))


HOSTILE = 'a"];x\n\x1b[31m::error::|`<b>\\'


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_no_file_name_gets_out_of_its_place_in_a_format(name: str) -> None:
    line = Line(HOSTILE, "b", (Link.VALUE,), (Place(HOSTILE, WHOLE_FILE),), is_type=False, breaks=("r",))
    usual = Line("a", "b", (Link.VALUE,), (Place("a", WHOLE_FILE),), is_type=False, breaks=("r",))

    shown = GRAPH_FORMATS[name](drawn(HOSTILE, line), Style())
    plain = GRAPH_FORMATS[name](drawn("a", usual), Style())

    assert "\x1b" not in shown
    assert shown.count("\n") == plain.count("\n")
    assert not [each for each in shown.splitlines() if each.lstrip().startswith("::")]
    if name == "mermaid":
        assert shown.count('"') == plain.count('"')
    if name == "dot":
        assert shown.replace("\\\\", "").replace('\\"', "").count('"') == plain.count('"')
