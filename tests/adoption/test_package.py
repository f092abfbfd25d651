"""The wheel as users get it: built here, installed into an empty environment, run on a tree."""

import os
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.trees import REPOSITORY, write_tree


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    # As a user has it: nothing points at the checkout.
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    return subprocess.run(
        [*map(str, command)], cwd=cwd, env=clean, capture_output=True, text=True, check=False, timeout=600
    )


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment's programs, with nothing in it but archlint's wheel and what that needs.

    Where no registry is in reach, what it needs is that of the environment the tests run in; archlint is the wheel's.
    """
    folder = tmp_path_factory.mktemp("package")
    isolation = () if find_spec("hatchling") is None else ("--no-build-isolation",)
    build = ("-m", "pip", "wheel", "--no-deps", *isolation, "-w", folder, REPOSITORY)
    built = run(sys.executable, *build, cwd=folder)
    run(sys.executable, "-m", "venv", "venv", cwd=folder)
    programs = folder / "venv" / "bin"
    wheels = [*folder.glob("archlint-*.whl")]
    if built.returncode or len(wheels) != 1:
        pytest.skip(f"no wheel can be built without a registry: {built.stderr[-300:]}")
    if run(programs / "python", "-m", "pip", "install", *wheels, cwd=folder).returncode:
        alone = run(programs / "python", "-m", "pip", "install", "--no-deps", *wheels, cwd=folder)
        assert alone.returncode == 0, alone.stderr
        _lend(programs)
    return programs


def _lend(programs: Path) -> None:
    """Have the environment look for packages in that of the tests, after its own."""
    own = run(
        programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=programs
    )
    paths = (sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (Path(own.stdout.strip()) / "lent.pth").write_text("".join(f"{path}\n" for path in dict.fromkeys(paths)))


@pytest.mark.slow
def test_what_runs_is_the_wheel(environment: Path, tmp_path: Path) -> None:
    where = run(
        environment / "python", "-c", "import archlint; print(archlint.__file__)", cwd=tmp_path
    ).stdout

    assert Path(where).is_relative_to(environment.parent)


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
def test_the_installed_wheel_brings_its_documentation(environment: Path, tmp_path: Path) -> None:
    listed = run(environment / "archlint", "docs", cwd=tmp_path)
    section = run(environment / "archlint", "docs", "reference/kinds#size", cwd=tmp_path)

    assert (listed.returncode, section.returncode) == (0, 0), listed.stderr + section.stderr
    assert "Ten minutes" in listed.stdout
    assert section.stdout.startswith("## `size`\n")


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


@pytest.mark.slow
def test_without_a_registry_the_wheel_runs_on_what_is_installed_here(
    environment: Path, tmp_path: Path
) -> None:
    """The way that the fixture takes offline is there, too."""
    (wheel,) = environment.parents[1].glob("archlint-*.whl")
    run(sys.executable, "-m", "venv", "venv", cwd=tmp_path)
    programs = tmp_path / "venv" / "bin"
    run(programs / "python", "-m", "pip", "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    _lend(programs)

    write_tree(tmp_path / "tree", {"package.json": "{}", "a.ts": "export const a = 1;\n"})
    report = run(programs / "archlint", "check", cwd=tmp_path / "tree")

    assert report.returncode == 0, report.stderr
    assert "no findings" in report.stdout
