"""Hostile and broken trees: each file costs at most itself, is told with its reason, and hides no other's finding."""

import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.trees import PACKS, write_tree

MEGABYTE = 1_048_576
LONGEST_S = 20.0
RULES = """
rules:
  - id: retired-plan
    files: ["**/*"]
    value: { forbid: legacy, at: [{ property: plan }, { key: plan }, argument: { call: require }] }
  - id: long-file
    severity: note
    size: { lines: 0 }
"""
BREACH = "open({ plan: 'legacy' });\n"
CONFIG = 'rules = ["rules.yml"]\nexclude = ["rules.yml"]\n'


@dataclass(frozen=True, slots=True)
class Told:
    """What a run on a hostile tree said."""

    code: int
    findings: frozenset[tuple[str, str]]
    """Paths and rules."""
    problems: Mapping[str, str]
    """Reasons by path."""
    seconds: float


def judged(root: Path, *arguments: str) -> Told:
    """What ``archlint check`` says of a tree with a canary, whose one finding nothing may hide."""
    write_tree(root, {"canary.ts": BREACH, "rules.yml": RULES})
    if not (root / "archlint.toml").exists():
        write_tree(root, {"archlint.toml": CONFIG})
    begin = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "archlint", "check", "--format", "json", *arguments],
        cwd=root,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert b"Traceback" not in run.stderr
    report = json.loads(run.stdout)
    ledger = report["files"]
    assert ledger["total"] == sum(ledger[each] for each in ("analysed", "partial", "notAnalysed", "excluded"))
    told = Told(
        run.returncode,
        frozenset((each["place"]["path"], each["rule"]) for each in report["findings"]),
        {each["place"]["path"]: each["reason"] for each in report["problems"]},
        time.monotonic() - begin,
    )
    assert ("canary.ts", "retired-plan") in told.findings
    assert told.code == 1
    return told


def nested(opening: str, closing: str, depth: int, core: str = BREACH) -> str:
    return opening * depth + core + closing * depth


def garbage(count: int) -> bytes:
    return random.Random(1).randbytes(count)


CASES: dict[str, tuple[str, bytes | str, tuple[str, ...]]] = {
    "R01 block sequence": ("a.yml", "- " * 254 + "x", ("depth-limit", "crash")),
    "R01 explicit keys": ("a.yml", "? " * 300 + "x", ("depth-limit", "crash")),
    "R01 block mapping": (
        "a.yml",
        "".join(" " * depth + "a:\n" for depth in range(254)) + " " * 254 + "x",
        ("depth-limit", "crash"),
    ),
    "R03 flow sequence, 1,000,000": ("a.yml", "[" * 1_000_000 + "]" * 1_000_000, ("too-large",)),
    "R03 flow sequence, 100,000": ("a.yml", "[" * 100_000 + "]" * 100_000, ("depth-limit",)),
    "R04 open elements": ("a.html", "<div>" * 100_000, ("timeout", "depth-limit")),
    "R06 parentheses around a call": (
        "a.ts",
        nested("(", ")", 66_000, "require('legacy')"),
        ("depth-limit",),
    ),
    "R08 elements of JSX": ("a.tsx", nested("<a>", "</a>", 10_000, "{require('legacy')}"), ("depth-limit",)),
    "R10 100 KB of garbage": ("a.ts", garbage(100_000), ("encoding", "timeout")),
    "R10 1 MB of garbage": ("a.ts", garbage(MEGABYTE), ("encoding", "timeout")),
    "R10 100 KB of garbage in UTF-8": (
        "a.ts",
        garbage(60_000).decode("latin-1").replace("\0", "x"),
        ("timeout", "syntax"),
    ),
    "R11 50 MB on a line": ("a.js", "a=1;" * (50 * MEGABYTE // 4), ("too-large",)),
    "R14 Latin-1": ("a.ts", "open({ plan: 'légacy' });".encode("latin-1"), ("encoding",)),
    "R14 UTF-16": ("a.ts", BREACH.encode("utf-16"), ("encoding",)),
    "R14 a lone 0xFF": ("a.ts", b"\xff" + BREACH.encode(), ("encoding",)),
    "R14 NUL": ("a.ts", BREACH.replace("open", "op\0en"), ("encoding",)),
}


@pytest.mark.parametrize(("name", "content", "reasons"), CASES.values(), ids=CASES)
def test_a_hostile_file_is_told_with_its_reason(
    tmp_path: Path, name: str, content: bytes | str, reasons: tuple[str, ...]
) -> None:
    told = judged(write_tree(tmp_path, {name: content}))

    assert told.problems.get(name) in reasons or (name, "retired-plan") in told.findings
    assert told.seconds < LONGEST_S
    assert [path for path in told.problems if path != name] == []


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("(", ")"),
        ("<a>", "</a>"),
        *(pytest.param(*pair, marks=pytest.mark.slow) for pair in ("{}", "[]", ("`${", "}`"), ("f(", ")"))),
    ],
)
def test_a_million_brackets_are_too_deep_where_so_large_a_file_is_allowed(
    tmp_path: Path, opening: str, closing: str
) -> None:
    write_tree(tmp_path, {"archlint.toml": f"{CONFIG}[limits]\nparse-bytes = 20_000_000\n"})
    call = "{require('legacy')}" if opening == "<a>" else "require('legacy')"
    code = nested(opening, closing, 1_000_000, call)

    told = judged(write_tree(tmp_path, {"a.tsx": code}))

    assert told.problems["a.tsx"] in ("depth-limit", "memory", "timeout", "syntax")
    assert told.seconds < LONGEST_S


def test_the_last_of_32_769_lines_of_yaml_is_read_or_told(tmp_path: Path) -> None:
    lines = "".join(f"k{number}: {number}\n" for number in range(32_769)) + "plan: legacy\n"

    told = judged(write_tree(tmp_path, {"a.yml": lines}))

    assert ("a.yml", "retired-plan") in told.findings or "a.yml" in told.problems


def test_a_large_list_that_needs_too_much_memory_is_told(tmp_path: Path) -> None:
    limits = "[limits]\nparse-bytes = 30_000_000\nmemory-bytes = 300_000_000\n"
    write_tree(tmp_path, {"archlint.toml": CONFIG + limits})

    told = judged(write_tree(tmp_path, {"a.ts": f"x = [{'1,' * 10 * MEGABYTE}'legacy']"}))

    assert told.problems["a.ts"] in ("memory", "timeout")


@pytest.mark.parametrize(
    "content", ["", b"\xef\xbb\xbf", b"\xef\xbb\xbf" + BREACH.encode(), BREACH.replace("\n", "\r\n")]
)
def test_unusual_but_right_text_is_no_problem(tmp_path: Path, content: bytes | str) -> None:
    told = judged(write_tree(tmp_path, {"a.ts": content}))

    assert told.problems == {}
    assert (("a.ts", "retired-plan") in told.findings) == (len(content) > 3)


def test_links_pipes_and_devices_are_left_out_and_not_opened(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "outside").symlink_to("/etc")
    (tmp_path / "zero.ts").symlink_to("/dev/zero")
    (tmp_path / "dangling.ts").symlink_to("nowhere")
    (tmp_path / "passwd.ts").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.ts")

    told = judged(tmp_path)

    assert told.problems == {}
    assert told.seconds < LONGEST_S


def test_a_sparse_file_of_100_gigabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.ts").open("wb") as file:
        file.truncate(100_000_000_000)

    told = judged(tmp_path)

    assert told.problems == {"a.ts": "too-large"}
    assert told.seconds < LONGEST_S


def test_ten_thousand_findings_in_one_file_are_all_counted(tmp_path: Path) -> None:
    told = judged(write_tree(tmp_path, {"a.ts": BREACH * 10_000}))

    assert ("a.ts", "retired-plan") in told.findings
    assert told.seconds < LONGEST_S


@pytest.mark.slow
def test_sixty_thousand_findings_are_all_counted_and_the_log_is_cut_aloud(tmp_path: Path) -> None:
    write_tree(tmp_path, {f"{number}.ts": BREACH * 10_000 for number in range(6)})

    told = judged(tmp_path, "--report", "sarif=out.sarif")

    log = (tmp_path / "out.sarif").read_bytes()
    run = json.loads(log)["runs"][0]
    said = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert told.seconds < LONGEST_S
    assert len(run["results"]) == 5_000
    assert len(gzip.compress(log)) < 10 * MEGABYTE
    assert any("60,0" in text for text in said)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "8"])
@pytest.mark.parametrize("pack", sorted(path.name for path in PACKS.iterdir()))
def test_no_shipped_rule_hangs_on_deep_or_broken_files(tmp_path: Path, pack: str, jobs: str) -> None:
    shutil.copytree(PACKS / pack, tmp_path / "pack")
    sheet = tmp_path / "pack/archlint.toml"
    named = tomllib.loads(sheet.read_text()).get("zones", {}) if sheet.exists() else {}
    zones = "".join(f'{zone} = "**"\n' for zone in named)
    sheet.unlink(missing_ok=True)
    write_tree(
        tmp_path,
        {
            **{f"{number}/{name}": content for number, (name, content, _) in enumerate(CASES.values())},
            "archlint.toml": f'rules = ["pack/*.yml", "rules.yml"]\nexclude = ["rules.yml"]\n[zones]\n{zones}',
        },
    )

    told = judged(tmp_path, "--jobs", jobs)

    assert {"1/a.yml", "12/a.ts"} <= told.problems.keys()
