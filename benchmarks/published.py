"""TypeScript sources as their authors publish them on npm, in folders that the pack `clickeen` looks at."""

import shutil
from pathlib import Path

from benchmarks.trees import BREACH, Tree, configure

_FOLDERS = {
    "@reduxjs/toolkit": "tooling/toolkit",
    "@tanstack/query-core": "admin/query-core",
    "@tanstack/react-query": "admin/react-query",
    "@tanstack/router-core": "admin/router-core",
    "@trpc/server": "roma/app/api/trpc",
    "@wagmi/core": "roma/wagmi-core",
    "effect": "paris/src/domains/effect",
    "rxjs": "roma/rxjs",
    "viem": "bob/viem",
    "wagmi": "roma/wagmi",
    "zod": "tokyo-worker/src/zod",
}
_BREACH_EVERY = 100


def published(root: Path, installed: Path) -> Tree | None:
    """A copy of what npm installed, with a breach in every hundredth file; None if a package is not there."""
    if not all((installed / package).is_dir() for package in _FOLDERS):
        return None
    files = [
        path for package, folder in _FOLDERS.items() for path in _copy(installed / package, root, folder)
    ]
    breaches = [path for path in files if "test" not in path][::_BREACH_EVERY]  # the pack leaves tests alone
    for path in breaches:
        with (root / path).open("a") as stream:
            stream.write(BREACH)
    configure(root)
    tops = tuple(sorted({folder.partition("/")[0] for folder in _FOLDERS.values()}))
    size = sum((root / path).stat().st_size for path in files)
    title = f"{len(files):,} published files, {size / 1e6:.0f} MB"
    return Tree(title, root, tops, len(files), {"values": frozenset(breaches), "pack": frozenset(breaches)})


def _copy(package: Path, root: Path, folder: str) -> list[str]:
    """The paths of a package's sources below ``root``."""
    copied: list[str] = []
    for source in sorted(package.rglob("*")):
        path = source.relative_to(package)
        is_code = source.suffix in (".ts", ".tsx") and not source.name.endswith(".d.ts")
        if "node_modules" in path.parts or not (is_code or source.name in ("package.json", "tsconfig.json")):
            continue
        target = root / folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
        if is_code:
            copied.append(target.relative_to(root).as_posix())
    return copied
