"""How often symbols are defined and what functions call: what only whole trees can show."""

from pathlib import Path

import pytest

from archlint.model import Report
from tests.config.configs import mistakes_of
from tests.trees import check_rule


def run(tmp_path: Path, definition: str, files: dict[str, str], header: str = "") -> Report:
    return check_rule(tmp_path, f"{header} definition: {definition}", files)


def told(report: Report) -> list[str]:
    return [
        f"{finding.place.path}:{finding.place.span.line} {finding.message}" for finding in report.findings
    ]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("{ exactly: 1 }", "definition says which symbols it means: name, or what a function makes"),
        ("{ name: a }", "definition needs exactly, at-most or calls"),
        ("{ name: a, exactly: 1, at-most: 2 }", "'exactly' and 'at-most' do not go together"),
        ("{ name: a, at-most: -1 }", "a number is zero or more"),
        ("{ name: '/(/', exactly: 1 }", "bad name pattern '/(/'"),
        ("{ name: a, sort: functon, exactly: 1 }", 'did you mean "function"?'),
        ("{ name: a, calls: { requires: b } }", 'unknown key "requires"; did you mean "require"?'),
        ("{ name: a, calls: { order: [b] } }", "an order is of two calls or more"),
        ("{ name: a, calls: { forbid: { call: b, argument: { 0: x } } } }", 'did you mean "arguments"?'),
        ("{ makes: { call: '/(/' }, at-most: 1 }", "bad name pattern '/(/'"),
        ("{ name: a, exactly: 1, per: package, in: ['x/**'] }", "'per' and 'in' do not go together"),
        ("{ name: a, exactly: 1, in: ['zone:app'] }", 'unknown zone "app"'),
    ],
)
def test_a_mistake_in_the_options_is_told(tmp_path: Path, definition: str, expected: str) -> None:
    rules = f"rules:\n  - id: a-rule\n    definition: {definition}\n"

    (mistake,) = mistakes_of(tmp_path, 'rules = "rules.yml"', rules)

    assert expected in mistake


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("{ name: gone, exactly: 1 }", "nothing it looks at defines 'gone'"),
        ("{ makes: gone, at-most: 1 }", "nothing it looks at defines a function that calls 'gone'"),
        ("{ name: here, exactly: 1, in: [a.ts, b.ts] }", "nothing defines 'here' in 'b.ts'"),
        ("{ name: here, calls: { only-here: gone } }", "nothing it looks at calls 'gone'"),
        ("{ name: here, calls: { order: [one, gone] } }", "nothing it looks at calls 'gone'"),
    ],
)
def test_a_rule_that_looks_at_nothing_is_told(tmp_path: Path, definition: str, expected: str) -> None:
    report = run(tmp_path, definition, {"a.ts": "function here() { one(); }", "b.ts": "one();"})

    assert [finding.rule for finding in report.findings] == ["vacuous-rule"]
    assert expected in report.findings[0].message


def test_a_file_without_the_name_is_not_parsed(tmp_path: Path) -> None:
    files = {"a.ts": "export function open() {}", "b.ts": "function ((( {"}

    assert run(tmp_path, "{ name: open, exactly: 1 }", files).problems == ()


def test_a_call_is_followed_through_barrels_defaults_and_namespaces(tmp_path: Path) -> None:
    files = {
        "base.ts": "export default function base() { return target(); }",
        "mid/index.ts": "export * from './deep'; export * as deep from './deep';",
        "mid/deep.ts": "import whatever from '../base';\nexport const api = { go() { return whatever(); } };",
        "top.ts": "import { deep } from './mid';\nexport function handle() { deep.api.go(); }",
        "other.ts": "import { api } from './mid';\nexport function handle() { api.stop(); }",
    }

    (found,) = told(run(tmp_path, "{ name: handle, calls: { forbid: target } }", files))

    assert found == "top.ts:2 'handle' must not call 'target', and does through deep.api.go"


def test_a_function_of_the_same_name_in_another_file_is_another(tmp_path: Path) -> None:
    files = {
        "a.ts": "export function base() { return target(); }",
        "b.ts": "const base = () => 1;\nexport function handle() { return base(); }",
    }

    assert told(run(tmp_path, "{ name: handle, calls: { forbid: target } }", files)) == []


def test_functions_that_call_each_other_come_to_an_end(tmp_path: Path) -> None:
    code = "function a() { b(); }\nfunction b() { a(); c(); }\nconst c = () => c();\n"

    report = run(tmp_path, "{ name: a, calls: { forbid: target, require: c } }", {"a.ts": code})

    assert told(report) == []


def test_inside_says_in_which_functions_a_symbol_is_meant(tmp_path: Path) -> None:
    code = "function outer() { const send = () => 1; }\nfunction other() { const send = () => 2; }\n"

    report = run(tmp_path, "{ name: send, exactly: 0 }", {"a.ts": code}, "inside: { function: outer },")

    assert told(report) == ["a.ts:1 'send' is defined here; 'send' must not be"]


def test_too_few_definitions_are_told_at_the_first(tmp_path: Path) -> None:
    report = run(tmp_path, "{ name: a, exactly: 2 }", {"a.ts": "class a {}"})

    assert told(report) == ["a.ts:1 there is 1 of 2 definitions of 'a'"]


@pytest.mark.parametrize(
    "code",
    [
        "import { open } from './x';",
        "export { open } from './x';",
        "export { other as open } from './x';",
        "const { open } = require('./x');",
        "const open = require('./x');",
        "const open = shared.open;",
        "declare const open: () => void;",
        "interface A { open(): void }",
        "abstract class A { abstract open(): void }",
        "function f(open) {}",
        "function f() { const open = useOpen(); }",
        "f({ open });",
        "class A { set open(value) {} }",
        "let open;",
    ],
)
def test_what_has_the_name_and_is_no_definition(tmp_path: Path, code: str) -> None:
    assert told(run(tmp_path, "{ name: open, exactly: 0 }", {"a.ts": code, "b.ts": "x(open);"})) == []


@pytest.mark.parametrize(
    "code",
    [
        "function open() {}",
        "async function* open() {}",
        "export default function open() {}",
        "export const open = async () => {};",
        "const open = useCallback(() => {}, []);",
        "const open = memo(function Open() {});",
        "class A { open() {} }",
        "class A { open = () => {} }",
        "const a = { open() {} };",
        "const a = { open: () => {} };",
        "exports.open = () => {};",
        "class open {}",
        "abstract class open {}",
        "enum open { A }",
        "type open = string;",
        "export interface open {}",
        "export let open = 1;",
        "const open = withSession(async () => {});",
        "namespace A { export function open() {} }",
    ],
)
def test_what_defines_a_name(tmp_path: Path, code: str) -> None:
    assert len(told(run(tmp_path, "{ name: open, exactly: 0 }", {"a.ts": code}))) == 1


def test_constants_among_arguments_may_come_from_other_files(tmp_path: Path) -> None:
    files = {
        "events.json": '{ "events": { "open": "cart:open", "close": "cart:close" } }',
        "types.ts": "export const CLOSE = 'cart:close';",
        "a.ts": "import lifecycle from './events.json';\nconst { events } = lifecycle;\n"
        "export function announce(id) { frame.postMessage({ type: events.open, id }); }",
        "b.ts": "import { CLOSE } from './types';\nexport const forget = () => frame.postMessage({ type: CLOSE });",
    }

    report = run(
        tmp_path, "{ makes: { call: postMessage, arguments: { type: 'cart:open' } }, exactly: 0 }", files
    )

    assert [finding.place.path for finding in report.findings] == ["a.ts"]
