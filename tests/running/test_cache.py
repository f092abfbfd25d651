"""What is kept between runs: never another verdict, whatever became of the tree or of the cache."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archlint.cache.cache import Cache
from archlint.cache.keys import yaml_state
from archlint.cache.memo import RULES, Memo
from archlint.config import load, load_known
from archlint.extend import Style
from archlint.facts import ConstantDemand, Facts
from archlint.gather import gather
from archlint.limits import Limits
from archlint.model import Exclusion, Report, Scope
from archlint.reporters import REPORTERS
from archlint.workers.pool import Workers
from tests.trees import FIXTURES, PACKS, check_tree, write_tree

RULE = "rules: [{ id: retired-plan, value: { forbid: legacy, at: [{ property: plan }] } }]\n"
CONFIG = {"archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml"]\n', "rules.yml": RULE}
BREACH = "open({ plan: 'legacy' });\n"
CLEAN = "open({ plan: 'regular' });\n"  # as long as the breach: only the bytes tell them apart
LENDER = "export const PLAN = 'legacy';\n"
BORROWER = "import { PLAN } from './lender';\nopen({ plan: PLAN });\n"
MANY = {f"src/{number}.ts": BREACH for number in range(20)}


def tree(root: Path, files: Mapping[str, str | bytes]) -> Path:
    return write_tree(root, {**CONFIG, **files})


def aged(root: Path) -> None:
    """Wait until every file is old enough to be known by its status: no program can set a ctime."""
    changed = max(path.lstat().st_ctime for path in root.rglob("*"))
    while time.time() < changed + 3.2:
        time.sleep(0.1)


def warm(root: Path, jobs: int = 2) -> Report:
    return check_tree(root, jobs=jobs, cache=True)


def rendered(report: Report) -> tuple[str, ...]:
    return tuple(REPORTERS[name].render(report, Style()) for name in ("json", "sarif", "text"))


def fresh(root: Path) -> tuple[str, ...]:
    return rendered(check_tree(root))


@pytest.fixture(scope="module")
def monorepo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("monorepo") / "before"
    shutil.copytree(FIXTURES / "monorepo" / "before", root)
    aged(root)
    return root


def test_reports_are_the_same_cold_and_warm_with_one_worker_and_with_eight(monorepo: Path) -> None:
    def report(*, cache: bool, jobs: int) -> Report:
        config = PACKS / "clickeen" / "archlint.toml"
        return check_tree(monorepo, config=config, jobs=jobs, cache=cache)

    shutil.rmtree(monorepo / ".archlint_cache", ignore_errors=True)
    cold = report(cache=False, jobs=1)
    runs = [report(cache=cache, jobs=jobs) for cache, jobs in [(False, 8), (True, 8), (True, 1), (True, 8)]]

    assert {rendered(run) for run in (cold, *runs)} == {rendered(cold)}
    assert cold.files["read"] > 50
    assert runs[1].files["from cache"] == 0
    assert [run.files["read"] for run in runs[2:]] == [0, 0]
    assert [run.files["from cache"] for run in runs[2:]] == [cold.files["read"]] * 2


def test_a_file_that_is_written_again_with_its_size_and_time_is_read_again(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    aged(tmp_path)
    assert warm(tmp_path).exit_code == 1
    before = (tmp_path / "a.ts").stat()

    (tmp_path / "a.ts").write_text(CLEAN.replace("regular", "legacy2")[: len(BREACH)].ljust(len(BREACH)))
    os.utime(tmp_path / "a.ts", ns=(before.st_atime_ns, before.st_mtime_ns))

    assert (tmp_path / "a.ts").stat().st_size == before.st_size
    assert rendered(warm(tmp_path)) == fresh(tmp_path)
    assert warm(tmp_path).exit_code != 1


edits = st.lists(
    st.dictionaries(
        st.sampled_from(["a.ts", "lender.ts", "borrower.ts", "b/a.ts", "c.json", "broken.ts"]),
        st.sampled_from([BREACH, CLEAN, LENDER, BORROWER, "", "let a = ;", '{ "plan": "legacy" }', None]),
        max_size=4,
    ),
    min_size=2,
    max_size=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(history=edits)
def test_after_any_edits_a_warm_run_reports_what_a_fresh_one_does(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict[str, str | None]]
) -> None:
    root = tree(tmp_path_factory.mktemp("tree"), {"a.ts": ""})
    for edit in history:
        for path, content in edit.items():
            (root / path).unlink(missing_ok=True)
            if content is not None:
                write_tree(root, {path: content})

        assert rendered(warm(root)) == fresh(root)


def test_a_file_that_was_touched_is_read_and_not_parsed(tmp_path: Path) -> None:
    tree(tmp_path, MANY)
    warm(tmp_path)
    for path in MANY:
        (tmp_path / path).touch()

    report = warm(tmp_path)

    assert (report.files["parsed"], report.files["from cache"]) == (0, len(MANY) + 2 - 1)
    assert report.files["read"] == len(MANY) + 1


def test_another_rule_and_another_limit_ask_anew(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    warm(tmp_path)

    write_tree(tmp_path, {"rules.yml": RULE.replace("legacy", "other")})
    assert rendered(warm(tmp_path)) == fresh(tmp_path)
    write_tree(
        tmp_path, {**CONFIG, "archlint.toml": f"{CONFIG['archlint.toml']}limits = {{ parse-bytes = 5 }}\n"}
    )
    assert rendered(warm(tmp_path)) == fresh(tmp_path)
    assert warm(tmp_path).exit_code == 3


def test_a_file_that_cannot_be_read_is_asked_for_again(tmp_path: Path) -> None:
    for _ in range(2):
        cache = Cache(tmp_path, Limits())
        with Workers(tmp_path, Limits(), 1, cache) as workers:
            gone = gather(workers, {"gone.ts": (ConstantDemand(Scope(), every=True),)})
        cache.close()

        assert gone.facts["gone.ts"].problems
        assert not cache.answered


@pytest.mark.parametrize("data", [b"no database", b"", b"SQLite format 3\0" + bytes(4096)])
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, data: bytes) -> None:
    tree(tmp_path, {"a.ts": BREACH, ".archlint_cache/facts.sqlite": data})

    assert rendered(warm(tmp_path)) == fresh(tmp_path)
    assert warm(tmp_path).files["parsed"] == 0


def test_no_flipped_byte_changes_a_report(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH, "b.ts": CLEAN})
    expected = fresh(tmp_path)
    warm(tmp_path)
    path = tmp_path / ".archlint_cache" / "facts.sqlite"
    whole = path.read_bytes()
    for offset in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0xFF]) + whole[offset + 1 :])
        for left in ("-wal", "-shm"):
            path.with_name(path.name + left).unlink(missing_ok=True)

        report = warm(tmp_path)

        # A page may be beyond repair: then the report says so in a notice, and nothing else is different.
        assert rendered(report)[1] == expected[1] or report.notices


def test_a_payload_that_was_changed_is_a_miss(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    warm(tmp_path)
    with sqlite3.connect(tmp_path / ".archlint_cache" / "facts.sqlite") as connection:
        connection.execute("UPDATE segments SET payload = replace(payload, 'plan', 'plaN')")

    report = warm(tmp_path)

    assert rendered(report) == fresh(tmp_path)
    assert report.files["parsed"] == 1


@pytest.mark.parametrize("text", ["legacy", "a.ts", "retired"])
def test_a_payload_with_a_text_that_is_not_utf8_is_a_miss(tmp_path: Path, text: str) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    warm(tmp_path)
    with sqlite3.connect(tmp_path / ".archlint_cache" / "facts.sqlite") as connection:
        for number, payload in connection.execute("SELECT id, payload FROM segments").fetchall():
            broken = payload.replace(text.encode(), b"\xff" * len(text))
            digest = blake2b(broken, digest_size=16).digest()
            connection.execute(
                "UPDATE segments SET payload = ?, digest = ? WHERE id = ?", (broken, digest, number)
            )

    assert rendered(warm(tmp_path)) == fresh(tmp_path)


def test_what_is_kept_of_rules_and_is_not_utf8_is_a_miss(tmp_path: Path) -> None:
    (tmp_path / ".archlint_cache").mkdir()
    content = b"\x81\xa1\xff\xa1\xff"
    (tmp_path / ".archlint_cache" / "rules.msgpack").write_bytes(
        blake2b(content, digest_size=16).digest() + content
    )

    assert Memo(tmp_path, RULES, yaml_state()).get(b"key") is None


def a_file_in_its_place(root: Path) -> None:
    write_tree(root, {".archlint_cache": "I was here first"})


def a_link_in_its_place(root: Path) -> None:
    (root / "elsewhere").mkdir()
    (root / ".archlint_cache").symlink_to(root / "elsewhere")


def a_folder_in_the_place_of_its_file(root: Path) -> None:
    (root / ".archlint_cache" / "facts.sqlite").mkdir(parents=True)


def a_cache_that_git_tracks(root: Path) -> None:
    warm(root)
    (root / ".archlint_cache" / ".gitignore").unlink()
    git(root, "init", "-q")
    git(root, "add", "--all")


@pytest.mark.parametrize(
    "obstacle",
    [a_file_in_its_place, a_link_in_its_place, a_folder_in_the_place_of_its_file, a_cache_that_git_tracks],
)
def test_a_cache_that_cannot_be_used_is_one_notice(tmp_path: Path, obstacle: Callable[[Path], None]) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    obstacle(tmp_path)

    report = warm(tmp_path)

    assert report.exit_code == 1
    (notice,) = report.notices
    assert "the cache in .archlint_cache cannot be used" in notice
    assert "--no-cache" in notice
    assert report.files["from cache"] == 0


def test_a_full_disk_is_one_notice(tmp_path: Path) -> None:
    tree(tmp_path, MANY)
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192));"
        "from archlint.cli import main; main()"
    )

    run = subprocess.run(
        [sys.executable, "-B", "-c", script, "check", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert run.returncode == 1, run.stderr
    assert len(json.loads(run.stdout)["findings"]) == len(MANY)
    assert "the cache in .archlint_cache cannot be used" in run.stdout + run.stderr


def test_where_the_time_went_is_told_and_can_be_viewed(tmp_path: Path) -> None:
    tree(tmp_path, {**MANY, "b.ts": CLEAN})
    warm(tmp_path)
    (tmp_path / "b.ts").write_text("")

    with command(tmp_path, "--statistics", "--profile", "out.json") as run:
        _, told = run.communicate(timeout=60)

    events = json.loads((tmp_path / "out.json").read_text())["traceEvents"]
    assert {"discover", "gather", "evaluate", "retired-plan", "1 files"} <= {
        event["name"] for event in events
    }
    assert all(event["ph"] == "X" and event["dur"] >= 0 <= event["ts"] for event in events)
    assert re.search(r"^ +20 +\d\.\d{3}s  retired-plan$", told, re.MULTILINE)
    for line in ("22  read", "0  parsed", "21  from cache"):
        assert re.search(rf"^ +{line}$", told, re.MULTILINE)


def command(root: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "archlint", "check", "--format", "json", *options],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_runs_side_by_side_say_the_same_and_leave_a_whole_cache(tmp_path: Path) -> None:
    tree(tmp_path, MANY)

    runs = [command(tmp_path) for _ in range(5)]
    outputs = {run.communicate(timeout=120) for run in runs}

    assert len(outputs) == 1
    assert warm(tmp_path).files["parsed"] == 0
    assert not warm(tmp_path).notices


def test_a_run_that_is_killed_leaves_a_cache_that_can_be_used(tmp_path: Path) -> None:
    tree(tmp_path, MANY)
    expected = fresh(tmp_path)
    for delay in (0.1, 0.2, 0.3, 0.4, 0.5):
        with command(tmp_path) as run:
            try:
                run.wait(delay)
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)

    report = warm(tmp_path)

    assert rendered(report) == expected


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", *identity, *arguments], cwd=root, env=environment, check=True, timeout=60, capture_output=True
    )


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_a_fresh_checkout_with_a_restored_cache_reads_nothing_it_has_seen(
    tmp_path: Path, version: str
) -> None:
    origin = tree(tmp_path / "origin", {**MANY, "lib/c.ts": CLEAN, ".gitignore": "*.log\n"})
    git(origin, "init", "-q")
    git(origin, "add", "--all")
    git(origin, "commit", "-qm", "all")
    git(tmp_path, "clone", "-q", "-c", f"index.version={version}", str(origin), "first")
    time.sleep(0.1)
    git(tmp_path / "first", "update-index", "--index-version", version, "--force-write-index")
    warm(tmp_path / "first")

    git(tmp_path, "clone", "-q", "-c", f"index.version={version}", str(origin), "second")
    time.sleep(0.1)
    git(tmp_path / "second", "update-index", "--index-version", version, "--force-write-index")
    shutil.copytree(tmp_path / "first" / ".archlint_cache", tmp_path / "second" / ".archlint_cache")
    write_tree(tmp_path / "second", {"src/3.ts": CLEAN})
    report = warm(tmp_path / "second")

    assert rendered(report) == fresh(tmp_path / "second")
    assert report.files["read"] == 1
    assert report.files["from cache"] == len(MANY) + 2 - 1


def test_bytes_that_a_filter_made_are_not_known_by_what_git_holds(tmp_path: Path) -> None:
    root = tree(tmp_path, {"a.ts": BREACH, ".gitattributes": "*.ts filter=turned\n"})
    git(root, "init", "-q")
    git(root, "config", "filter.turned.smudge", "tr a-z b-za")
    git(root, "config", "filter.turned.clean", "cat")
    git(root, "add", "--all")
    warm(root)

    (root / "a.ts").unlink()
    git(root, "checkout", "--", "a.ts")
    time.sleep(0.1)
    git(root, "update-index", "--force-write-index")

    assert (root / "a.ts").read_text() != BREACH
    assert rendered(warm(root)) == fresh(root)


def test_old_answers_make_room_for_new_ones(tmp_path: Path) -> None:
    root = tree(tmp_path, {"a.ts": ""})
    for number in range(40):
        write_tree(root, {"a.ts": f"{BREACH}// {number} {'x' * 1000}\n"})
        warm(root)
    with sqlite3.connect(root / ".archlint_cache" / "facts.sqlite") as connection:
        (most,) = connection.execute(
            "SELECT max(n) FROM (SELECT count(*) n FROM segments GROUP BY shard)"
        ).fetchone()

    assert most <= 9


def test_files_that_are_not_text_are_known_again(tmp_path: Path) -> None:
    rule = "rules: [{ id: a-text, text: { forbid: legacy } }]\n"
    tree(tmp_path, {"rules.yml": rule, "logo.bin": b"\0\1\2", "a.md": "legacy"})

    first, second = warm(tmp_path), warm(tmp_path)

    assert rendered(first) == rendered(second) == fresh(tmp_path)
    assert second.ledger.excluded_because["binary"] == 1
    assert (second.files["parsed"], second.files["from cache"]) == (0, 3)


@pytest.mark.parametrize("pack", sorted(path.parent.name for path in PACKS.glob("*/archlint.toml")))
def test_rule_files_that_were_read_before_mean_the_same(tmp_path: Path, pack: str) -> None:
    config = PACKS / pack / "archlint.toml"
    expected = load(tmp_path, config, tmp_path)
    for _ in range(2):
        memo = Memo(tmp_path, RULES, yaml_state())

        assert load_known(tmp_path, config, tmp_path, memo) == expected
        memo.close()

    code = (
        "import sys; from pathlib import Path; from archlint.config import load_known\n"
        "from archlint.cache.keys import yaml_state; from archlint.cache.memo import RULES, Memo\n"
        "memo = Memo(Path.cwd(), RULES, yaml_state())\n"
        f"load_known(Path.cwd(), Path({str(config)!r}), Path.cwd(), memo); print('ruamel' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout == "False\n"


@pytest.mark.parametrize("data", [b"", b"nonsense", bytes(100)])
def test_what_is_broken_of_what_is_known_of_rule_files_is_not_used(tmp_path: Path, data: bytes) -> None:
    tree(tmp_path, {"a.ts": BREACH, ".archlint_cache/rules.msgpack": data})

    assert rendered(warm(tmp_path)) == rendered(warm(tmp_path)) == fresh(tmp_path)


def test_an_answer_is_only_for_the_path_and_the_question(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.ts": BREACH, "b.ts": BREACH})
    question = (ConstantDemand(Scope(), every=True),)
    cache = Cache(tmp_path, Limits())
    digest = "ab" * 32
    cache.keep("a.ts", question, Facts("a.ts", digest))
    cache.keep("a.ts", (*question, ConstantDemand(Scope())), Exclusion("a.ts", "binary", digest))

    assert cache.answer("a.ts", question) == Facts("a.ts", digest)
    assert cache.answer("b.ts", question) is None
    assert cache.answer("a.ts", (ConstantDemand(Scope(("a",))),)) is None
    assert cache.answer("a.ts", (*question, ConstantDemand(Scope()))) == Exclusion("a.ts", "binary")


def test_a_large_run_writes_as_it_goes(tmp_path: Path) -> None:
    demands = (ConstantDemand(Scope(), every=True),)
    write_tree(tmp_path, MANY)
    asked = dict.fromkeys(MANY, demands)
    cache = Cache(tmp_path, Limits(), most_unwritten=500)
    with Workers(tmp_path, Limits(), 1, cache) as workers:
        expected = gather(workers, asked).facts

    before_it_is_closed = Cache(tmp_path, Limits())
    found = {path: before_it_is_closed.answer(path, demands) for path in MANY}
    cache.close()
    cache = Cache(tmp_path, Limits())

    assert len(MANY) // 2 < sum(answer is not None for answer in found.values())
    assert {path: cache.answer(path, demands) for path in MANY} == dict(expected)
    assert not cache.trouble
