"""What a specifier is before anything is looked up: a path, a name of a package, a URL, a builtin."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

LONGEST = 4096
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:", re.ASCII)
# https://docs.npmjs.com/cli/configuring-npm/package-json#name; old packages have capitals.
_PACKAGE = re.compile(r"((?:@[\w.~-]+/)?[A-Za-z0-9][\w.~-]*)(?:/(.*))?", re.ASCII | re.DOTALL)
_REGISTRY = re.compile(r"(?:npm|jsr):/?((?:@[^/@]+/)?[^/@]+)(?:@[^/]*)?(?:/.*)?", re.DOTALL)
_DECORATED = re.compile(r"[\\!?#%]").search
_ENCODED_SEPARATOR = re.compile(r"%(?:2f|5c|00)", re.IGNORECASE)

# `module.builtinModules` of Node 20, without those that begin with `_`. Others exist only as `node:…`.
_BUILTINS = """
    assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram
    diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https inspector
    inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring readline
    readline/promises repl stream stream/consumers stream/promises stream/web string_decoder sys timers
    timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib
"""
BUILTINS = frozenset(_BUILTINS.split())


def is_relative(specifier: str) -> bool:
    """Whether it begins with ``./`` or ``../``, or is ``.`` or ``..``."""
    return specifier.startswith(("./", "../")) or specifier in (".", "..")


def spellings(specifier: str) -> Iterator[str]:
    """A specifier as written, then without what only bundlers and browsers read: loaders, queries, escapes."""
    if not _DECORATED(specifier):
        yield specifier
        return
    plain = specifier.replace("\\", "/")
    yield plain
    bare = plain.rpartition("!")[2]  # webpack: `!!raw-loader!./x`
    cut = min((index for index in (bare.find("?"), bare.find("#", 1)) if index > 0), default=len(bare))
    bare = bare[:cut]
    if bare and bare != plain:
        yield bare
    if "%" in bare and not _ENCODED_SEPARATOR.search(bare):
        yield unquote(bare, errors="replace").replace("\\", "/")


def outside(specifier: str) -> str | None:
    """What a URL leads to outside the tree: a package of a registry, else itself. None for what is no URL."""
    if specifier.startswith("//"):
        return specifier
    registry = _REGISTRY.fullmatch(specifier)
    if registry:
        return registry[1]
    return specifier if _SCHEME.match(specifier) else None


def package_name(specifier: str) -> tuple[str, str] | None:
    """The package that a bare specifier names, and the subpath as ``exports`` writes it; None if it names none."""
    match = _PACKAGE.fullmatch(specifier)
    if match is None:
        return None
    return match[1], f"./{match[2]}" if match[2] else "."
