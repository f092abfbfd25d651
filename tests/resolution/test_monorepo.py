"""Where the imports of a monorepo lead that has what monorepos have, all at once."""

import json
from pathlib import Path

import pytest

from tests.commands import archlint
from tests.resolution.monorepo import MONOREPO
from tests.trees import write_tree

UI, CORE, WEB, VITE, DOCS = "packages/ui", "packages/core", "apps/web/src", "apps/vite", "apps/docs/src"
EXPECTED = {
    # `exports` with and without sources, `imports` with conditions, css through a wildcard
    f"{UI}/src/index.ts": {f"{UI}/src/button.tsx", f"{UI}/src/icons/index.ts", f"{UI}/src/env.ts", f"{UI}/src/util/cx.ts"},
    f"{UI}/src/button.tsx": {"react", f"{UI}/styles/button.css", f"{UI}/src/button.module.css"},
    f"{UI}/src/button.module.css": {f"{UI}/src/base.css"},
    f"{UI}/styles/button.css": {f"{UI}/styles/reset.css", "https://fonts.example/x.css", "tailwindcss"},
    f"{UI}/src/button.test.tsx": {"vitest", f"{UI}/src/button.tsx", f"{UI}/src/util/cx.ts", f"{CORE}/src/api/index.ts"},
    # a solution whose parts have paths of their own
    f"{CORE}/src/index.ts": {f"{CORE}/src/api/index.ts", f"{CORE}/src/types.ts", f"{CORE}/src/data.json",
                             f"{CORE}/package.json", "zod"},
    f"{CORE}/src/api/index.ts": {f"{CORE}/src/index.ts"},
    f"{CORE}/src/api.spec.ts": {f"{CORE}/test/helper.ts", f"{CORE}/src/api/index.ts"},
    # Next: folders in brackets, paths from a second parent, aliases to two folders
    f"{WEB}/app/(shop)/[workspaceId]/page.tsx": {
        f"{WEB}/app/(shop)/[workspaceId]/cart.tsx", f"{WEB}/lib/db.ts", "next",
        f"{WEB}/app/(shop)/[workspaceId]/[chart]/chart.tsx", f"{WEB}/app/(shop)/@modal/default.tsx",
    },
    f"{WEB}/app/[...slug]/route.ts": {f"{CORE}/src/index.ts", f"{CORE}/src/api/index.ts", "next"},
    f"{WEB}/app/layout.tsx": {f"{WEB}/app/globals.css", "next", f"{UI}/src/button.tsx", f"{WEB}/lib/db.ts",
                              "apps/web/public/logo.svg"},
    f"{WEB}/app/globals.css": {"tailwindcss", f"{UI}/styles/reset.css"},
    f"{WEB}/lib/db.ts": {"server-only", "node:fs", f"{WEB}/lib/schema.sql"},
    f"{WEB}/middleware.ts": {f"{WEB}/lib/db.ts"},
    # Vite: an alias of archlint.toml in scripts, templates and styles, queries, globs, public files
    f"{VITE}/index.html": {f"{VITE}/public/favicon.ico", f"{VITE}/src/main.ts", f"{VITE}/%BASE_URL%x.css"},
    f"{VITE}/src/main.ts": {
        "vue", f"{VITE}/src/App.vue", f"{VITE}/src/style.scss", f"{VITE}/src/a.txt", f"{VITE}/src/worker.ts",
        "virtual:pwa-register", "~icons/mdi/cart", f"{VITE}/src/components/C.vue", f"{VITE}/src/pages/x.vue",
        f"{VITE}/src/calc.wasm", "vite", f"{VITE}/src/dev.ts",
    },
    f"{VITE}/src/App.vue": {
        f"{VITE}/src/components/C.vue", "vue", f"{VITE}/src/assets/a.png", f"{VITE}/src/assets/b.png",
        f"{VITE}/public/favicon.ico", f"{VITE}/src/_vars.scss", f"{VITE}/src/_mix.scss",
    },
    f"{VITE}/src/components/C.vue": {f"{VITE}/src/components/c.ts"},
    f"{VITE}/src/style.scss": {"sass:math", f"{VITE}/src/_vars.scss", f"{UI}/styles/reset.css"},
    # Astro: a config that extends a package's, components without their ending, scripts and styles inside
    f"{DOCS}/pages/[lang]/[...slug].astro": {
        "astro:content", f"{DOCS}/layouts/Base.astro", "astro:assets", f"{DOCS}/assets/hero.png", f"{DOCS}/config.ts",
        f"{DOCS}/styles/global.css", f"{DOCS}/scripts/menu.ts", f"{DOCS}/styles/more.css",
    },
    f"{DOCS}/layouts/Base.astro": {f"{DOCS}/components/Nav.astro"},
    f"{DOCS}/content.config.ts": {"astro", "astro:content"},
    # a worker: modules that the platform answers
    "apps/worker/src/index.ts": {
        "hono", "cloudflare:workers", "apps/worker/src/page.html", "apps/worker/src/x.wasm", f"{CORE}/src/index.ts",
        "__STATIC_CONTENT_MANIFEST",
    },
}  # fmt: skip
NOT_FOUND = {
    "~icons/mdi/cart",
    "__STATIC_CONTENT_MANIFEST",
    f"{VITE}/%BASE_URL%x.css",
    "apps/web/.next/types/routes.d.ts",
    "apps/docs/.astro/types.d.ts",
}


@pytest.fixture(scope="module")
def monorepo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tree(tmp_path_factory.mktemp("monorepo"), dict(MONOREPO))


def test_imports_lead_where_the_tools_of_a_monorepo_take_them(monorepo: Path) -> None:
    run = archlint("graph", "--external", "--format", "json", cwd=monorepo)

    drawn = json.loads(run.stdout)
    found: dict[str, set[str]] = {}
    for edge in drawn["edges"]:
        found.setdefault(edge["from"], set()).add(edge["to"])
    assert {path: found[path] for path in EXPECTED} == EXPECTED
    assert set(drawn["unresolved"]) == NOT_FOUND


def test_the_recommended_rules_are_silent_on_it(monorepo: Path) -> None:
    run = archlint("check", "--format", "concise", cwd=monorepo)

    assert run.stdout.splitlines()[0] == "no findings (8 rules)"
    assert run.returncode == 0
