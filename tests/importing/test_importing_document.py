"""docs/importing.md: each file on it is imported, and what comes out is what stands behind it."""

import re
from pathlib import Path

import pytest

from archlint.importing import TOOLS
from tests.importing.trees import imported
from tests.trees import REPOSITORY, write_tree

PAGE = (REPOSITORY / "docs" / "importing.md").read_text()
NAME_OF = {
    "import-linter": ".importlinter",
    "dependency-cruiser": "a.json",
    "ast-grep": "a.yml",
    "semgrep": "a.yml",
}


@pytest.mark.parametrize("tool", TOOLS)
def test_an_example_becomes_what_the_page_says(tmp_path: Path, tool: str) -> None:
    section = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    (own,) = [each for each in section if each.startswith(f"{tool}\n")]
    given, expected = re.findall(r"^```(?:ini|json|ya?ml)\n(.*?)^```$", own, re.MULTILINE | re.DOTALL)
    write_tree(tmp_path, {NAME_OF[tool]: given, "src/shop/__init__.py": ""})

    run = imported(tmp_path, tool, NAME_OF[tool])

    assert run.out[run.out.index("rules:\n") :] == expected
    assert run.code == ("Left out" in expected)


def test_every_tool_is_on_the_page() -> None:
    assert set(re.findall(r"^\$ archlint import (\S+)", PAGE, re.MULTILINE)) == set(TOOLS)
