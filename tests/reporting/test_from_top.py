"""Where the root is a folder of a repository, services find the files all the same."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from tests.commands import archlint
from tests.reporting.formats import workflow_command
from tests.trees import write_tree

SHOP = {
    "archlint.toml": 'rules = ["rules.yml"]\n',
    "rules.yml": "rules: [{ id: retired-plan, value: { forbid: legacy, at: [{ property: plan }] } }]\n",
    "[id]/plan.ts": "export const PLAN = 'legacy';\n",
    "open.ts": "import { PLAN } from './[id]/plan';\nopen({ plan: PLAN });\n",
    "broken.ts": "export const PLAN = 'legacy'; open({ plan: 'legacy',\n",
}
Paths = set[str]


def in_sarif(text: str) -> Paths:
    return {unquote(uri) for uri in re.findall(r'"uri": "([^"]+)"', text)}


def in_junit(text: str) -> Paths:
    return {case.attrib["file"] for case in ET.fromstring(text).iter("testcase") if "file" in case.attrib}


def in_github(text: str) -> Paths:
    return {workflow_command(line)[1]["file"] for line in text.splitlines() if line.startswith("::")}


def in_markdown(text: str) -> Paths:
    return {path.partition(":")[0] for path in re.findall(r"^\s*- `([^`]+)`", text, re.MULTILINE)}


READ: dict[str, Callable[[str], Paths]] = {
    "sarif": in_sarif,
    "github": in_github,
    "gitlab": lambda text: {each["location"]["path"] for each in json.loads(text)},
    "junit": in_junit,
    "markdown": in_markdown,
    "rdjson": lambda text: {each["location"]["path"] for each in json.loads(text)["diagnostics"]},
}
LOCAL: dict[str, Callable[[str], Paths]] = {
    "concise": lambda text: {line.partition(":")[0] for line in text.splitlines() if ".ts:" in line},
    "json": lambda text: {each["place"]["path"] for each in json.loads(text)["findings"]},
}


def told(top: Path, name: str, read: Callable[[str], Paths], git: str | None) -> Paths:
    """The files that a format names, of a root two folders below ``top``, which holds ``git`` if that is given."""
    shop = write_tree(top / "apps" / "shop", SHOP)
    if git is not None:
        write_tree(top, {git: "gitdir: elsewhere\n"})
    run = archlint("check", "--format", name, cwd=shop)

    assert run.returncode == 1, run.stderr
    return read(run.stdout)


@pytest.mark.parametrize("git", [".git", ".git/HEAD"])
@pytest.mark.parametrize("name", READ)
def test_a_service_is_told_where_a_file_is_in_the_repository(tmp_path: Path, name: str, git: str) -> None:
    paths = told(tmp_path, name, READ[name], git)

    assert {"apps/shop/[id]/plan.ts", "apps/shop/broken.ts"} <= paths
    assert [path for path in paths if not (tmp_path / path).is_file()] == []


@pytest.mark.parametrize("name", READ)
def test_without_a_repository_places_are_those_of_the_root(tmp_path: Path, name: str) -> None:
    assert {"[id]/plan.ts", "broken.ts"} <= told(tmp_path, name, READ[name], None)


@pytest.mark.parametrize("name", LOCAL)
def test_at_the_desk_places_are_those_of_the_root(tmp_path: Path, name: str) -> None:
    assert "[id]/plan.ts" in told(tmp_path, name, LOCAL[name], ".git")


def test_a_fingerprint_is_the_same_from_wherever_a_place_is_counted(tmp_path: Path) -> None:
    def fingerprints(top: Path) -> set[str]:
        text = archlint("check", "-f", "gitlab", cwd=write_tree(top / "apps" / "shop", SHOP)).stdout
        return {each["fingerprint"] for each in json.loads(text) if each["check_name"] != "unread-file"}

    alone, below = tmp_path / "alone", write_tree(tmp_path / "below", {".git": ""})

    assert fingerprints(alone) == fingerprints(below) != set()
