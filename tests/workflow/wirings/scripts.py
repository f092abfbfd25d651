"""Package scripts that lead to a command, and those that do not."""

from tests.workflow.wirings.trees import AUTH, CI, MISSING, Broken, Tree, run, scripted, workspace

NX_PROJECT = """{ "name": "api", "targets": {
    "lint": { "executor": "@nx/eslint:lint", "dependsOn": [{ "target": "parity" }] },
    "build": { "executor": "@nx/js:tsc" },
    "parity": { "executor": "nx:run-commands", "options": { "commands": [
        "ls", { "command": "node scripts/parity.mjs --mode auth" }], "parallel": false } }
} }"""

SOUND: dict[str, Tree] = {
    "a script": scripted("pnpm parity", parity=AUTH),
    "a script with run": scripted("npm run parity", parity=AUTH),
    "yarn": scripted("yarn parity", parity=AUTH),
    "bun": scripted("bun run parity", parity=AUTH),
    "npm test": scripted("npm test", test=AUTH),
    "npm t": scripted("npm t", test=AUTH),
    "node --run": scripted("node --run parity", parity=AUTH),
    "a script of a script": scripted("pnpm ci:all", ci_all="pnpm run test:parity", test_parity=AUTH),
    "a chain of scripts": scripted("pnpm all", all=f"pnpm lint && {AUTH}", lint="ls"),
    "a chain with a semicolon that ends in it": scripted("pnpm all", all=f"ls; {AUTH}"),
    "a hook before a script": scripted("pnpm build", prebuild=AUTH, build="ls"),
    "a hook after a script": scripted("pnpm build", postbuild=AUTH, build="ls"),
    "arguments that the workflow adds": scripted("pnpm parity --mode auth", parity="node scripts/parity.mjs"),
    "arguments after two dashes": scripted("npm run parity -- --mode auth", parity="node scripts/parity.mjs"),
    "run-s": scripted("pnpm all", all="run-s lint parity", lint="ls", parity=AUTH),
    "npm-run-all with a pattern": scripted(
        "pnpm all", all="npm-run-all --parallel 'test:*'", test_parity=AUTH
    ),
    "concurrently": scripted("pnpm all", all="concurrently 'ls' 'pnpm parity'", parity=AUTH),
    "cross-env": scripted("pnpm parity", parity=f"cross-env CI=1 {AUTH}"),
    "a variable of the script's command": scripted(
        "MODE=auth pnpm parity", parity="node scripts/parity.mjs --mode $MODE"
    ),
    "pnpm -C": workspace("pnpm -C packages/api parity"),
    "npm --prefix": workspace("npm --prefix packages/api run parity"),
    "yarn --cwd": workspace("yarn --cwd packages/api parity"),
    "pnpm --filter": workspace("pnpm --filter @acme/api parity"),
    "pnpm -F with a folder": workspace("pnpm -F ./packages/api run parity"),
    "pnpm --filter with a glob": workspace("pnpm --filter '@acme/*' parity"),
    "pnpm --filter with what it depends on": workspace("pnpm --filter @acme/api... parity"),
    "npm --workspace": workspace("npm run parity --workspace=@acme/api"),
    "npm -w": workspace("npm run -w @acme/api parity"),
    "yarn workspace": workspace("yarn workspace @acme/api run parity"),
    "pnpm -r": workspace("pnpm -r run parity"),
    "turbo": workspace("pnpm exec turbo run parity --filter=@acme/api"),
    "turbo without a filter": workspace("npx turbo parity"),
    "nx run": workspace("nx run api:parity"),
    "nx": workspace("npx nx parity api"),
    "lerna": workspace("lerna run parity"),
    "pnpm -C with exec": run("pnpm -C packages/api exec node ../../scripts/parity.mjs --mode auth"),
    "turbo with what a task depends on": workspace("turbo run build", build="tsc")
    | {"turbo.json": '{ // tasks\n"tasks": { "build": { "dependsOn": ["^build", "parity"] } } }'},
    "turbo with what a package's task depends on": workspace("turbo build", build="tsc")
    | {"turbo.json": '{ "pipeline": { "@acme/api#build": { "dependsOn": ["parity"] } } }'},
    "turbo with what another package's task depends on": workspace("turbo build --filter=web")
    | {
        "turbo.json": '{ "tasks": { "build": { "dependsOn": ["^parity"] } } }',
        "web/package.json": '{ "name": "web", "scripts": { "build": "vite" }, "dependencies": { "@acme/api": "*" } }',
    },
    "turbo with a task of the root": scripted("turbo build", parity=AUTH)
    | {
        "turbo.json": '{ "tasks": { "build": { "dependsOn": ["//#parity"] } } }',
        "web/package.json": '{ "name": "web", "scripts": { "build": "vite" } }',
    },
    "nx run-many": workspace("npx nx run-many -t lint parity"),
    "nx with commands of a project": run("nx run api:parity") | {"apps/api/project.json": NX_PROJECT},
    "nx with what a target depends on": run("nx lint api") | {"apps/api/project.json": NX_PROJECT},
    "nx with what targets depend on by default": run("nx affected --target=build")
    | {
        "apps/api/project.json": NX_PROJECT,
        "nx.json": '{ "targetDefaults": { "build": { "dependsOn": ["parity"] } } }',
    },
    "nx with the script of a package": workspace("nx run api:check")
    | {
        "packages/api/project.json": """{ "name": "api", "targets": { "check": {
            "executor": "nx:run-script", "options": { "script": "parity" } } } }"""
    },
    "nx in a folder": run("nx run api:parity")
    | {
        "apps/api/project.json": """{ "name": "api", "targets": { "parity": {
            "command": "node parity.mjs --mode auth", "options": { "cwd": "scripts" } } } }"""
    },
    "deno task": run("deno task parity") | {"deno.json": '{ "tasks": { "parity": "' + AUTH + '" } }'},
    "deno task with what it depends on": run("deno task --quiet all")
    | {
        "deno.jsonc": """{ // tasks
            "tasks": { "all": { "dependencies": ["parity"] },
                       "parity": { "command": "node scripts/parity.mjs --mode auth" } } }"""
    },
    "deno task with a script of the package": scripted("deno task parity", parity=AUTH),
    "a program that sets the environment": scripted("pnpm parity", parity=f"dotenv -e .env.ci -- {AUTH}"),
    "scripts in a circle around it": scripted("pnpm a", a=f"{AUTH} && pnpm b", b="pnpm a"),
    "built files that are not in the tree": scripted("pnpm parity", parity=f"{AUTH} && node dist/report.js"),
}

BROKEN: list[Broken] = [
    (
        "the script is missing",
        run("pnpm test:parity"),
        [
            (
                f"{MISSING}; `pnpm test:parity` runs a script 'test:parity' that package.json does not have",
                "jobs",
            )
        ],
    ),
    (
        "there is no package.json",
        {CI: run("npm run parity")[CI], "scripts/parity.mjs": ""},
        [(f"{MISSING}; `npm run parity` runs a script, and there is no package.json", "jobs")],
    ),
    (
        "the package is missing",
        run("pnpm --filter @acme/web run parity"),
        [
            (
                f"{MISSING}; `pnpm --filter @acme/web run parity` runs a script of '@acme/web', and no package is called so",
                "jobs",
            )
        ],
    ),
    (
        "the script runs another mode",
        scripted("pnpm parity", parity="node scripts/parity.mjs --mode public"),
        [(MISSING, "jobs")],
    ),
    (
        "the script swallows the failure",
        scripted("pnpm parity", parity=f"{AUTH} || true"),
        [(f"`|| true` hides the failure of `{AUTH}`", f"package.json: {AUTH}")],
    ),
    (
        "the script goes on after a semicolon",
        scripted("pnpm parity", parity=f"{AUTH}; ls"),
        [(f"`;` hides the failure of `{AUTH}`", f"package.json: {AUTH}")],
    ),
    (
        "the workflow swallows the script's failure",
        scripted("pnpm parity || true", parity=AUTH),
        [("`|| true` hides the failure of `pnpm parity`", "pnpm parity")],
    ),
    (
        "scripts in a circle",
        scripted("pnpm a", a="pnpm b", b="pnpm a && pnpm a"),
        [(MISSING, "jobs")],
    ),
    (
        "the task depends on something else",
        workspace("turbo run build", build="tsc", types="tsc")
        | {"turbo.json": '{ "tasks": { "build": { "dependsOn": ["types"] }, "parity": {} } }'},
        [(MISSING, "jobs")],
    ),
    (
        "the task is of a package that is not made of it",
        workspace("turbo build --filter=web")
        | {
            "turbo.json": '{ "tasks": { "build": { "dependsOn": ["^parity"] } } }',
            "web/package.json": '{ "name": "web", "scripts": { "build": "vite" } }',
        },
        [(MISSING, "jobs")],
    ),
    (
        "the target is another project's",
        run("nx run web:parity")
        | {"apps/api/project.json": NX_PROJECT, "apps/web/project.json": '{ "name": "web", "targets": {} }'},
        [(MISSING, "jobs")],
    ),
    (
        "the target runs in another folder",
        run("nx run api:parity")
        | {
            "apps/api/project.json": """{ "name": "api", "targets": { "parity": {
                "command": "node scripts/parity.mjs --mode auth", "options": { "cwd": "apps" } } } }"""
        },
        [
            (
                f"`{AUTH}` runs 'apps/scripts/parity.mjs', which is not there",
                f"apps/api/project.json: {AUTH}",
            )
        ],
    ),
    (
        "the task of deno swallows the failure",
        run("deno task parity") | {"deno.json": '{ "tasks": { "parity": "' + AUTH + ' || true" } }'},
        [(f"`|| true` hides the failure of `{AUTH}`", f"deno.json: {AUTH}")],
    ),
    (
        "the task of deno is missing",
        run("deno task parity") | {"deno.json": '{ "tasks": {} }'},
        [
            (
                f"{MISSING}; `deno task parity` runs a script 'parity' that none of deno.json, package.json has",
                "jobs",
            )
        ],
    ),
]
