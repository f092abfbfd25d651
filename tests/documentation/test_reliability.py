"""The page of promises names tests that are there."""

import ast
import re
import tomllib
from functools import cache

import pytest

from archlint.limits import Limits
from archlint.model import Reason
from tests.trees import REPOSITORY

PAGE = (REPOSITORY / "docs" / "reliability.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((REPOSITORY / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_test_that_the_page_names_is_there(path: str, name: str) -> None:
    assert name in functions_of(path)


def test_every_row_of_a_case_names_a_test() -> None:
    cases = PAGE[PAGE.index("## Case by case") : PAGE.index("## Not covered")]
    rows = [line for line in cases.splitlines() if line.startswith("| ") and "held by" not in line]

    assert len(rows) > 50
    assert [row for row in rows if "`tests/" not in row] == []


def test_every_reason_is_on_the_page() -> None:
    assert [reason for reason in Reason if f"`{reason.value}`" not in PAGE] == []


def test_the_limits_of_the_page_can_be_set() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    shown = tomllib.loads(block)["limits"]

    assert {key.replace("-", "_") for key in shown} <= set(Limits.__struct_fields__)
