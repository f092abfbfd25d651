"""Hostile trees and surroundings as the whole command meets them: names, rights, git, locale, and what it starts."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from archlint.reporters import FORMATS
from tests.adoption.repositories import git, repository
from tests.commands import archlint
from tests.reporting.test_injection import commands, harmless
from tests.trees import write_tree

BREACH = "open({ plan: 'legacy' });\n"
CONFIG = {
    "archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml"]\n',
    "rules.yml": "rules: [{ id: retired-plan, value: { forbid: legacy, at: [{ property: plan }] } }]\n",
}
COMMAND = [str(Path(sys.executable).parent / "archlint")]


def found(output: str) -> set[str]:
    return {each["place"]["path"] for each in json.loads(output)["findings"]}


# --- names -------------------------------------------------------------------------------------------------

NAMES = [
    "a\n::error file=x::PWNED.ts", "a\r::stop-commands::x.ts", "##[add-mask]x.ts", "::error::x.ts", "a%0A::error::b.ts",
    "a,line=1,title=b.ts", "\x1b]52;c;eA==\x07.ts", "\x1b[2J.ts", "a\u202etxt.ts", "a\u2028b.ts", "-rf.ts", "--output=x.ts",
    "A.ts", "a.ts", "CON.ts", "aux.ts", "a b.ts", "a'b\"c.ts", "a|b.ts", "<b>x.ts", "[x](y).ts", "`x`.ts", "*.ts",
    "[param].ts", "{a,b}.ts", "a\\b.ts", "é.ts", "e\u0301.ts", "💥.ts", ".x.ts", "~.ts", "$(touch ran).ts", f"{'n' * 252}.ts",
]  # fmt: skip
BYTES = b"caf\xe9.ts"


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_tree(tmp_path_factory.mktemp("names"), CONFIG)
    for name in (*map(os.fsencode, NAMES), BYTES):
        Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_text(BREACH)
    return root


def test_a_file_of_any_name_is_judged_and_named_exactly(named: Path) -> None:
    run = archlint("check", "--format", "json", cwd=named)

    assert found(run.stdout) == {*NAMES, "caf\\xe9.ts"}


@pytest.mark.parametrize("name", FORMATS)
def test_no_name_speaks_through_a_report(named: Path, name: str) -> None:
    run = archlint("check", "--format", name, "--verbose", cwd=named)

    assert run.returncode == 1
    assert harmless(run.stdout)
    assert harmless(run.stderr)
    assert all(re.match(r"::(error|warning|notice) file=", line) for line in commands(run.stdout))
    assert not (named / "ran").exists()


# --- what is started ---------------------------------------------------------------------------------------

SHADOWS = (
    "sitecustomize.py",
    "typer.py",
    "json.py",
    "tree_sitter/__init__.py",
    "archlint/__init__.py",
    "setup.py",
)
CANARY = "import pathlib; pathlib.Path({!r}).touch()\n"


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace sees what is started")
def test_nothing_of_the_tree_is_run_and_nothing_is_connected_to(tmp_path: Path) -> None:
    marker, log = tmp_path / "marker", tmp_path / "log"
    code = CANARY.format(str(marker))
    python = dict.fromkeys(SHADOWS, code)
    shell = {f"node_modules/.bin/{name}": f"#!/bin/sh\ntouch {marker}\n" for name in ("git", "node", "tsc")}
    others = {
        "package.json": '{"scripts": {"preinstall": "touch ran"}}',
        "x.py": "import json\n",
        "a.ts": BREACH,
    }
    root = repository(tmp_path / "root", {**CONFIG, **python, **shell, **others})
    for path in shell:
        (root / path).chmod(0o755)
    trace = ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=execve,connect,bind,sendto"]
    for options in ((), ("--staged",), ("--gate", "HEAD"), ("--since", "HEAD")):
        run = subprocess.run(
            [*trace, *COMMAND, "check", "--format", "json", *options],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        calls = log.read_text()
        started = set(re.findall(r'execve\("([^"]+)".* = 0$', calls, re.MULTILINE))

        assert run.returncode == (0 if "--since" in options else 1), run.stderr
        assert {Path(each).name for each in started} <= {
            "archlint",
            "git",
            Path(sys.executable).resolve().name,
        }
        assert not [each for each in started if each.startswith(str(root))]
        assert not re.search(r"\b(connect|bind|sendto)\(", calls)
    assert not marker.exists()


def test_a_bare_repository_shipped_in_a_tree_runs_nothing(tmp_path: Path) -> None:
    root = repository(tmp_path / "root", CONFIG)
    marker, program = tmp_path / "marker", tmp_path / "evil"
    program.write_text(f"#!/bin/sh\ntouch {marker}\n")
    program.chmod(0o755)
    bare = root / "sub"
    write_tree(
        bare,
        {
            **CONFIG,
            "HEAD": "ref: refs/heads/main\n",
            "objects/x": "",
            "refs/x": "",
            "config": f"[core]\nbare = false\nworktree = .\nfsmonitor = {program}\nrepositoryformatversion = 0\n",
            "a.ts": BREACH,
        },
    )

    for options in ((), ("--staged",), ("--gate", "HEAD"), ("--since", "HEAD")):
        archlint("check", *options, cwd=bare)
        archlint("check", "--root", bare, *options, cwd=bare)

    assert not marker.exists()


def test_configuration_that_a_repository_includes_runs_nothing(tmp_path: Path) -> None:
    root = repository(tmp_path / "root", {**CONFIG, "a.ts": BREACH})
    marker, program = tmp_path / "marker", tmp_path / "evil"
    program.write_text(f"#!/bin/sh\ntouch {marker}\n")
    program.chmod(0o755)
    evil = f"[core]\nfsmonitor = {program}\nhooksPath = {tmp_path}\nsshCommand = {program}\n[alias]\nls-files = !{program}\n"
    write_tree(tmp_path, {"evil.config": evil, "post-index-change": program.read_text()})
    git(root, "config", "include.path", str(tmp_path / "evil.config"))
    git(root, "config", f"includeIf.gitdir:{root}/.path", str(tmp_path / "evil.config"))

    codes = [
        archlint("check", *options, cwd=root).returncode
        for options in ((), ("--staged",), ("--gate", "HEAD"), ("--since", "HEAD"))
    ]

    assert codes == [1, 1, 1, 0]
    assert not marker.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {".git": "gitdir: /etc\n"},
        {".git": "not a repository"},
        {".git/HEAD": "", ".git/config": "[core]\n\tworktree = /etc\n"},
        {".git/config": "[[["},
    ],
)
def test_a_repository_that_is_none_leaves_a_plain_run_as_it_is(
    tmp_path: Path, broken: dict[str, str]
) -> None:
    write_tree(tmp_path, {**CONFIG, "a.ts": BREACH, ".gitignore": "*.log\n", "x.log": "", **broken})

    plain = archlint("check", "--format", "json", cwd=tmp_path)
    gate = archlint("check", "--gate", "HEAD", cwd=tmp_path)

    assert (plain.returncode, found(plain.stdout)) == (1, {"a.ts"})
    assert gate.returncode == 2
    assert "git" in gate.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_somebody_else_is_not_asked(tmp_path: Path) -> None:
    root = repository(tmp_path / "root", {**CONFIG, "a.ts": BREACH})
    for path in (root, root / ".git"):
        os.chown(path, 65_534, 65_534)

    plain = archlint("check", "--format", "json", cwd=root, HOME=os.devnull)
    gate = archlint("check", "--gate", "HEAD", cwd=root, HOME=os.devnull)

    assert (plain.returncode, found(plain.stdout)) == (1, {"a.ts"})
    assert (gate.returncode, "dubious ownership" in gate.stderr) == (2, True)


# --- rights and surroundings -------------------------------------------------------------------------------

WITHOUT_RIGHTS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


@pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root reads whatever the mode says"
)
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    write_tree(tmp_path, {**CONFIG, "a.ts": BREACH, "closed.ts": BREACH, "folder/b.ts": BREACH})
    for path in ("closed.ts", "folder"):
        (tmp_path / path).chmod(0)
    before = WITHOUT_RIGHTS if os.geteuid() == 0 else ()
    command = [*before, *COMMAND, "check", "--no-cache", "--format", "json"]

    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    (tmp_path / "folder").chmod(0o755)
    report = json.loads(run.stdout)

    assert (run.returncode, found(run.stdout)) == (1, {"a.ts"})
    assert {(each["place"]["path"], each["reason"]) for each in report["problems"]} == {
        ("closed.ts", "unreadable"),
        ("folder", "unreadable"),
    }


@pytest.mark.parametrize(
    "surroundings",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TZ": "Pacific/Kiritimati"},
        {"TERM": "dumb"},
        {"PYTHONHASHSEED": "7"},
        {"COLUMNS": "0"},
        {"COLUMNS": "-1", "LINES": "x"},
    ],
)
def test_findings_do_not_depend_on_the_surroundings(tmp_path: Path, surroundings: Mapping[str, str]) -> None:
    write_tree(tmp_path, {**CONFIG, "é💥.ts": f"// é💥\n{BREACH}", "b.ts": BREACH})

    usual, here = (
        archlint("check", "--format", "concise", cwd=tmp_path, **extra) for extra in ({}, surroundings)
    )

    assert (here.returncode, here.stdout) == (1, usual.stdout)


@pytest.mark.parametrize(("jobs", "code"), [("0", 1), ("1", 1), ("1000", 1), ("-1", 2), ("x", 2)])
def test_any_number_of_workers_is_fine_or_refused(tmp_path: Path, jobs: str, code: int) -> None:
    write_tree(tmp_path, {**CONFIG, **{f"{number}.ts": BREACH for number in range(50)}})

    assert archlint("check", "--jobs", jobs, cwd=tmp_path).returncode == code


def test_a_run_that_looks_at_nothing_does_not_pass(tmp_path: Path) -> None:
    rule = CONFIG["rules.yml"].replace("value:", "allow-empty: true, value:")
    write_tree(tmp_path, {"archlint.toml": 'rules = ["rules.yml"]\nexclude = ["**"]\n', "rules.yml": rule})

    assert archlint("check", cwd=tmp_path).returncode == 3


# --- rules that would take for ever ------------------------------------------------------------------------

BOMBS = {
    "nested quantifiers": "text: { forbid: '^(a+)+$' }",
    "alternatives alike": "text: { forbid: '(a|a)*$' }",
    "trailing blanks": "text: { forbid: '\\s+$' }",
    "a count of counts": "text: { forbid: '((a{0,30}){0,30}){0,1}x' }",
    "value": "value: { regex: '^(a+)+$', at: [{ property: plan }] }",
    "pattern": "pattern: { forbid: { kind: string, regex: '^(a+)+$' } }",
    "globs": "files: ['**/**/**/**/*a*a*a*a*a*a*a*b'], allow-empty: true, text: { forbid: x }",
}
REFUSED = {
    "a backreference": ("text: { forbid: '(a)\\1' }", "regular expression"),
    "a look ahead": ("text: { forbid: '(?=a)b' }", "regular expression"),
    "a megabyte": (f"text: {{ forbid: '{'a?' * 524_288}' }}", "bytes"),
    "100,000 brackets": (f"pattern: {{ forbid: {{ pattern: '{'(' * 100_000}' }} }}", "pattern"),
    "60,000 alternatives": (
        f"pattern: {{ forbid: {{ any: [{', '.join(['{kind: string}'] * 15_000)}] }} }}",
        "keys and values",
    ),
}


@pytest.mark.parametrize("rule", BOMBS.values(), ids=BOMBS)
def test_no_rule_takes_more_than_linear_time(tmp_path: Path, rule: str) -> None:
    line = f"open({{ plan: '{'a' * 500_000}!' }});{' ' * 400_000}x\n"
    rules = f"rules: [{{ id: bomb, {rule} }}]\n"
    write_tree(tmp_path, {**CONFIG, "rules.yml": rules, "a.ts": line, f"{'a' * 200}.ts": ""})
    begin = time.monotonic()

    run = archlint("check", "--format", "json", cwd=tmp_path)

    assert run.returncode in (0, 1, 2, 3)
    assert time.monotonic() - begin < 15
    assert not [
        each for each in json.loads(run.stdout or "{}").get("problems", ()) if each["reason"] == "timeout"
    ]


@pytest.mark.parametrize(("rule", "said"), REFUSED.values(), ids=REFUSED)
def test_a_rule_that_cannot_be_held_in_bounds_is_refused(tmp_path: Path, rule: str, said: str) -> None:
    write_tree(tmp_path, {**CONFIG, "rules.yml": f"rules: [{{ id: bomb, {rule} }}]\n", "a.ts": BREACH})
    begin = time.monotonic()

    run = archlint("check", cwd=tmp_path)

    assert (run.returncode, said in run.stderr) == (2, True), run.stderr[:500]
    assert time.monotonic() - begin < 10
