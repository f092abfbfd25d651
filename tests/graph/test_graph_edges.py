"""What becomes of references: the files, packages and places that edges lead to."""

import time
from collections.abc import Iterable

import pytest

from archlint.facts import Link, Reference
from archlint.project.graph import Edge, graph_of
from tests.graph.graphs import reference, tree


def edges(source: str, some: Iterable[str | Reference], *others: str) -> tuple[Edge, ...]:
    return graph_of(tree({source: some, **dict.fromkeys(others, ())})).edges


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("a.scss", "theme", "_theme.scss"),
        ("a.scss", "./theme", "_theme.scss"),
        ("ui/a.scss", "theme", "_theme.scss"),
        ("ui/a.scss", "./theme", "lost"),
        ("a.scss", "mixins", "mixins/_index.scss"),
        ("a.scss", "sass:math", "outside sass:math"),
        ("a.scss", "~bootstrap/scss/grid", "outside bootstrap"),
        ("a.scss", "bootstrap/scss/grid", "outside bootstrap"),
        ("a.css", "base.css", "base.css"),
        ("a.css", "gone.css", "lost"),
        ("a.css", "@acme/ui/a.css", "outside @acme/ui"),
        ("a.less", "plain", "plain.less"),
        ("a.css", "https://x.y/a.css", "outside https://x.y/a.css"),
        ("a.vue", "./base.css?inline", "base.css"),
    ],
)
def test_style_sheets_are_found_as_their_languages_spell_them(
    source: str, target: str, expected: str
) -> None:
    there = ("_theme.scss", "theme.ts", "mixins/_index.scss", "base.css", "plain.less")

    (edge,) = edges(source, [reference(1, target, Link.STYLESHEET)], *there)

    assert (edge.target or (f"outside {edge.leads.package}" if edge.leads.is_outside else "lost")) == expected


def test_a_pattern_leads_to_each_file_that_it_means_but_its_own() -> None:
    found = edges(
        "src/all.ts",
        [reference(1, "./*.ts", Link.GLOB), reference(2, "./[", Link.GLOB)],
        "src/a.ts",
        "src/b.ts",
        "c.ts",
    )

    assert [(edge.target, edge.place.span.line) for edge in found] == [
        ("src/a.ts", 1),
        ("src/b.ts", 1),
        ("", 2),
    ]


def test_thousands_of_patterns_in_a_file_are_not_all_looked_for() -> None:
    files = [f"src/f{number}.ts" for number in range(300)]
    some = [reference(number, f"./*{'*/../' * 2}*{number}.ts", Link.GLOB) for number in range(1, 5_000)]
    started = time.process_time()

    found = edges("src/all.ts", [reference(1, "/src/**", Link.GLOB), *some], *files)

    assert [edge.target for edge in found[:300]] == sorted(files)
    assert not any(edge.target for edge in found if edge.place.span.line > 100)
    assert time.process_time() - started < 5


def test_addresses_are_files_beside_the_page_and_specifiers_are_not() -> None:
    some = [reference(1, "a.js", Link.SCRIPT), reference(2, "a.js"), reference(3, "./a.js")]

    assert [edge.target for edge in edges("page.html", some, "a.js")] == ["a.js", "", "a.js"]


def test_a_type_leads_to_the_declaration_and_a_value_to_the_script() -> None:
    some = [reference(1, "./a.js", Link.TYPE), reference(2, "./a.js")]

    assert [edge.target for edge in edges("b.ts", some, "a.js", "a.d.ts")] == ["a.d.ts", "a.js"]


def test_what_is_not_there_says_where_it_was_looked_for() -> None:
    (edge,) = edges("src/a.ts", ["./gone"])

    assert edge.leads.is_lost
    assert edge.leads.tried == ("src/gone",)
