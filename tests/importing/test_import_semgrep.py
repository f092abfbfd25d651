"""``archlint import semgrep``: patterns and the operators that join them. Verdicts are read off semgrep's documentation."""

from pathlib import Path

import pytest

from tests.importing.trees import found_in, imported
from tests.trees import write_tree


def rule(name: str, body: str, languages: str = "[typescript]") -> str:
    """A rule of semgrep."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"  - id: {name}\n    languages: {languages}\n    severity: ERROR\n    message: found\n{lines}"


CARRIED = {
    "ellipsis": (
        rule("a", "pattern: eval(...);"),
        ["eval(1);", "const a = eval();", "f(eval(a, b))"],
        ["evals(1);", "'eval(1)'", "// eval(1)"],
    ),
    "ellipsis metavariable": (rule("a", "pattern: f($...ARGS, 1)"), ["f(1)", "f(2, 3, 1)"], ["f(1, 2)"]),
    "same metavariable": (rule("a", "pattern: $A === $A"), ["a.b === a.b"], ["a.b === a.c"]),
    "either": (
        rule(
            "a",
            "pattern-either:\n  - pattern: f()\n  - patterns:\n      - pattern: g($X)\n      - pattern-not: g(1)",
        ),
        ["f()", "g(2)"],
        ["f(1)", "g(1)"],
    ),
    "not before the pattern": (
        rule(
            "a", "patterns:\n  - pattern-not: 'fetch($URL, { cache: false })'\n  - pattern: fetch($URL, ...)"
        ),
        ["fetch(a)", "fetch(a, { cache: true })"],
        ["fetch(a, { cache: false })"],
    ),
    "inside": (
        rule(
            "a",
            "patterns:\n  - pattern-inside: |\n      function handle(...) {\n        ...\n      }\n  - pattern: sleep($X)",
        ),
        ["function handle(a) { if (b) { sleep(1); } }"],
        ["function other(a) { sleep(1); }", "sleep(1);"],
    ),
    "inside, with what it binds": (
        rule("a", "patterns:\n  - pattern: use($X)\n  - pattern-inside: 'with_($X, () => { ... })'"),
        ["with_(a, () => { use(a); })"],
        ["with_(a, () => { use(b); })"],
    ),
    "not inside": (
        rule("a", "patterns:\n  - pattern: send(...)\n  - pattern-not-inside: if (allowed) { ... }"),
        ["send(1)", "if (other) { send(1); }"],
        ["if (allowed) { send(1); }"],
    ),
    "regex of a metavariable, from its beginning": (
        rule(
            "a",
            "patterns:\n  - pattern: $F(...)\n  - metavariable-regex: { metavariable: $F, regex: (un)?safe }",
        ),
        ["safe(1)", "unsafe()", "safely()"],
        ["failsafe(1)"],
    ),
    "text": (rule("a", "pattern-regex: AKIA[0-9A-Z]{4}", "[generic]"), ["// AKIA1234"], ["AKIA12"]),
}


@pytest.mark.parametrize("name", CARRIED)
def test_operators_mean_what_they_mean_to_semgrep(tmp_path: Path, name: str) -> None:
    text, bad, good = CARRIED[name]
    write_tree(tmp_path, {"lint/a.yml": f"rules:\n{text}"})
    run = imported(tmp_path, "semgrep", "lint/a.yml")
    bad_files = {f"bad{number}.ts": code for number, code in enumerate(bad)}
    good_files = {f"good{number}.ts": code for number, code in enumerate(good)}

    found = found_in(tmp_path, {**bad_files, **good_files})

    assert (run.err, run.code) == ("", 0)
    assert {path for path, _ in found} == set(bad_files)


def test_paths_languages_and_messages_are_carried_over(tmp_path: Path) -> None:
    body = "pattern: f($X)\npaths: { include: [src/], exclude: ['*.test.ts', /src/gen/] }"
    text = "rules:\n" + rule("my_Rule", body, "[js, ts]").replace("found", "f of $X and $Y {")
    write_tree(tmp_path, {"lint/a.yml": text})
    files = dict.fromkeys(("src/a.ts", "pkg/src/b.js", "c.ts", "src/d.test.ts", "src/gen/e.ts"), "f(1)")

    run = imported(tmp_path, "semgrep", "lint/a.yml")

    assert (run.err, run.code) == ("", 0)
    assert 'message: "f of {X} and $Y {{"' in run.out
    assert found_in(tmp_path, files) == {("src/a.ts", "my-rule"), ("pkg/src/b.js", "my-rule")}


LEFT_OUT = {
    rule("a", "pattern: f('...')"): "the pattern '...' for any string has no counterpart",
    rule("a", "pattern: f(<... $X ...>)"): "the deep pattern <... ...> has no counterpart",
    rule("a", "pattern: 'f(($X : Request))'"): "the typed metavariable ($X : Request) has no counterpart",
    rule("a", "pattern: $X. ... .end()"): "a chain of any calls, `. ...`, has no counterpart",
    rule("a", "mode: taint\npattern-sources: [{ pattern: a }]"): "rules of mode `taint` follow data",
    rule("a", "patterns: [{ pattern: f($X) }, { focus-metavariable: $X }]"): "`focus-metavariable` has no",
    rule("a", "patterns: [{ pattern: f($X) }, { metavariable-pattern: { metavariable: $X, pattern: a } }]"): (
        "`metavariable-pattern` has no counterpart"
    ),
    rule("a", "patterns: [{ pattern-not: f($X) }]"): "it has no pattern of its own",
    rule("a", "pattern: 'f('"): "this is not typescript",
    rule("a", "pattern: |\n  a();\n  ...\n  b();"): "these are 3 nodes of typescript",
    rule("a", "pattern-regex: (?<!a)b", "[regex]"): "bad regular expression: look-around",
    rule("a", "pattern: print(...)", "[python]"): "archlint reads no patterns in python",
}


@pytest.mark.parametrize("text", LEFT_OUT)
def test_a_rule_that_would_mean_something_else_is_left_out_whole(tmp_path: Path, text: str) -> None:
    write_tree(tmp_path, {"lint/a.yml": f"rules:\n{text}"})

    run = imported(tmp_path, "semgrep", "lint/a.yml")

    assert f"lint/a.yml:2: 'a': it was not carried over: {LEFT_OUT[text]}" in run.err
    assert (" id: " in run.out, run.code) == (False, 1)


def test_what_is_beside_the_pattern_is_told_and_the_rule_is_carried_over(tmp_path: Path) -> None:
    write_tree(tmp_path, {"lint/a.yml": "rules:\n" + rule("a", "pattern: f()\nfix: g()", "[ts, python]")})

    run = imported(tmp_path, "semgrep", "lint/a.yml")

    assert run.err.splitlines() == [
        "archlint: lint/a.yml:2: 'a': `fix` has no counterpart",
        "archlint: lint/a.yml:2: 'a': archlint reads no patterns in python",
    ]
    assert found_in(tmp_path, {"a.ts": "f()"}) == {("a.ts", "a")}


def test_two_rules_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write_tree(
        tmp_path, {"lint/a.yml": "rules:\n" + rule("a.b", "pattern: f()") + rule("a-b", "pattern: g()")}
    )

    imported(tmp_path, "semgrep", "lint/a.yml")

    assert found_in(tmp_path, {"a.ts": "f(); g()"}) == {("a.ts", "a-b"), ("a.ts", "a-b-2")}
