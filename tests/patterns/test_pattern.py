"""Kind ``pattern``: what a rule may say, what is told of mistakes, and what is never passed over in silence."""

import json
from pathlib import Path

import pytest

from archlint.languages.patterns import may_match
from archlint.model import Report, Scope
from archlint.searches import PatternDemand
from archlint.source import Source
from tests.commands import archlint
from tests.config.configs import config_of, mistakes_of
from tests.trees import check_tree, write_tree

HEAD = "- id: some-code\n  pattern:\n"


def mistakes(folder: Path, pattern: str) -> list[str]:
    lines = "".join(f"    {line}\n" for line in pattern.strip().splitlines())
    return mistakes_of(folder, rules=HEAD + lines)


def report_of(folder: Path, pattern: str, files: dict[str, str], header: str = "") -> Report:
    lines = "".join(f"    {line}\n" for line in pattern.strip().splitlines())
    rule = f"- id: some-code\n{header}  pattern:\n{lines}"
    write_tree(folder, {"archlint.toml": 'rules = ["r.yml"]\nexclude = ["r.yml"]', "r.yml": rule, **files})
    return check_tree(folder)


def test_a_message_names_what_metavariables_stand_for(tmp_path: Path) -> None:
    header = "  message: '{F} gets {REST} in {path}: {code}'\n"

    report = report_of(tmp_path, "forbid: { pattern: '$F(1, $$$REST)' }", {"a.ts": "go(1, x,\n  y);"}, header)

    assert [finding.message for finding in report.findings] == ["go gets x,\n  y in a.ts: go(1, x, y)"]


def test_a_metavariable_that_was_not_met_is_empty(tmp_path: Path) -> None:
    pattern = "forbid: { any: [{ pattern: one($A) }, { pattern: two($B) }] }"

    report = report_of(tmp_path, pattern, {"a.ts": "two(2)"}, "  message: '<{A}{B}>'\n")

    assert [finding.message for finding in report.findings] == ["<2>"]


MISTAKES = {
    "two kinds of rule": ("{ forbid: { kind: number }, require: { kind: number } }", "and not both"),
    "neither": ("{ language: ts }", "pattern needs forbid or require"),
    "unknown key": ("{ forbid: { patern: a } }", 'unknown key "patern"; did you mean "pattern"?'),
    "unknown key below": ("{ forbid: { all: [{ haz: {} }] } }", 'unknown key "haz"; did you mean "has"?'),
    "nothing said": ("{ forbid: {} }", "this one says nothing"),
    "unknown language": (
        "{ language: cobol, forbid: { kind: a } }",
        'no language is called "cobol"; known: ',
    ),
    "no grammar": ("{ language: css, forbid: { kind: a } }", 'patterns are not read in "css"; known: '),
    "unknown kind": ("{ forbid: { kind: cal_expression } }", 'did you mean "call_expression"?'),
    "selector of what": (
        "{ forbid: { kind: 'pair > numbr' } }",
        'no kind of node "numbr"; did you mean "number"?',
    ),
    "selector without end": ("{ forbid: { kind: 'pair:has(number' } }", '":has(" is not closed'),
    "selector that stops": ("{ forbid: { kind: 'pair >' } }", "expected a kind of node or a condition"),
    "selector of classes": ("{ forbid: { kind: 'pair.key' } }", 'no selector goes on with "."'),
    "unknown condition": ("{ forbid: { kind: 'pair:first(a)' } }", 'no condition ":first"; known: :has'),
    "unknown field": (
        "{ forbid: { kind: identifier, inside: { kind: pair, field: vale } } }",
        'typescript has no field "vale"; did you mean "value"?',
    ),
    "field beside": (
        "{ forbid: { kind: pair, follows: { kind: pair, field: key } } }",
        '"field" goes with "inside" and "has" alone',
    ),
    "unknown utility": (
        "{ forbid: { matches: cal }, utils: { call: { kind: call_expression } } }",
        'mean "call"?',
    ),
    "circle": (
        "{ forbid: { matches: a }, utils: { a: { not: { matches: b } }, b: { any: [{ matches: a }] } } }",
        "leads to itself",
    ),
    "unknown variable": (
        "{ forbid: { pattern: go($ARG) }, constraints: { ARGS: { kind: number } } }",
        'no pattern holds "$ARGS" for one node; did you mean "ARG"?',
    ),
    "constraint on many": (
        "{ forbid: { pattern: go($$$ARGS) }, constraints: { ARGS: { kind: number } } }",
        'no pattern holds "$ARGS" for one node',
    ),
    "position": ("{ forbid: { nthChild: second } }", '"second" is no position'),
    "range": (
        "{ forbid: { range: { start: { line: 2 }, end: { line: 1 } } } }",
        "a range ends behind its start",
    ),
    "regex": ("{ forbid: { regex: '(?=a)' } }", "look-around"),
    "strictness": (
        "{ forbid: { pattern: { context: a, strictness: strict } } }",
        'expected "ast", "cst", "relaxed", "signature", "smart" or "template"',
    ),
    "error": ("{ forbid: { pattern: 'foo(' } }", "this is not typescript"),
    "error within": ("{ forbid: { pattern: 'if ($A) { $B = }' } }", "this is not typescript"),
    "missing": ("{ forbid: { pattern: 'if ($A) { go()' } }", "a } is missing"),
    "several": ("{ forbid: { pattern: 'a(); b();' } }", "these are 2 nodes of typescript"),
    "empty": ("{ forbid: { pattern: ' ' } }", "the pattern is empty"),
    "property": ("{ forbid: { pattern: 'subject: $X' } }", "a label before a statement, not as a property"),
    "object": ("{ forbid: { pattern: '{ a, b }' } }", "a block of statements, not as an object"),
    "selector": (
        "{ forbid: { pattern: { context: 'class A { a = 1 }', selector: pair } } }",
        'the context holds no "pair"; it holds class_body, class_declaration, number, program, property_identifier,',
    ),
    "endless": (
        """{ language: tsx, forbid: { pattern: '(<"["/a]]]].g}' } }""",
        "the pattern cannot be read as tsx",
    ),
    "deep": (f"{{ forbid: {{ pattern: '{'f(' * 80}{')' * 80}' }} }}", "nested deeper than 64"),
    "count": ("{ forbid: { kind: number }, counts: { a.ts: -1 } }", "a count is zero or more"),
    "ratchet": ("{ require: { kind: number }, ratchet: true }", "a ratchet goes with forbid and counts"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    pattern, said = MISTAKES[name]

    (told,) = mistakes(tmp_path, pattern)

    assert told.startswith("rules.yml:3:")
    assert said in told


def test_a_mistake_deep_in_a_rule_stands_at_its_line(tmp_path: Path) -> None:
    pattern = "forbid:\n  all:\n    - kind: number\n    - not:\n        pattern: 'foo('"

    (told,) = mistakes(tmp_path, pattern)

    assert told.startswith("rules.yml:7:22: ")


def test_what_one_of_the_script_languages_can_read_is_no_mistake(tmp_path: Path) -> None:
    pattern = "forbid: { any: [{ pattern: <T>$A }, { pattern: <Frame $$$/> }, { kind: jsx_element }] }"
    files = {"a.ts": "const a = <T>b;", "b.tsx": "const b = <Frame x={1} />;", "c.js": "const c = 1 < T > b;"}

    report = report_of(tmp_path, pattern, files)

    assert [finding.place.path for finding in report.findings] == ["a.ts", "b.tsx"]


def test_a_message_may_not_name_what_no_pattern_holds(tmp_path: Path) -> None:
    rule = "- id: some-code\n  message: '{ARGS}'\n  pattern: { forbid: { pattern: go($ARG) } }\n"

    (told,) = mistakes_of(tmp_path, rules=rule)

    assert 'unknown field "ARGS" in the message; did you mean "ARG"?' in told


def test_an_alias_is_refused_as_in_all_rule_files(tmp_path: Path) -> None:
    (told,) = mistakes_of(tmp_path, rules=HEAD + "    forbid: { any: [&a { kind: number }, *a] }\n")

    assert "an anchor cannot be used here" in told


def test_a_rule_that_takes_too_many_steps_is_told_and_the_run_is_incomplete(tmp_path: Path) -> None:
    nested = "{ has: { stopBy: end, has: { stopBy: end, has: { stopBy: end, kind: debugger_statement } } } }"
    code = "f(" * 120 + ")" * 120 + ";\n"

    report = report_of(tmp_path, f"forbid: {nested}", {"a.ts": code * 12})

    assert [(problem.reason, problem.extent) for problem in report.problems] == [("timeout", "part")]
    assert "takes too many steps" in report.problems[0].message
    assert report.exit_code == 3


def test_more_matches_than_can_be_told_are_told_of(tmp_path: Path) -> None:
    report = report_of(tmp_path, "forbid: { kind: number }", {"a.ts": "[" + "1," * 10_500 + "]"})

    assert len(report.findings) == 10_001
    assert "means more than 10,000 places" in report.problems[0].message


def test_code_that_is_nested_deep_is_found(tmp_path: Path) -> None:
    depth = 70_000
    code = "x = " + "[" * depth + "eval(1)" + "]" * depth

    report = report_of(tmp_path, "forbid: { pattern: eval($X) }", {"a.ts": code})

    assert len(report.findings) == 1 or report.problems


def test_required_code_is_not_missed_where_a_file_was_not_read(tmp_path: Path) -> None:
    report = report_of(tmp_path, "require: { pattern: go() }", {"a.ts": "const a = ;;; ) go(", "b.ts": "go"})

    assert [finding.place.path for finding in report.findings] == ["b.ts"]
    assert [problem.path for problem in report.problems] == ["a.ts"]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("  files: ['*.yml']\n", "none of its files holds scripts"),
        ("  files: ['*.ts']\n", "counts names 'b.ts', which is none of its files"),
    ],
)
def test_a_rule_that_looks_at_nothing_is_a_finding(tmp_path: Path, header: str, reason: str) -> None:
    pattern = "forbid: { kind: number }\ncounts: { b.ts: 1 }"

    report = report_of(tmp_path, pattern, {"a.ts": "", "a.yml": "a: 1"}, header)

    assert any(reason in finding.message for finding in report.findings if finding.rule == "vacuous-rule")


NEEDLES = {
    "forbid: { pattern: 'legacy($A)' }": ("legacy", "modern(1)"),
    "forbid: { pattern: \"load('old', $$$)\" }": ("load old", "load('new')"),
    "forbid: { pattern: await $A }": ("await", "a.then()"),
    "forbid: { any: [{ pattern: one() }, { pattern: two() }] }": ("two", "three()"),
    "forbid: { kind: number, inside: { pattern: 'legacy($$$)', stopBy: end } }": ("legacy", "modern(1)"),
}


@pytest.mark.parametrize("pattern", NEEDLES)
def test_only_files_with_the_texts_of_a_pattern_are_parsed(tmp_path: Path, pattern: str) -> None:
    holding, other = NEEDLES[pattern]
    demand = demand_of(tmp_path, pattern)

    assert may_match(demand, Source("a.ts", holding.encode()))
    assert not may_match(demand, Source("a.ts", other.encode()))
    assert not may_match(demand, Source("a.yml", holding.encode()))


def test_a_page_may_spell_a_text_with_character_references(tmp_path: Path) -> None:
    files = {"a.html": '<button onclick="&#101;val(1)"></button>'}

    report = report_of(tmp_path, "forbid: { pattern: eval($X) }", files)

    assert len(report.findings) == 1


COMPONENTS = {
    "a.vue": "<template><p @click='eval(a)' :b=\"eval(b)\">{{ eval(c) }} eval(d)</p></template>\n<!-- eval(e) -->",
    "b.svelte": "{#if eval(a)}<p on:click={() => eval(b)} title='{eval(c)} eval(d)'>eval(e)</p>{/if}",
    "c.astro": "---\neval(a);\n---\n<p title={eval(b)}>{list.map((each) => <b>{eval(c)} eval(d)</b>)}</p>",
}


@pytest.mark.parametrize("path", COMPONENTS)
def test_code_in_the_markup_of_components_is_code(tmp_path: Path, path: str) -> None:
    header = "  message: '{X}'\n"

    report = report_of(tmp_path, "forbid: { pattern: eval($X) }", {path: COMPONENTS[path]}, header)

    assert sorted(finding.message for finding in report.findings) == ["a", "b", "c"]
    assert report.complete


def test_what_is_put_around_code_in_markup_is_no_code(tmp_path: Path) -> None:
    files = {
        "a.astro": "<Card>{many ? <b /> : other.length}</Card>",
        "b.vue": "<template><p :size='a.b' /></template>",
    }
    kinds = ("number", "jsx_element", "jsx_self_closing_element", "parenthesized_expression", "program")
    rule = f"forbid: {{ any: [{', '.join(f'{{ kind: {kind} }}' for kind in kinds)}] }}"

    assert report_of(tmp_path, rule, files).findings == ()


def test_signatures_say_no_names_so_any_file_may_hold_them(tmp_path: Path) -> None:
    demand = demand_of(tmp_path, "forbid: { pattern: { context: go(1), strictness: signature } }")

    assert may_match(demand, Source("a.ts", b"run(2)"))


def demand_of(folder: Path, pattern: str) -> PatternDemand:
    from archlint.kinds.pattern import demand
    from archlint.project import Project

    (rule,) = config_of(folder, rules=f"- id: some-code\n  pattern:\n    {pattern}\n").rules
    (asked,) = demand(rule, Project((), {}))
    assert isinstance(asked, PatternDemand)
    assert asked.scope == Scope()
    return asked


HOSTILE_PATTERNS = {
    "items in a line": "- " * 254 + "x",
    "keys without names": "? " * 300,
    "items in lines of their own": "".join(" " * depth + "-\n" for depth in range(120)) + "- " * 140,
    "items after a carriage return": 'a: "\r' + "- " * 254,
}


@pytest.mark.parametrize("name", HOSTILE_PATTERNS)
@pytest.mark.parametrize("form", ['"pattern": {}', '"not": {{ "pattern": {{ "context": {} }} }}'])
def test_a_yaml_pattern_that_could_kill_the_parser_is_refused(tmp_path: Path, name: str, form: str) -> None:
    body = form.format(json.dumps(HOSTILE_PATTERNS[name]))
    rule = f"rules:\n  - id: a-rule\n    pattern: {{ language: yaml, forbid: {{ {body} }} }}\n"
    write_tree(tmp_path, {"archlint.toml": 'rules = ["a.yml"]', "a.yml": rule, "b.yml": "a: b"})

    run = archlint("check", cwd=tmp_path)

    assert "a.yml:3:" in run.stderr
    assert "may nest too deep to be parsed" in run.stderr
    assert run.returncode == 2
