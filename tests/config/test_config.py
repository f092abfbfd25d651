"""From archlint.toml and rule files to a ``Config``: what is found, joined and overridden."""

import subprocess
import sys
from pathlib import Path

import pytest

from archlint.config import Limits, load
from archlint.errors import ConfigError
from archlint.examples import Example, RuleTests
from archlint.model import Inside, Origin, Scope, Severity, SeverityIn
from tests.config.configs import RULE, config_of, lay_out, mistakes_of

PACKS = {
    "packs/recommended/small.yml": "- id: small-file\n  size: { lines: 5 }\n",
    "packs/recommended/requirements.yml": "- not: a rule\n",
    "packs/acme/archlint.toml": 'rules = ["."]\nexclude = ["out/**"]\n[zones]\napps = "a/**"\nlibs = "l/**"\n',
    "packs/acme/acme.yml": "- id: acme-file\n  files: zone:libs\n  size: { lines: 7 }\n",
}


def test_a_rule_carries_all_that_its_header_says(tmp_path: Path) -> None:
    rules = """\
rules:
  - id: retired-subject
    severity: warning
    severity-in: [{ files: scripts/**, severity: note }]
    message: "{value} at {sink} in {path}, {{so}}"
    why: One subject.
    fix: Use another.
    enforces: PRD-1
    files: [zone:apps, "scripts/**"]
    ignores: "**/*.test.*"
    inside: { function: [resolve*, /^get/] }
    allow-empty: true
    value: { forbid: [devstudio], at: [{ property: subject }] }
    tests:
      bad: ["open()", { path: a/b.ts, code: x }]
      good: []
"""
    config = config_of(tmp_path, 'rules = ["rules.yml"]\nzones.apps = "apps/**"\n', rules)

    (rule,) = config.rules
    assert (rule.id, rule.kind, rule.severity) == ("retired-subject", "value", Severity.WARNING)
    assert rule.origin == Origin("rules.yml", 2, 5, "  - id: retired-subject")
    assert rule.severity_in == (SeverityIn(("scripts/**",), Severity.NOTE),)
    assert (rule.why, rule.fix, rule.enforces) == ("One subject.", "Use another.", ("PRD-1",))
    assert rule.scope == Scope(("zone:apps", "scripts/**"), ("**/*.test.*",))
    assert rule.inside == Inside(("resolve*", "/^get/"))
    assert rule.allow_empty
    assert rule.tests == RuleTests((Example("open()"), Example("x", "a/b.ts")), ())


def test_a_setting_that_is_not_there_has_its_default(tmp_path: Path) -> None:
    config = config_of(tmp_path)

    assert config.limits == Limits(33_554_432, 1_048_576, 10.0, 805_306_368)
    assert (config.root, config.shown) == (tmp_path, "archlint.toml")
    assert (config.zones, config.exclude, config.disabled, config.notices) == ({}, (), (), ())
    assert config.rules[0].severity is Severity.ERROR


def test_settings_are_read_from_the_file(tmp_path: Path) -> None:
    config = config_of(
        tmp_path,
        'rules = "rules.yml"\nexclude = ["gen/**"]\n[limits]\nparse-bytes = 2_000_000\nfile-seconds = 3\n'
        '[zones]\napis = ["paris/**"]\nall = ["zone:apis", "rome"]\n',
    )

    assert config.exclude == ("gen/**",)
    assert (config.limits.parse_bytes, config.limits.file_seconds) == (2_000_000, 3.0)
    assert config.zones == {"apis": ("paris/**",), "all": ("zone:apis", "rome")}


@pytest.mark.parametrize(
    "rules",
    [
        RULE,
        "rules:\n" + RULE,
        "id: oversized-file\nsize: { lines: 10 }\n",
        "---\n---\n" + RULE + "---\nid: another\ntext: { forbid: x }\n",
    ],
    ids=["a list", "a mapping with rules", "one rule alone", "several documents"],
)
def test_a_rule_file_may_be_written_as(tmp_path: Path, rules: str) -> None:
    config = config_of(tmp_path, rules=rules)

    assert config.rules[0].id == "oversized-file"


def test_rules_come_in_the_order_of_file_and_place(tmp_path: Path) -> None:
    rule = "- id: {}\n  text: {{ forbid: x }}\n"
    lay_out(tmp_path, {f"more/{name}.yml": rule.format(name) for name in ("b", "a")})
    lay_out(
        tmp_path, {"more/deep/c.yaml": rule.format("c"), "more/requirements.yml": "- x", "more/d.txt": "?"}
    )

    config = config_of(tmp_path, 'rules = ["rules.yml", "more", "**/*.yml", "m*/deep/*"]')

    assert [rule.id for rule in config.rules] == ["oversized-file", "a", "b", "c"]
    assert [rule.origin.path for rule in config.rules][-1] == "more/deep/c.yaml"


def test_files_with_globs_is_a_header_and_files_with_a_mapping_is_a_kind(tmp_path: Path) -> None:
    rules = (
        "- id: stray-file\n  files: { forbid: ['*.log'] }\n- id: b\n  files: '*.md'\n  size: { lines: 1 }\n"
    )

    config = config_of(tmp_path, rules=rules)

    assert [(rule.kind, rule.scope.files) for rule in config.rules] == [("files", ()), ("size", ("*.md",))]


# --- overrides ---------------------------------------------------------------------------------------------


def test_an_override_changes_severity_and_narrows_files_but_leaves_the_rule(tmp_path: Path) -> None:
    config = config_of(
        tmp_path,
        'rules = ["rules.yml"]\n[rule.a]\nseverity = "note"\nfiles = ["paris/**"]\nignores = "paris/old/**"\n',
        "- id: a\n  files: x/**\n  ignores: [y]\n  severity-in: [{files: z, severity: error}]\n  size: {lines: 1}\n",
    )

    (rule,) = config.rules
    assert rule.severity is Severity.NOTE
    assert rule.severity_in == ()
    assert rule.scope == Scope(("x/**",), ("y", "paris/old/**"), ("paris/**",))


def test_a_rule_that_is_off_is_named_as_disabled(tmp_path: Path) -> None:
    config = config_of(
        tmp_path,
        'rules = ["rules.yml"]\n[rule.a]\nseverity = "off"\n',
        "- id: a\n  size: {lines: 1}\n- id: b\n  size: {lines: 1}\n",
    )

    assert [rule.id for rule in config.rules] == ["b"]
    assert config.disabled == ("a",)


# --- packs -------------------------------------------------------------------------------------------------


def test_without_any_configuration_the_recommended_pack_runs_and_the_user_is_told(tmp_path: Path) -> None:
    lay_out(tmp_path, PACKS)
    empty = tmp_path / "empty"
    empty.mkdir()

    config = load(None, None, empty, tmp_path / "packs")

    assert [rule.id for rule in config.rules] == ["small-file"]
    assert (config.root, config.shown) == (empty, "")
    (notice,) = config.notices
    assert notice.startswith('no archlint.toml found: the pack "recommended" runs; archlint init')


def test_a_pack_brings_its_zones_and_excludes_and_the_naming_configuration_wins(tmp_path: Path) -> None:
    lay_out(tmp_path, PACKS)
    toml = 'packs = ["acme", "recommended"]\nexclude = ["mine/**"]\n[zones]\napps = ["zone:libs"]\n'
    root = lay_out(tmp_path / "root", {"archlint.toml": toml})

    config = load(root, None, tmp_path, tmp_path / "packs")

    assert [rule.id for rule in config.rules] == ["acme-file", "small-file"]
    assert config.zones == {"apps": ("zone:libs",), "libs": ("l/**",)}
    assert config.exclude == ("out/**", "mine/**")


def test_a_pack_outside_the_root_is_shown_below_rules(tmp_path: Path) -> None:
    lay_out(tmp_path, PACKS)
    root = lay_out(tmp_path / "root", {"archlint.toml": 'packs = ["acme"]'})

    config = load(root, None, root, tmp_path / "packs")

    assert config.rules[0].origin.path == "rules/acme/acme.yml"


def test_an_unknown_pack_and_an_empty_one_are_mistakes(tmp_path: Path) -> None:
    lay_out(tmp_path, PACKS)
    (tmp_path / "packs/bare").mkdir()
    root = lay_out(tmp_path / "root", {"archlint.toml": 'packs = ["recomended", "bare", "../packs/acme"]'})

    with pytest.raises(ConfigError) as raised:
        load(root, None, tmp_path, tmp_path / "packs")

    assert [str(mistake) for mistake in raised.value.mistakes] == [
        'archlint.toml:1:10: unknown pack "recomended"; did you mean "recommended"?',
        'archlint.toml:1:24: the pack "bare" holds no rules',
        'archlint.toml:1:32: unknown pack "../packs/acme"; known: acme, bare, recommended',
    ]


# --- finding the file --------------------------------------------------------------------------------------


def test_the_configuration_is_looked_for_upwards_and_its_folder_is_the_root(tmp_path: Path) -> None:
    config_of(tmp_path)
    deep = tmp_path / "a/b"
    deep.mkdir(parents=True)

    assert load(None, None, deep).root == tmp_path
    assert load(Path("b"), None, tmp_path / "a").root == deep


def test_a_hidden_configuration_is_found_after_a_plain_one(tmp_path: Path) -> None:
    lay_out(tmp_path, {".archlint.toml": 'rules = ["rules.yml"]', "rules.yml": RULE})

    assert load(None, None, tmp_path).shown == ".archlint.toml"

    lay_out(tmp_path, {"archlint.toml": 'rules = ["rules.yml"]'})

    assert load(None, None, tmp_path).shown == "archlint.toml"


def test_a_given_configuration_lies_anywhere_and_is_shown_without_its_absolute_path(tmp_path: Path) -> None:
    lay_out(tmp_path / "policy", {"p.toml": 'rules = ["r.yml"]', "r.yml": RULE})
    (tmp_path / "root").mkdir()

    beside = load(tmp_path / "root", Path("policy/p.toml"), tmp_path)
    away = load(tmp_path / "root", tmp_path / "policy/p.toml", tmp_path / "root")

    assert (beside.shown, beside.rules[0].origin.path) == ("policy/p.toml", "policy/r.yml")
    assert (away.shown, away.rules[0].origin.path) == ("p.toml", "r.yml")


@pytest.mark.parametrize(
    ("root", "config", "message"),
    [
        ("nowhere", None, "--root nowhere: no such directory"),
        ("archlint.toml", None, "--root archlint.toml: not a directory"),
        (None, "nowhere.toml", "--config nowhere.toml: no such file"),
        (None, "sub", "sub: a directory, not a file"),
    ],
)
def test_an_argument_that_names_nothing_is_a_mistake(
    tmp_path: Path, root: str | None, config: str | None, message: str
) -> None:
    config_of(tmp_path)
    (tmp_path / "sub").mkdir()

    with pytest.raises(ConfigError) as raised:
        load(Path(root) if root else None, Path(config) if config else None, tmp_path)

    assert str(raised.value) == message


def test_a_rule_file_may_not_lead_out_of_the_folder_of_the_configuration(tmp_path: Path) -> None:
    lay_out(tmp_path, {"out/a.yml": RULE, "in/rules/b.yml": RULE})
    (tmp_path / "in/rules/link.yml").symlink_to(tmp_path / "out/a.yml")
    (tmp_path / "in/away").symlink_to(tmp_path / "out")

    mistakes = mistakes_of(tmp_path / "in", 'rules = ["rules", "away", "away/*.yml", "../out/a.yml"]')

    assert mistakes == [
        'archlint.toml:1:10: "link.yml" leads out of the folder that archlint.toml is in',
        'archlint.toml:1:19: "away" leads out of the folder that archlint.toml is in',
        'archlint.toml:1:27: "away/*.yml" leads out of the folder that archlint.toml is in',
        "archlint.toml:1:41: bad glob \"../out/a.yml\": a glob cannot leave the root with '..'",
    ]


def test_an_entry_that_matches_nothing_is_a_mistake(tmp_path: Path) -> None:
    mistakes = mistakes_of(tmp_path, 'rules = ["rule.yml", "none/*.yml", "*.yaml"]')

    assert mistakes == [
        'archlint.toml:1:10: no rule file matches "rule.yml"; did you mean "rules.yml"?',
        'archlint.toml:1:22: no rule file matches "none/*.yml"',
        'archlint.toml:1:36: no rule file matches "*.yaml"',
    ]


def test_importing_the_package_loads_no_slow_library() -> None:
    code = "import archlint.config, sys; print([m for m in sys.modules if m in {'ruamel.yaml', 'difflib', 'tree_sitter'}])"

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert printed == "[]\n"
