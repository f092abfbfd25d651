"""The hooks of .pre-commit-hooks.yaml, run by the real pre-commit and the real prek, on real commits."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.adoption.repositories import ENVIRONMENT, git, repository
from tests.adoption.test_staged import CONFIG, FINE
from tests.commands import BREACH
from tests.trees import REPOSITORY, write_tree

TOOLS = ("pre-commit", "prek")
GRAPH = "rules:\n  - id: missing-import\n    imports: { forbid: { unresolved: missing } }\n"
PASSED_ON = ("PIP_", "UV_", "SSL_", "REQUESTS_", "http", "HTTP", "no_proxy", "NO_PROXY")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


@dataclass(frozen=True)
class Desk:
    """A clone with the hooks installed."""

    root: Path
    environment: dict[str, str]

    def run(self, *command: str) -> tuple[int, str]:
        run = subprocess.run(
            command,
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        return run.returncode, run.stdout + run.stderr

    def commit(self) -> tuple[bool, str]:
        """Whether the hooks let a commit of the index pass, and what they said."""
        code, said = self.run("git", "commit", "-q", "-m", "a commit")
        return code == 0, said

    def stage(self, files: dict[str, str]) -> None:
        write_tree(self.root, files)
        git(self.root, "add", "--all", "--", *{path.split("/")[0] for path in files})


def this_archlint(folder: Path) -> str:
    """A repository that holds archlint as it is here, for a hook manager to clone; the id of its commit."""
    listed = git(REPOSITORY, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    needed = [path for path in listed if path and not path.startswith(("tests/", "fixtures/"))]
    files = {path: (REPOSITORY / path).read_bytes() for path in needed if (REPOSITORY / path).is_file()}
    return git(repository(folder, files), "rev-parse", "HEAD").strip()


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    tool: str = request.param
    tools = installed(tmp_path / "tools", tool)
    revision = this_archlint(tmp_path / "archlint")
    passed_on = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
    environment = {
        **ENVIRONMENT,
        **passed_on,
        "HOME": str(tmp_path),
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        "PREK_HOME": str(tmp_path / "cache"),
    }
    hooks = (
        f"repos:\n  - repo: {tmp_path / 'archlint'}\n    rev: {revision}\n    hooks: [{{ id: archlint }}]\n"
    )
    rules = str(CONFIG["architecture/rules.yml"]) + GRAPH.removeprefix("rules:\n")
    files = {**CONFIG, "architecture/rules.yml": rules, ".pre-commit-config.yaml": hooks}
    root = repository(
        tmp_path / "root", {**files, "a.ts": FINE, "user.ts": 'import "./used";\n', "used.ts": ""}
    )
    made = Desk(root, environment)
    code, said = made.run(tool, "install", "--install-hooks")
    assert not code, said  # the tool itself came from PyPI, so that what the hook needs can be had too
    return made


def installed(folder: Path, tool: str) -> Path:
    """The folder of programs in which ``tool`` is; skips the test where it cannot be had."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    programs = folder / "bin"
    also = ["uv"] if tool == "prek" else []
    install = [str(programs / "python"), "-m", "pip", "install", "--quiet", tool, *also]
    run = subprocess.run(install, capture_output=True, text=True, check=False, timeout=300)
    if run.returncode:
        pytest.skip(f"{tool} cannot be installed from PyPI: {run.stderr[-300:]}")
    return programs


@pytest.mark.parametrize("desk", TOOLS, indirect=True)
def test_the_hooks_judge_what_a_commit_will_hold(desk: Desk) -> None:
    root = desk.root

    # What is staged counts, though the disk is mended since.
    desk.stage({"a.ts": BREACH})
    write_tree(root, {"a.ts": FINE})
    passes, said = desk.commit()
    assert not passes
    assert "retired-plan" in said

    # What is staged counts, though the disk is broken since; and what is not in the index does not.
    git(root, "add", "a.ts")
    write_tree(root, {"a.ts": BREACH, "untracked.ts": BREACH})
    desk.stage({"b.ts": FINE})
    passes, said = desk.commit()
    assert passes, said
    assert git(root, "show", "HEAD:b.ts") == FINE
    git(root, "checkout", "-q", "a.ts")

    # A file that is taken out of the index stays on the disk, and is nobody's business.
    desk.stage({"gone.ts": FINE})
    assert desk.commit()[0]
    write_tree(root, {"gone.ts": BREACH})
    git(root, "rm", "-q", "--cached", "gone.ts")
    passes, said = desk.commit()
    assert passes, said

    # A commit that only deletes is judged: somebody imports what it deletes.
    git(root, "rm", "-q", "used.ts")
    passes, said = desk.commit()
    assert not passes
    assert "missing-import" in said
    assert "user.ts:1" in said


@pytest.mark.parametrize("desk", TOOLS, indirect=True)
def test_three_thousand_files_are_judged_in_one_run(desk: Desk) -> None:
    desk.stage({f"many/{'long-name-' * 8}{number}.ts": FINE for number in range(3_000)})
    passes, said = desk.commit()
    assert passes, said
    desk.stage({f"many/{'long-name-' * 8}2999.ts": BREACH})
    passes, said = desk.commit()
    assert not passes
    assert said.count("files: 3,0") == 1


@pytest.mark.parametrize("desk", TOOLS, indirect=True)
def test_the_hook_on_files_tells_of_those_alone(desk: Desk) -> None:
    root = desk.root
    hooks = (root / ".pre-commit-config.yaml").read_text().replace("id: archlint }", "id: archlint-files }")
    write_tree(root, {"old.ts": BREACH, ".pre-commit-config.yaml": hooks})
    git(root, "add", "--all")
    git(root, "commit", "-q", "--no-verify", "-m", "debt")

    desk.stage({"new.ts": FINE, "-rf.ts": FINE})
    passes, said = desk.commit()
    assert passes, said

    desk.stage({"README.md": "no rule reads this\n"})
    passes, said = desk.commit()
    assert passes, said

    desk.stage({"other.ts": BREACH})
    passes, said = desk.commit()
    assert not passes
    assert "other.ts:1" in said
    assert "old.ts" not in said

    git(root, "reset", "-q", "--hard")
    desk.stage({f"many/{'long-name-' * 8}{number}.ts": FINE for number in range(3_000)})
    passes, said = desk.commit()
    assert passes, said
