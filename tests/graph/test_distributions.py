"""Imports of Python that no manifest declares: told where that is sure, and nowhere else."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands import archlint
from tests.trees import write_tree

RULE = {
    "archlint.toml": 'rules = ["rules.yml"]\n',
    "rules.yml": "- { id: undeclared, imports: { types: false, forbid: { undeclared: around } } }",
}
EMPTY = {"pyproject.toml": "[project]\nname = 'shop'\ndependencies = ['attrs']\n"}


def undeclared(root: Path, files: Mapping[str, str], *, rule: str = "") -> list[str]:
    """The modules that a rule takes for undeclared, with the file and the line."""
    setup = {**RULE, "rules.yml": rule} if rule else RULE
    run = archlint("check", "--format", "json", cwd=write_tree(root, {**setup, **files}))

    assert run.returncode in (0, 1), run.stdout + run.stderr
    said = "', which is not declared in pyproject.toml"
    found = json.loads(run.stdout)["findings"]
    assert all(said in each["message"] for each in found)
    return [
        f"{each['place']['path']}:{each['place']['line']} {each['message'].removesuffix(said).partition(chr(39))[2]}"
        for each in found
    ]


def test_what_no_project_around_declares_is_told(tmp_path: Path) -> None:
    files = {
        **EMPTY,
        "shop/__init__.py": "",
        "shop/a.py": (
            "import os, attr, requests\n"
            "from yaml import load\n"
            "import unheard_of\n"
            "from shop import b\n"
            "import google.protobuf\n"
            "# import numpy\n"
        ),
        "shop/b.py": "from . import a\n",
        "outside.ts": 'import "requests";',
    }

    assert undeclared(tmp_path, files) == ["shop/a.py:1 requests", "shop/a.py:2 yaml"]


@pytest.mark.parametrize(
    "pyproject",
    [
        "[project]\ndependencies = ['PyYAML>=6']",
        "[project]\ndependencies = ['py_yaml', \"pyyaml ; python_version > '3'\"]",
        "[project.optional-dependencies]\nyaml = ['pyyaml~=6.0']",
        "[project]\nname = 'PyYAML'",
        "[project]\nname = 'x'\n[dependency-groups]\ndev = [{ include-group = 'y' }, 'pyyaml']",
        "[project]\nname = 'x'\ndynamic = ['version', 'dependencies']",
        "[project]\nname = 'x'\n[tool.uv]\ndev-dependencies = ['pyyaml']",
        "[project]\nname = 'x'\n[tool.pdm.dev-dependencies]\ntest = ['pyyaml']",
        "[project]\nname = 'x'\n[tool.hatch.envs.test]\nextra-dependencies = ['pyyaml']",
        "[project]\nname = 'x'\n[build-system]\nrequires = ['pyyaml']",
        "[project]\nname = 'x'\ndependencies = ['kit[PyYAML, other]']",
        "[project]\nname = 'x'\ndependencies = ['types-PyYAML']",
        "[tool.poetry.dependencies]\npython = '^3.11'\nPyYAML = { version = '^6', optional = true }",
        "[tool.poetry.group.dev.dependencies]\nPyYAML = '*'",
        "[tool.ruff]\nline-length = 100",
        "",
    ],
)
def test_what_is_declared_in_any_way_is_not_told(tmp_path: Path, pyproject: str) -> None:
    assert undeclared(tmp_path, {"pyproject.toml": pyproject, "a.py": "import yaml"}) == []


@pytest.mark.parametrize(
    "path",
    [
        "requirements.txt",
        "requirements-dev.in",
        "app/test_requirements.txt",
        "requirements/base.txt",
        "app/deps/base.in",
        "setup.py",
        "app/setup.cfg",
        "tox.ini",
        "noxfile.py",
        "Pipfile",
        "environment.yml",
        "Dockerfile",
        ".github/workflows/ci.yml",
    ],
)
def test_what_another_file_of_the_project_mentions_may_be_declared(tmp_path: Path, path: str) -> None:
    text = "# py-yaml\nx: Py.YAML==6\n" if path.endswith(".txt") else "x: 'scikit-learn, PyYAML'\n"
    files = {**EMPTY, "app/sub/a.py": "import yaml\n", path: text.replace("Py.YAML", "PyYAML")}

    assert undeclared(tmp_path, files) == []


def test_what_a_file_elsewhere_mentions_is_not_declared_here(tmp_path: Path) -> None:
    files = {
        **EMPTY,
        "requirements.txt": "pyyaml-include\n-e .\n",
        "other/requirements.txt": "requests\n",
        "app/a.py": "import requests\n",
    }

    assert undeclared(tmp_path, files) == ["app/a.py:1 requests"]


def test_a_project_may_be_no_more_than_a_list_of_requirements(tmp_path: Path) -> None:
    files = {
        "tool/requirements.txt": "flask\n",
        "tool/a.py": "import flask, requests\n",
        "b.py": "import requests\n",
    }

    assert undeclared(tmp_path, files) == ["tool/a.py:1 requests"]


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "import requests\n", ".github/workflows/ci.yml": "on: push\n", "tox.ini": "[tox]\n"},
        {"setup.py": "setup(install_requires=read('x'))", "requirements.txt": "-r x", "a.py": "import requests\n"},
        {**EMPTY, "a.py": "# /// script\n# dependencies = ['requests']\n# ///\nimport requests\n"},
        {**EMPTY, "a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import requests\n"},
        {**EMPTY, "requests.py": "", "a.py": "import requests\n"},
        {"package.json": "{}", "a.py": "import requests\n"},
    ],
)  # fmt: skip
def test_nothing_is_told_where_it_is_not_sure(tmp_path: Path, files: Mapping[str, str]) -> None:
    assert undeclared(tmp_path, files) == []


def test_the_nearest_project_alone_can_be_asked(tmp_path: Path) -> None:
    rule = "- { id: undeclared, imports: { forbid: { undeclared: nearest } } }"
    files = {
        "pyproject.toml": "[project]\ndependencies = ['requests']\n",
        "requirements.txt": "flask\n",
        "app/pyproject.toml": "[project]\ndependencies = ['pyyaml']\n",
        "app/a.py": "import requests, yaml, flask\n",
        "b.py": "import requests, flask\n",
    }

    assert undeclared(tmp_path, files, rule=rule) == ["app/a.py:1 requests", "app/a.py:1 flask"]
    assert undeclared(tmp_path, files) == []
