"""archlint.toml, rule files and what stands beside them: read, or refused with a place for every mistake."""

import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from zlib import crc32

from archlint.baseline import Entry, text_of
from archlint.cache.keys import yaml_state
from archlint.cache.memo import RULES, Memo
from archlint.config import load, load_known, load_requirements
from archlint.config.checked import settle
from archlint.config.known import read_baseline
from archlint.config.reading.text import Naming
from archlint.errors import ConfigError, Mistake
from archlint.position import split_lines, utf16_length
from tests.fuzz.target import Target, scratch

_RULE = b"- id: oversized-file\n  size: { lines: 10 }\n"
_TOML = b'rules = ["rules.yml"]\n'
_RULE_REQUIRED = _RULE + b"  enforces: [A/1]\n"


@cache
def _folder() -> Path:
    """Where files are laid out; of a process each its own."""
    return scratch()


def _laid_out(files: dict[str, bytes]) -> Path:
    folder = _folder()
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def _judged(files: dict[str, bytes], read: Callable[[Path], object]) -> Iterable[str]:
    mistakes = _mistakes(files, read)
    for mistake in mistakes:
        _has_place(mistake, files)
    return [mistake.message[:25] for mistake in mistakes] or ["read"]


def _mistakes(files: dict[str, bytes], read: Callable[[Path], object]) -> tuple[Mistake, ...]:
    """None where it is read."""
    try:
        read(_laid_out(files))
    except ConfigError as error:
        return error.mistakes or (Mistake("refused without a mistake"),)
    return ()


def _has_place(mistake: Mistake, files: dict[str, bytes]) -> None:
    if mistake.message.startswith("only the first"):
        return
    assert mistake.origin is not None, f"without a place: {mistake}"
    text = files[mistake.origin.path].decode("utf-8", "replace")
    lines = [*split_lines(text), ""]
    assert 1 <= mistake.origin.line <= len(lines), f"line of {mistake}"
    assert mistake.origin.line_text == lines[mistake.origin.line - 1], "another line is quoted"
    assert 1 <= mistake.origin.column <= utf16_length(mistake.origin.line_text) + 1, f"column of {mistake}"


def _config(data: bytes) -> Iterable[str]:
    return _judged({"rules.yml": _RULE, "archlint.toml": data}, lambda folder: load(None, None, folder))


def _rules(data: bytes) -> Iterable[str]:
    """What is kept of rule files that were read before makes no difference."""
    files = {"archlint.toml": _TOML, "rules.yml": data}
    said = _judged(files, lambda folder: load(None, None, folder))
    for _ in range(2 if crc32(data) % 4 == 0 else 0):  # with nothing kept, and with what that keeps
        again = _mistakes(files, lambda folder: load_known(None, None, folder, _memo()))
        assert ([each.message[:25] for each in again] or ["read"]) == said, (
            "known before, they read otherwise"
        )
    return said


@cache
def _memo() -> Memo:
    return Memo(_folder(), RULES, yaml_state())


def _requirements(data: bytes) -> Iterable[str]:
    files = {"archlint.toml": _TOML, "rules.yml": _RULE_REQUIRED, "requirements.yml": data}
    return _judged(files, lambda folder: load_requirements(None, None, folder))


def _baseline(data: bytes) -> Iterable[str]:
    """What is written of what was read is read as the same."""
    said = list(_judged({"baseline": data}, _entries))
    if said == ["read"]:
        entries = _entries(_folder())
        (_folder() / "baseline").write_bytes(text_of(entries).encode())
        kept = {(each.path, each.rule, each.fingerprint) for each in entries}
        again = _entries(_folder())
        assert {(each.path, each.rule, each.fingerprint) for each in again} == kept, (
            "read, written and read differ"
        )
        assert text_of(again) == text_of(entries), "written, read and written differ"
        said += [
            f"{min(len(entries), 3)} {min(len(kept), 3)} {any(chr(92) in each.path for each in entries)}"
        ]
    return said


def _entries(folder: Path) -> tuple[Entry, ...]:
    found = settle(read_baseline(folder / "baseline", Naming(folder, folder, folder)))
    return found.entries if found else ()


_RULE_WORDS = (b"value:", b"forbid:", b"only:", b"require:", b"at:", b"property:", b"pattern:", b"text:", b"size:", b"imports:", b"layers:", b"workflow:", b"document:", b"parity:", b"shape:", b"files:", b"definition:", b"condition:", b"single-source:", b"acyclic:", b"coverage:", b"message:", b"severity:", b"ignores:", b"inside:", b"tests:", b"bad:", b"good:", b"enforces:", b"zone:a", b"**/*.ts", b"{value}", b"/a+/", b"null", b"[]", b"{}", b"'", b"|\n", b"- ", b"&a", b"*a", b"!!str", b"<<:")  # fmt: skip
_TOML_WORDS = (b"[zones]\n", b"[rule.oversized-file]\n", b"[[allow]]\n", b"[limits]\n", b"[aliases]\n", b"packs = ", b"rules = ", b"exclude = ", b"baseline = ", b"severity = ", b"until = ", b"reason = ", b"paths = ", b"rules.yml", b"recommended", b"off", b'"""', b"'''", b"2027-01-31", b"parse-bytes = ")  # fmt: skip
TARGETS = (
    Target("config", _config, tokens=_TOML_WORDS, seconds=2.0),
    Target("rules", _rules, tokens=_RULE_WORDS, seconds=2.0),
    Target("requirements", _requirements, tokens=(b"requirements:", b"document:", b"section:", b"id:", b"text:", b"why:"), seconds=2.0),
    Target("baseline", _baseline, tokens=(b"\t", b"\\", b"\\u000a", b"<<<<<<< a\n", b"=======\n", b"#", b"0123456789abcdef0123456789abcdef")),
)  # fmt: skip
