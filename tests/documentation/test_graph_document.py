"""What docs/graph.md says, tried."""

import json
from pathlib import Path

from tests.commands import archlint
from tests.documentation.test_docs import blocks
from tests.trees import REPOSITORY, write_tree

PAGE = REPOSITORY / "docs" / "graph.md"


def test_the_aliases_on_the_page_lead_where_it_says(tmp_path: Path) -> None:
    (sheet,) = (block for block in blocks(PAGE, "toml") if "[aliases]" in block)
    write_tree(
        tmp_path,
        {
            "archlint.toml": sheet,
            "main.ts": 'import "@/cart"; import "config"; import "~/a"; import "~/b"; import "@";',
            "src/cart.ts": "",
            "src/index.ts": "",
            "src/config/main.ts": "",
            "gen/a.ts": "",
            "src/b.gen.ts": "",
            "apps/admin/page.ts": 'import "@/cart"; import "config";',
            "apps/admin/src/cart.ts": "",
        },
    )

    run = archlint("graph", "--format", "json", cwd=tmp_path)

    assert {(edge["from"], edge["to"]) for edge in json.loads(run.stdout)["edges"]} == {
        ("main.ts", "src/cart.ts"),
        ("main.ts", "src/config/main.ts"),
        ("main.ts", "gen/a.ts"),
        ("main.ts", "src/b.gen.ts"),
        ("main.ts", "src/index.ts"),
        ("apps/admin/page.ts", "apps/admin/src/cart.ts"),
        ("apps/admin/page.ts", "src/config/main.ts"),
    }


def test_a_constant_is_followed_through_an_alias(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "archlint.toml": 'rules = ["rules.yml"]\n[aliases."apps/admin"]\n"@" = "src"\n',
            "rules.yml": "rules: [{ id: a, value: { forbid: devstudio, at: [{ property: subject }] } }]",
            "apps/admin/src/names.ts": "export const STUDIO = 'devstudio';",
            "apps/admin/page.ts": "import { STUDIO } from '@/names'; open({ subject: STUDIO });",
        },
    )

    run = archlint("check", "--format", "concise", cwd=tmp_path)

    assert "apps/admin/src/names.ts:1:" in run.stdout
