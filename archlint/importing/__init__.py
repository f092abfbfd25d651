"""Rules of other tools as rules of archlint: what each tool's file means here, and what cannot be carried over."""

from collections.abc import Mapping

import msgspec

from archlint.importing.ast_grep import import_rules as of_ast_grep
from archlint.importing.carrying import Carried, Importer, Surroundings, apart
from archlint.importing.dependency_cruiser import import_rules as of_dependency_cruiser
from archlint.importing.import_linter import import_contracts as of_import_linter
from archlint.importing.semgrep import import_rules as of_semgrep
from archlint.importing.writing import readable, written

__all__ = ["TOOLS", "Carried", "Surroundings", "Tool", "apart", "readable", "written"]


class Tool(msgspec.Struct, frozen=True):
    """A tool whose rules can be imported, and what is to be known of all of them."""

    carry: Importer
    notes: tuple[str, ...] = ()
    """Differences that go for every rule."""


TOOLS: Mapping[str, Tool] = {
    "ast-grep": Tool(of_ast_grep),
    "semgrep": Tool(
        of_semgrep,
        (
            "semgrep also looks through constants and aliases of imports; here code is found as it is written.",
        ),
    ),
    "dependency-cruiser": Tool(of_dependency_cruiser),
    "import-linter": Tool(of_import_linter),
}
