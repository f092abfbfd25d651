"""``archlint import import-linter``: import-linter itself says which contracts are broken."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.importing.trees import found_in, imported
from tests.trees import write_tree

CONFIG = """\
[importlinter]
root_package = shop
include_external_packages = True

[importlinter:contract:layers]
name = Layers of the shop
type = layers
layers =
    web
    orders | billing
    mail : post
    (cache)
    db
containers = shop
exhaustive = True
exhaustive_ignores =
    settings
    tools

[importlinter:contract:no-framework]
name = No framework in orders
type = forbidden
source_modules =
    shop.orders
forbidden_modules =
    django
    shop.billing

[importlinter:contract:direct-sql]
name = No SQL in pages
type = forbidden
source_modules = shop.web
forbidden_modules = sqlite3
allow_indirect_imports = True
ignore_imports =
    shop.web.admin -> sqlite3

[importlinter:contract:apart]
name = Mail and billing
type = independence
modules =
    shop.mail
    shop.billing

[importlinter:contract:tools-apart]
name = Tools
type = independence
modules = shop.tools.*

[importlinter:contract:rows]
name = Rows are private
type = protected
protected_modules = shop.db.rows
allowed_importers = shop.db

[importlinter:contract:circles]
name = No circles of tools
type = acyclic_siblings
ancestors = shop.tools
"""
TREE = {
    "src/shop/__init__.py": "",
    "src/shop/web/__init__.py": "",
    "src/shop/web/admin.py": "import sqlite3\nfrom shop.orders import place\n",
    "src/shop/web/pages.py": "import json\n# import sqlite3\n",
    "src/shop/orders/__init__.py": "",
    "src/shop/orders/place.py": "from shop.db import rows_of\nDOC = 'import django'\n",
    "src/shop/billing/__init__.py": "",
    "src/shop/billing/bill.py": "from shop.db import rows_of\n",
    "src/shop/mail.py": "import shop.post\n",
    "src/shop/post.py": "",
    "src/shop/db/__init__.py": "",
    "src/shop/db/rows.py": "",
    "src/shop/db/rows_of.py": "from . import rows\n",
    "src/shop/settings.py": "",
    "src/shop/tools/__init__.py": "from shop.tools import wrench\n",
    "src/shop/tools/wrench.py": "",
    "src/shop/tools/saw/__init__.py": "",
}
OFFENCES = {
    "layers: a lower layer knows an upper one": {"src/shop/db/rows_of.py": "import shop.web.pages\n"},
    "layers: two side by side": {"src/shop/orders/place.py": "import shop.billing.bill\n"},
    "layers: two side by side that may know each other": {"src/shop/post.py": "import shop.mail\n"},
    "layers: past what is in none": {
        "src/shop/db/rows_of.py": "import shop.settings\n",
        "src/shop/settings.py": "import shop.web.pages\n",
    },
    "layers: a module of no layer": {"src/shop/stray.py": ""},
    "forbidden: a package": {"src/shop/orders/place.py": "from django.db import models\n"},
    "forbidden: past another": {
        "src/shop/orders/place.py": "import shop.settings\n",
        "src/shop/settings.py": "import django\n",
    },
    "forbidden: directly alone": {"src/shop/web/pages.py": "def load():\n    import sqlite3\n"},
    "forbidden: directly alone, and it is indirect": {
        "src/shop/web/pages.py": "import shop.settings\n",
        "src/shop/settings.py": "import sqlite3\n",
    },
    "independence": {"src/shop/billing/bill.py": "from shop import mail\n"},
    "independence of children": {"src/shop/tools/wrench.py": "import shop.tools.saw\n"},
    "protected": {"src/shop/web/pages.py": "import shop.db.rows\n"},
    "acyclic siblings": {
        "src/shop/tools/wrench.py": "import shop.tools.saw.blade\n",
        "src/shop/tools/saw/blade.py": "import shop.tools.wrench\n",
    },
    "nothing": {},
}


def broken(root: Path) -> set[str]:
    """The contracts that import-linter says are broken."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", ".importlinter", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": "src", "NO_COLOR": "1"}
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)", run.stdout, re.MULTILINE))
    assert len(verdicts) == CONFIG.count("type ="), run.stdout + run.stderr
    id_of = dict(re.findall(r"contract:(\S+)\]\nname = (.+)", CONFIG))
    return {id_ for id_, name in id_of.items() if verdicts[name] == "BROKEN"}


@pytest.mark.parametrize("offence", OFFENCES)
def test_the_imported_rules_say_what_import_linter_says(tmp_path: Path, offence: str) -> None:
    write_tree(tmp_path, {**TREE, **OFFENCES[offence], ".importlinter": CONFIG})

    imported(tmp_path, "import-linter", ".importlinter")
    found = {re.sub(r"-(exhaustive|2)$", "", rule) for _, rule in found_in(tmp_path, {})}

    assert found - {"vacuous-rule"} == broken(tmp_path)


def test_a_sheet_in_toml_means_the_same(tmp_path: Path) -> None:
    sheet = """\
[tool.importlinter]
root_packages = ["shop"]
exclude_type_checking_imports = true
[[tool.importlinter.contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.db"]
"""
    page = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.web.pages\n"
    tree = {**TREE, "src/shop/db/rows.py": page, "pyproject.toml": sheet}
    write_tree(tmp_path, tree)

    run = imported(tmp_path, "import-linter", "pyproject.toml")

    assert (run.err, run.code) == ("", 0)
    assert found_in(tmp_path, {}) == set()
    assert found_in(tmp_path, {"src/shop/db/rows.py": "import shop.web.pages\n"}) == {
        ("src/shop/db/rows.py", "layers")
    }


def test_what_is_left_out_is_told_twice(tmp_path: Path) -> None:
    contracts = """\
[importlinter:contract:own]
name = Own
type = ours.Own
[importlinter:contract:ways]
name = Ways
type = forbidden
source_modules = shop.web
forbidden_modules = shop.db
ignore_imports = shop.web.admin -> shop.db
[importlinter:contract:gone]
name = Gone
type = independence
modules =
    other.a
    other.b
"""
    config = f"[importlinter]\nroot_packages =\n    shop\n    other\n{contracts}"
    write_tree(tmp_path, {**TREE, ".importlinter": config})

    run = imported(tmp_path, "import-linter", ".importlinter")

    assert run.code == 1
    assert run.err.splitlines() == [
        (
            "archlint: .importlinter:5: 'Own': contracts of type 'ours.Own' are not known; known: layers, forbidden,"
            " independence, protected, acyclic_siblings"
        ),
        (
            "archlint: .importlinter:8: 'Ways': imports that are ignored are judged (shop.web.admin -> shop.db); write"
            " `# archlint: allow <rule> -- reason` at each of them"
        ),
        (
            "archlint: .importlinter:14: 'Gone': it was not carried over: the package 'other.a' is neither beside the"
            " file nor in src/, lib/, python/"
        ),
    ]
    assert "# Left out of 'Own' (line 5): contracts of type" in run.out
    assert [line for line in run.out.splitlines() if " id: " in line] == ["  - id: ways"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (".importlinter", "[importlinter\n", ".importlinter:1:1: not INI"),
        (".importlinter", "[importlinter]\n", "no root_package"),
        ("pyproject.toml", "[tool", "pyproject.toml:1:6: not TOML"),
        ("gone.toml", None, "gone.toml: no such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_mistake_with_its_place(
    tmp_path: Path, name: str, text: str | None, said: str
) -> None:
    write_tree(tmp_path, {name: text} if text is not None else {})

    run = imported(tmp_path, "import-linter", name)

    assert said in run.err
    assert run.code == 2
