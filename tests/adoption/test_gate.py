"""``--gate``: a change is judged by the rules it started from, and what it changes in them is told."""

import shutil
from pathlib import Path

import pytest

from archlint.model import Report
from archlint.run import Request, check
from tests.adoption.repositories import commit, git, repository
from tests.adoption.test_since import branch
from tests.adoption.test_staged import CONFIG, FINE, RULES
from tests.commands import BREACH, archlint
from tests.trees import write_tree

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def gate(cwd: Path, **request: object) -> Report:
    return check(Request(cwd=cwd, gate="main", **request))  # type: ignore[arg-type]


def told(report: Report) -> list[tuple[str, str]]:
    return [(each.rule, each.place.path) for each in report.findings]


def test_a_change_that_leaves_the_policy_alone_passes(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": FINE}))
    commit(root, {"b.ts": FINE})

    report = gate(root)

    assert told(report) == []
    assert report.exit_code == 0


SHEET = str(CONFIG["archlint.toml"])
LOOSER = {
    "rule gone": {"architecture/rules.yml": "rules:\n  - { id: other, text: { forbid: zzz } }\n"},
    "rule lighter": {"architecture/rules.yml": RULES.replace("    value", "    severity: note\n    value")},
    "exclusion wider": {"archlint.toml": SHEET.replace("architecture/**", "**/*.ts")},
    "rule off": {"archlint.toml": SHEET + '[rule.retired-plan]\nseverity = "off"\n'},
    "limit lower": {"archlint.toml": SHEET + "[limits]\nread-bytes = 1\n"},
    "broken": {"archlint.toml": "rules = [", "architecture/rules.yml": "}"},
    "nearer": {".archlint.toml": 'packs = ["recommended"]\n', "archlint.toml": SHEET + "# changed\n"},
}


@pytest.mark.parametrize("change", LOOSER.values(), ids=LOOSER)
def test_a_change_cannot_loosen_what_judges_it(tmp_path: Path, change: dict[str, str]) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": FINE}))
    commit(root, {"a.ts": BREACH, **change})

    for report in (gate(root), gate(root, staged=True)):
        changed = [("policy-changed", path) for path in sorted(change)]
        assert told(report) == [*changed, ("retired-plan", "a.ts")]
        assert report.exit_code == 1


def test_the_policy_cannot_be_taken_away(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": BREACH}))
    (root / "archlint.toml").unlink()
    shutil.rmtree(root / "architecture")
    commit(root)

    report = gate(root)

    assert sorted(told(report)) == [
        ("policy-changed", "architecture/rules.yml"),
        ("policy-changed", "archlint.toml"),
        ("retired-plan", "a.ts"),
    ]
    assert {"'archlint.toml' is gone; this run goes by the configuration and rules of 'main'"} < {
        each.message for each in report.findings
    }


def test_a_policy_that_the_change_brings_does_not_count_for_it(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {"a.ts": BREACH}))
    commit(root, CONFIG)

    report = gate(root)

    assert told(report) == [("policy-changed", "architecture/rules.yml"), ("policy-changed", "archlint.toml")]
    assert any("no archlint.toml found" in notice for notice in report.notices)


def test_a_file_that_is_hidden_from_git_and_tracked_is_judged(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": FINE}))
    write_tree(root, {".gitignore": "*.ts\n", "sneaky.ts": BREACH})
    git(root, "add", "-f", "sneaky.ts", ".gitignore")
    git(root, "commit", "-q", "-m", "x")

    assert told(gate(root)) == [("retired-plan", "sneaky.ts")]


def test_rules_are_those_of_the_ref_and_changes_those_of_the_branch(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": "open({ tier: 'gold' });\n"}))
    git(root, "switch", "-q", "main")
    added = "  - id: gold-tier\n    value: { forbid: gold, at: [{ property: tier }] }\n"
    commit(root, {"architecture/rules.yml": RULES + added})
    git(root, "switch", "-q", "topic")

    assert told(gate(root)) == [("gold-tier", "a.ts")]


def test_a_gate_neither_reads_nor_keeps_a_cache(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": FINE}))

    run = archlint("check", "--gate", "main", cwd=root)

    assert run.returncode == 0
    assert not (root / ".archlint_cache").exists()


def test_an_incomplete_run_does_not_pass(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": FINE}))
    commit(root, {"nul.ts": b"\0"})

    refused = archlint("check", "--gate", "main", "--incomplete", "warn", cwd=root)

    assert gate(root).exit_code == 3
    assert refused.returncode == 2
    assert "an incomplete run does not pass a gate" in refused.stderr


def test_with_since_only_what_the_branch_brings_is_told_and_its_policy(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "old.ts": BREACH, "a.ts": FINE}))
    commit(root, {"a.ts": BREACH, "archlint.toml": SHEET + "# changed\n"})

    assert told(gate(root, since="main")) == [("policy-changed", "archlint.toml"), ("retired-plan", "a.ts")]


def test_a_policy_below_the_top_is_found_and_named_from_its_root(tmp_path: Path) -> None:
    files = {f"app/{path}": text for path, text in CONFIG.items()}
    root = branch(repository(tmp_path, {**files, "app/a.ts": FINE, "other.ts": BREACH}))
    commit(root, {"app/archlint.toml": SHEET + "# changed\n", "app/b.ts": BREACH})

    for report in (
        gate(root / "app"),
        gate(root, root=Path("app")),
        gate(root, config=Path("app/archlint.toml")),
    ):
        assert told(report) == [("policy-changed", "archlint.toml"), ("retired-plan", "b.ts")]


def test_a_mistake_in_the_refs_configuration_is_told_as_one(tmp_path: Path) -> None:
    root = branch(
        repository(tmp_path, {**CONFIG, "archlint.toml": 'rules = ["nowhere.yml"]\n', "a.ts": FINE})
    )
    commit(root, CONFIG)

    run = archlint("check", "--gate", "main", cwd=root)

    assert run.returncode == 2
    assert 'archlint.toml:1:10: no rule file matches "nowhere.yml"' in run.stderr
    assert "--gate: this is the configuration of 'main'" in run.stderr


ALLOW = "// archlint: allow retired-plan -- {reason}\n"


def test_what_a_branch_allows_itself_is_told_and_what_was_allowed_is_not(tmp_path: Path) -> None:
    old = ALLOW.format(reason="migrating") + BREACH
    root = branch(repository(tmp_path, {**CONFIG, "old.ts": old, "known.ts": BREACH}))
    git(root, "mv", "old.ts", "moved.ts")
    commit(root, {"new.ts": FINE + ALLOW.format(reason="trust me") + BREACH, "known.ts": "\n" + old})

    report = gate(root, since="main")

    assert [(each.rule, each.place.path, each.place.span.line) for each in report.findings] == [
        ("new-suppression", "known.ts", 2),
        ("new-suppression", "new.ts", 2),
    ]
    assert report.findings[1].message == "'retired-plan' is allowed here and was not before: trust me"
    assert report.findings[1].related[0].place.path == "new.ts"
    assert report.exit_code == 1


def test_a_comment_that_allows_more_than_it_did_is_told(tmp_path: Path) -> None:
    before = ALLOW.format(reason="migrating") + "open({ plan: 'legacy' });\n"
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": before}))
    commit(root, {"a.ts": before.replace("});", "}, { plan: 'legacy' });")})

    assert told(gate(root)) == [("new-suppression", "a.ts")]


def test_what_allows_cannot_allow_itself(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": FINE}))
    commit(root, {"a.ts": "// archlint: allow new-suppression, policy-changed -- so there\n" + FINE})

    assert {each.rule for each in gate(root).findings} == {"invalid-suppression"}


def test_an_entry_in_archlint_toml_allows_nothing_before_it_is_merged(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": FINE}))
    entry = '[[allow]]\nrules = ["retired-plan"]\nfiles = ["**"]\nreason = "x"\n'
    commit(root, {"a.ts": BREACH, "archlint.toml": SHEET + entry})

    assert told(gate(root)) == [("policy-changed", "archlint.toml"), ("retired-plan", "a.ts")]


def test_only_rule_files_are_policy(tmp_path: Path) -> None:
    sheet = 'rules = ["*.yml", "more"]\nexclude = ["**/*.yml", "archlint.toml"]\n'
    files = {"archlint.toml": sheet, "rules.yml": RULES, "more/a.yaml": RULES.replace("retired", "other")}
    root = branch(repository(tmp_path, {**files, "a.ts": FINE, ".github/workflows/ci.yml": "on: push\n"}))
    commit(
        root,
        {".github/workflows/ci.yml": "on: pull_request\n", "requirements.yml": "x: y\n", "more/read.me": ""},
    )

    assert told(gate(root)) == []

    commit(root, {"more/b.yaml": RULES.replace("retired", "third")})
    assert told(gate(root)) == [("policy-changed", "more/b.yaml")]


def test_two_different_bases_are_refused(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": FINE}))

    run = archlint("check", "--gate", "main", "--since", "HEAD", cwd=root)

    assert run.returncode == 2
    assert "--since and --gate name different commits" in run.stderr


def test_the_rule_of_the_gate_is_described_only_where_there_is_one(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": FINE})

    assert {"policy-changed", "new-suppression"} <= {card.id for card in gate(root).rules}
    assert "policy-changed" not in {card.id for card in check(Request(cwd=root)).rules}
