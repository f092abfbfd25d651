"""A monorepo as it is found in the wild: pnpm, `exports`, tsconfig paths and references, Next, Vite, Astro, a worker."""

from collections.abc import Mapping

MONOREPO: Mapping[str, str] = {
    "archlint.toml": (
        'packs=["recommended"]\n[aliases."apps/vite"]\n"@" = "src"\n"~components" = "src/components"\n'
    ),
    "pnpm-workspace.yaml": (
        "packages:\n  - 'apps/*'\n  - 'packages/*'\n  - '!packages/legacy'\ncatalog:\n  react: ^19\n"
    ),
    "package.json": '{ "name": "acme", "private": true, "devDependencies": { "typescript": "5", "vitest": "4", "turbo": "2" } }',
    "tsconfig.base.json": '{ // shared\n "compilerOptions": { "strict": true, "moduleResolution": "bundler", "paths": { "@acme/ui/*": ["./packages/ui/src/*"], "@acme/*": ["./packages/*/src"] }, }, }',
    "packages/ui/package.json": '{"name": "@acme/ui", "exports": {".": {"types": "./dist/index.d.ts", "import": "./dist/index.js"}, "./button": "./src/button.tsx", "./styles/*.css": "./styles/*.css", "./icons/*": {"types": "./dist/icons/*.d.ts", "default": "./dist/icons/*.js"}}, "peerDependencies": {"react": "catalog:"}, "imports": {"#util/*": "./src/util/*.ts", "#env": {"node": "./src/env.node.ts", "default": "./src/env.ts"}}}',
    "packages/ui/tsconfig.json": '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "outDir": "dist", "rootDir": "src", "jsx": "react-jsx" }, "include": ["src"] }',
    "packages/ui/src/index.ts": (
        'export * from "./button.js";\n'
        'export * as icons from "./icons/index";\n'
        'import env from "#env";\n'
        'import { cx } from "#util/cx";\n'
    ),
    "packages/ui/src/button.tsx": (
        'import * as React from "react";\n'
        'import "react/jsx-runtime";\n'
        'import "../styles/button.css";\n'
        'import s from "./button.module.css";\n'
        "export const Button = () => <b/>;\n"
    ),
    "packages/ui/src/button.module.css": ".a { composes: b from './base.css'; }\n",
    "packages/ui/src/base.css": "",
    "packages/ui/styles/button.css": (
        '@import "./reset.css" layer(base);\n'
        '@import url("https://fonts.example/x.css");\n'
        '@import "tailwindcss";\n'
    ),
    "packages/ui/styles/reset.css": "",
    "packages/ui/src/icons/index.ts": 'export { default as Cart } from "./cart";\n',
    "packages/ui/src/icons/cart.tsx": "export default () => null;\n",
    "packages/ui/src/env.ts": "export default {};\n",
    "packages/ui/src/env.node.ts": 'import { cwd } from "process"; export default cwd();\n',
    "packages/ui/src/util/cx.ts": "export const cx = 1;\n",
    "packages/ui/src/button.test.tsx": (
        'import { test, vi } from "vitest";\n'
        'import { Button } from "./button";\n'
        'vi.mock("./util/cx");\n'
        'vi.mock("@acme/core/api", async (orig) => orig());\n'
    ),
    "packages/core/package.json": '{"name": "@acme/core", "type": "module", "main": "./dist/index.cjs", "module": "./dist/index.mjs", "types": "./dist/index.d.ts", "exports": {".": {"require": "./dist/index.cjs", "default": "./dist/index.mjs"}, "./package.json": "./package.json", "./api": "./src/api/index.ts", "./internal": null}, "dependencies": {"zod": "4"}}',
    "packages/core/tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.lib.json" }, { "path": "./tsconfig.spec.json" }] }',
    "packages/core/tsconfig.lib.json": '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "outDir": "./dist" , "rootDir": "./src"}, "include": ["src/**/*.ts"], "exclude": ["**/*.spec.ts"] }',
    "packages/core/tsconfig.spec.json": '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "paths": { "test/*": ["./test/*"] } }, "include": ["src/**/*.spec.ts", "test/**/*"] }',
    "packages/core/src/index.ts": (
        'export * from "./api";\n'
        'export type * from "./types.js";\n'
        'import data from "./data.json" with { type: "json" };\n'
        'import pkg from "../package.json";\n'
        'import z from "zod/v4";\n'
    ),
    "packages/core/src/api/index.ts": ('import type { X } from "..";\nexport const api = 1;\n'),
    "packages/core/src/types.ts": 'export type X = import("./api").Api;\n',
    "packages/core/src/data.json": "{}",
    "packages/core/src/api.spec.ts": (
        'import { helper } from "test/helper";\nimport { api } from "./api/index.js";\n'
    ),
    "packages/core/test/helper.ts": ('import { api } from "../src/api";\nexport const helper = 1;\n'),
    "apps/web/package.json": '{"name": "@acme/web", "dependencies": {"next": "16", "react": "catalog:", "@acme/ui": "workspace:*", "@acme/core": "workspace:^"}, "devDependencies": {"@types/node": "24"}}',
    "apps/web/tsconfig.json": '{ "extends": ["../../tsconfig.base.json", "./tsconfig.paths.json"], "compilerOptions": { "plugins": [{ "name": "next" }] }, "include": ["next-env.d.ts", "**/*.ts", "**/*.tsx", ".next/types/**/*.ts"] }',
    "apps/web/tsconfig.paths.json": '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*", "./*"], "@acme/ui/*": ["../../packages/ui/src/*"] } } }',
    "apps/web/next-env.d.ts": (
        '/// <reference types="next" />\n'
        '/// <reference types="next/image-types/global" />\n'
        'import "./.next/types/routes.d.ts";\n'
    ),
    "apps/web/next.config.mjs": (
        'import path from "node:path";\nimport { fileURLToPath } from "url";\nexport default {};\n'
    ),
    "apps/web/src/app/layout.tsx": (
        'import "./globals.css";\n'
        'import localFont from "next/font/local";\n'
        'import { Button } from "@acme/ui/button";\n'
        'import { db } from "@/lib/db";\n'
        'import logo from "@/public/logo.svg";\n'
        'import type { Metadata } from "next";\n'
    ),
    "apps/web/src/app/globals.css": (
        '@import "tailwindcss";\n'
        '@import "@acme/ui/styles/reset.css";\n'
        '@source "../**/*.tsx";\n'
        '@plugin "@tailwindcss/typography";\n'
    ),
    "apps/web/src/app/(shop)/[workspaceId]/page.tsx": (
        'import { Cart } from "./cart";\n'
        'import { load } from "../../../lib/db";\n'
        'import dynamic from "next/dynamic";\n'
        'const Chart = dynamic(() => import("./[chart]/chart"));\n'
        'import slot from "@/app/(shop)/@modal/default";\n'
    ),
    "apps/web/src/app/(shop)/[workspaceId]/cart.tsx": "export const Cart = 1;\n",
    "apps/web/src/app/(shop)/[workspaceId]/[chart]/chart.tsx": "export default 1;\n",
    "apps/web/src/app/(shop)/@modal/default.tsx": "export default 1;\n",
    "apps/web/src/app/[...slug]/route.ts": (
        'import { core } from "@acme/core";\n'
        'import { api } from "@acme/core/api";\n'
        'import { NextResponse } from "next/server";\n'
        "export const GET = () => core;\n"
    ),
    "apps/web/src/lib/db.ts": (
        'import "server-only";\n'
        'import { readFileSync } from "fs";\n'
        'export const db = new URL("./schema.sql", import.meta.url);\n'
    ),
    "apps/web/src/lib/schema.sql": "",
    "apps/web/public/logo.svg": "<svg/>",
    "apps/web/src/middleware.ts": 'import { x } from "src/lib/db";\n',
    "apps/vite/package.json": '{"name": "@acme/vite", "type": "module", "dependencies": {"vue": "3", "@acme/ui": "workspace:*"}, "devDependencies": {"vite": "7", "@vitejs/plugin-vue": "6"}}',
    "apps/vite/vite.config.ts": (
        'import { defineConfig } from "vite";\n'
        'import vue from "@vitejs/plugin-vue";\n'
        'export default defineConfig({ resolve: { alias: { "@": "/src" } } });\n'
    ),
    "apps/vite/index.html": '<!doctype html><link rel="icon" href="/favicon.ico"><link rel="stylesheet" href="%BASE_URL%x.css"><script type="module" src="/src/main.ts"></script>',
    "apps/vite/public/favicon.ico": "",
    "apps/vite/src/main.ts": (
        'import { createApp } from "vue";\n'
        'import App from "./App.vue";\n'
        'import "@/style.scss";\n'
        'import raw from "./a.txt?raw";\n'
        'import W from "./worker?worker";\n'
        'import "virtual:pwa-register";\n'
        'import icons from "~icons/mdi/cart";\n'
        'import C from "~components/C.vue";\n'
        'const pages = import.meta.glob("./pages/**/*.vue");\n'
        'import init from "./calc.wasm?init";\n'
        'import "vite/client";\n'
        "if (import.meta.env.DEV) await import(`./dev.ts`);\n"
        "import(/* @vite-ignore */ url);\n"
    ),
    "apps/vite/src/App.vue": (
        '<script setup lang="ts">\n'
        'import C from "@/components/C.vue";\n'
        'import { ref } from "vue";\n'
        'import img from "@/assets/a.png";\n'
        "</script>\n"
        '<template><img src="./assets/b.png"><img src="/favicon.ico"><img :src="x"><img src="@/assets/a.png"></template>\n'
        '<style lang="scss">@use "@/vars" as *; @import "./mix";</style>\n'
    ),
    "apps/vite/src/components/C.vue": '<script src="./c.ts"></script>\n',
    "apps/vite/src/components/c.ts": "export default {};\n",
    "apps/vite/src/style.scss": ('@use "sass:math";\n@use "./vars";\n@import "@acme/ui/styles/reset.css";\n'),
    "apps/vite/src/_vars.scss": "",
    "apps/vite/src/_mix.scss": "",
    "apps/vite/src/a.txt": "",
    "apps/vite/src/worker.ts": "",
    "apps/vite/src/calc.wasm": "",
    "apps/vite/src/dev.ts": "export {};",
    "apps/vite/src/assets/a.png": "",
    "apps/vite/src/assets/b.png": "",
    "apps/vite/src/pages/x.vue": "<template/>",
    "apps/docs/package.json": '{"name": "@acme/docs", "dependencies": {"astro": "5", "@astrojs/mdx": "4", "@acme/ui": "workspace:*"}}',
    "apps/docs/tsconfig.json": '{ "extends": "astro/tsconfigs/strict", "compilerOptions": { "baseUrl": ".", "paths": { "@components/*": ["src/components/*"], "@layouts/*": ["src/layouts/*"] } } }',
    "apps/docs/astro.config.mjs": (
        'import { defineConfig } from "astro/config";\nimport mdx from "@astrojs/mdx";\n'
    ),
    "apps/docs/src/pages/[lang]/[...slug].astro": (
        "---\n"
        'import { getCollection } from "astro:content";\n'
        'import Layout from "@layouts/Base.astro";\n'
        'import { Image } from "astro:assets";\n'
        'import hero from "../../assets/hero.png";\n'
        'import { cfg } from "../../config";\n'
        'import "../../styles/global.css";\n'
        'const all = await Astro.glob("../posts/*.md");\n'
        "---\n"
        '<Layout><script>import "../../scripts/menu"; import { x } from "../../scripts/menu.ts";</script><script src="../../scripts/menu.ts"></script></Layout><style>@import "../../styles/more.css";</style>\n'
    ),
    "apps/docs/src/layouts/Base.astro": (
        "---\nimport Nav from '@components/Nav';\nimport NavA from '@components/Nav.astro';\n---\n<slot/>\n"
    ),
    "apps/docs/src/components/Nav.astro": ("---\n---\n<nav/>\n"),
    "apps/docs/src/config.ts": "export const cfg = 1;\n",
    "apps/docs/src/styles/global.css": "",
    "apps/docs/src/styles/more.css": "",
    "apps/docs/src/scripts/menu.ts": "export const x = 1;",
    "apps/docs/src/assets/hero.png": "",
    "apps/docs/src/content.config.ts": (
        'import { defineCollection, z } from "astro:content";\nimport { glob } from "astro/loaders";\n'
    ),
    "apps/docs/src/env.d.ts": (
        '/// <reference path="../.astro/types.d.ts" />\n/// <reference types="astro/client" />\n'
    ),
    "apps/worker/package.json": '{"name": "@acme/worker", "dependencies": {"hono": "4", "@acme/core": "workspace:*"}, "devDependencies": {"wrangler": "4", "@cloudflare/workers-types": "4"}}',
    "apps/worker/src/index.ts": (
        'import { Hono } from "hono";\n'
        'import { env } from "cloudflare:workers";\n'
        'import html from "./page.html";\n'
        'import wasm from "./x.wasm";\n'
        'import { core } from "@acme/core";\n'
        'import manifest from "__STATIC_CONTENT_MANIFEST";\n'
    ),
    "apps/worker/src/page.html": "<p>",
    "apps/worker/src/x.wasm": "",
}
