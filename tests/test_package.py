"""The wheel as users get it: built here, installed into an empty environment, run on a tree."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.trees import REPOSITORY, write_tree


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment's programs, with nothing but archlint's wheel in it."""
    folder = tmp_path_factory.mktemp("package")
    built = run(sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", folder, REPOSITORY, cwd=folder)
    run(sys.executable, "-m", "venv", "venv", cwd=folder)
    programs = folder / "venv" / "bin"
    wheels = [*folder.glob("archlint-*.whl")]
    # The pack clickeen says things that only google-re2 can match in linear time.
    installed = run(
        programs / "python", "-m", "pip", "install", *(f"{each}[re2]" for each in wheels), cwd=folder
    )
    if built.returncode or installed.returncode:
        pytest.skip(f"the registry is out of reach: {(built.stderr + installed.stderr)[-300:]}")
    return programs


@pytest.mark.slow
def test_the_installed_wheel_brings_its_packs_and_judges_a_tree(environment: Path, tmp_path: Path) -> None:
    write_tree(
        tmp_path, {"archlint.toml": 'packs = ["clickeen"]', "bob/a.ts": "open({ subject: 'devstudio' });"}
    )

    report = run(environment / "archlint", "check", "--select", "devstudio-subject", cwd=tmp_path)

    assert report.returncode == 1, report.stderr
    assert "bob/a.ts:1:18" in report.stdout


@pytest.mark.slow
def test_the_module_runs_too(environment: Path, tmp_path: Path) -> None:
    assert run(environment / "python", "-m", "archlint", "--version", cwd=tmp_path).stdout.startswith(
        "archlint "
    )


RULE = """\
rules:
  - id: retired-plan
    why: Billing dropped the legacy plan.
    fix: Use plan `standard`.
    value: { forbid: legacy, at: [{ property: plan }] }
    tests:
      bad: ["open({ plan: 'legacy' })", "fetch('/open?plan=legacy')"]
      good: ["open({ style: 'legacy' })"]
"""


@pytest.mark.slow
def test_a_newcomer_gets_from_init_to_a_rule_of_their_own_that_holds(
    environment: Path, tmp_path: Path
) -> None:
    def archlint(*arguments: str, code: int) -> str:
        told = run(environment / "archlint", *arguments, cwd=tmp_path)
        assert told.returncode == code, told.stdout + told.stderr
        return told.stdout

    write_tree(tmp_path, {"package.json": "{}", "src/a.ts": "open({ plan: 'legacy' });\n"})
    assert "wrote archlint.toml" in archlint("init", "--yes", code=0)
    archlint("check", code=0)

    write_tree(tmp_path, {"architecture/plans.yml": RULE})
    assert "fetch('/open?plan=legacy')" in archlint("test", code=1)
    assert "1 finding here" in archlint("explain", "src/a.ts:1", code=0)
    assert "1 finding" in archlint("explain", "retired-plan", code=0)

    mended = RULE.replace("property: plan", "property: plan, query: plan")
    write_tree(tmp_path, {"architecture/plans.yml": mended})
    archlint("test", code=0)
    assert "src/a.ts:1:15" in archlint("check", code=1)

    write_tree(tmp_path, {"src/a.ts": "open({ plan: 'standard' });\n"})
    assert "retired-plan" not in archlint("check", code=0)
