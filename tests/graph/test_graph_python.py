"""Where the dotted names of Python lead: as its import system says, and as grimp sees archlint itself."""

import grimp
import pytest

from archlint.facts import ReferenceDemand
from archlint.languages import language_of
from archlint.model import Scope
from archlint.project import Project
from archlint.project.graph import graph_of
from archlint.project.graph.python import PythonModules
from archlint.source import Source
from tests.trees import REPOSITORY

TREE = frozenset(
    [
        "pyproject.toml",
        "app/__init__.py",
        "app/main.py",
        "app/db/__init__.py",
        "app/db/query.py",
        "app/db/query.pyi",
        "app/plain/deep.py",
        "src/shop/__init__.py",
        "src/shop/cart.py",
        "services/mail/pyproject.toml",
        "services/mail/src/mail/__init__.py",
        "services/mail/src/mail/send.py",
        "services/post/pyproject.toml",
        "services/post/mail.py",
        "services/post/run.py",
        "scripts/tool.py",
        "scripts/helper.py",
        "space/one/a.py",
        "redis/dump.py",
        "email/notes.py",
    ]
)


@pytest.mark.parametrize(
    ("importer", "name", "names", "expected"),
    [
        ("app/main.py", "app.db", ("*",), {"app/db/__init__.py"}),
        ("app/main.py", "app.db", ("query",), {"app/db/query.py"}),
        ("app/main.py", "app.db", ("query", "connect"), {"app/db/query.py", "app/db/__init__.py"}),
        ("app/main.py", "app.db.query", ("run",), {"app/db/query.py"}),
        ("app/main.py", ".", ("db",), {"app/db/__init__.py"}),
        ("app/main.py", ".db", ("connect",), {"app/db/__init__.py"}),
        ("app/db/query.py", "..main", ("run",), {"app/main.py"}),
        ("app/db/query.py", "..", ("main",), {"app/main.py"}),
        ("app/db/__init__.py", ".query", ("*",), {"app/db/query.py"}),
        ("app/main.py", "app.plain.deep", ("*",), {"app/plain/deep.py"}),
        ("app/main.py", "app.plain", ("deep",), {"app/plain/deep.py"}),
        ("app/main.py", "shop.cart", ("Cart",), {"src/shop/cart.py"}),
        ("app/main.py", "space.one", ("a",), {"space/one/a.py"}),
        ("scripts/tool.py", "helper", ("*",), {"scripts/helper.py"}),
        ("services/mail/src/mail/send.py", "mail", ("x",), {"services/mail/src/mail/__init__.py"}),
        ("services/post/run.py", "mail", ("x",), {"services/post/mail.py"}),
        ("app/main.py", "os.path", ("join",), {"outside python:os"}),
        ("app/main.py", "email.message", ("Message",), {"outside python:email"}),
        ("app/main.py", "redis", ("Redis",), {"outside redis"}),
        ("app/main.py", "requests", ("*",), {"outside requests"}),
        ("app/main.py", "app.gone", ("x",), {"lost app/gone"}),
        ("app/main.py", ".gone", ("x",), {"lost app/gone"}),
        ("app/main.py", "...far", ("x",), {"lost a place outside the tree"}),
        ("app/main.py", "src.shop", ("x",), {"src/shop/__init__.py"}),
    ],
)
def test_a_dotted_name_leads_to_the_module_that_python_would_import(
    importer: str, name: str, names: tuple[str, ...], expected: set[str]
) -> None:
    found = PythonModules(TREE).resolve(importer, name, names)

    assert {
        target.path or (f"outside {target.package}" if target.is_outside else f"lost {target.tried[0]}")
        for target, _ in found
    } == expected


def test_names_go_with_the_module_they_come_from() -> None:
    found = PythonModules(TREE).resolve("app/main.py", "app.db", ("query", "connect", "close"))

    assert {target.path: names for target, names in found} == {
        "app/db/query.py": ("query",),
        "app/db/__init__.py": ("connect", "close"),
    }


def test_the_imports_of_archlint_are_those_that_grimp_finds() -> None:
    paths = tuple(
        sorted(path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "archlint").rglob("*.py"))
    )
    asked = [path for path in paths if path.startswith(("archlint/kinds/", "archlint/config/"))]
    demand = (ReferenceDemand(Scope()),)
    facts = {
        path: language_of(path).read(Source(path, (REPOSITORY / path).read_bytes()), demand) for path in asked
    }
    edges = graph_of(Project(paths, {}, facts_by_path=facts)).edges
    graph = grimp.build_graph("archlint", cache_dir=None)

    found = {(dotted(edge.source), dotted(edge.target)) for edge in edges if edge.target}
    assert found == {(one, other) for path in asked for one in [dotted(path)]
                     for other in graph.find_modules_directly_imported_by(one)}  # fmt: skip


def dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
