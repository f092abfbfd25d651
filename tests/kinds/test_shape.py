"""Which keys objects have: what only whole trees can show, and every way to make an object."""

from pathlib import Path

import pytest

from archlint.model import Report
from tests.config.configs import mistakes_of
from tests.trees import check_rule


def run(tmp_path: Path, shape: str, files: dict[str, str], header: str = "") -> Report:
    return check_rule(tmp_path, f"{header} shape: {shape}", files)


def told(report: Report) -> list[str]:
    return [
        f"{finding.place.path}:{finding.place.span.line} {finding.message}" for finding in report.findings
    ]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("{ exactly: [a] }", "shape says which objects it means: of, having"),
        ("{ having: { a: b } }", "shape needs exactly, at-least, types or same"),
        ("{ having: { a: b }, exactly: [a], at-least: [b] }", "'exactly' and 'at-least' do not go together"),
        ("{ having: { a: b }, exactly: [a], types: { c: string } }", "'c' is not among the keys"),
        ("{ having: { a: b }, exactly: [a], types: { a: text } }", 'found "text"'),
        ("{ having: { a: b }, exactly: [a], optional: [a] }", "'a' is among the keys that they always have"),
        ("{ of: {}, same: true }", "an entry of 'of' names at least one thing"),
        ("{ of: { varable: x }, same: true }", 'did you mean "variable"?'),
        ("{ of: { argument: { call: '/(/' } }, same: true }", "bad name pattern '/(/'"),
        ("{ having: { a: '/(/' }, same: true }", "bad name pattern '/(/'"),
        ("{ having: { a: b }, same: true, in: ['zone:app'] }", 'unknown zone "app"'),
        ("{ having: { a: b }, same: true, unknown: alow }", 'did you mean "allow"?'),
    ],
)
def test_a_mistake_in_the_options_is_told(tmp_path: Path, shape: str, expected: str) -> None:
    rules = f"rules:\n  - id: a-rule\n    shape: {shape}\n"

    (mistake,) = mistakes_of(tmp_path, 'rules = "rules.yml"', rules)

    assert expected in mistake


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("{ having: { type: gone }, exactly: [type] }", "no file builds such an object"),
        ("{ of: { variable: gone }, same: true }", "no file builds such an object"),
        (
            "{ having: { type: a }, exactly: [type], in: [a.ts, b.ts] }",
            "no file of 'b.ts' builds such an object",
        ),
    ],
)
def test_a_rule_that_looks_at_nothing_is_told(tmp_path: Path, shape: str, expected: str) -> None:
    report = run(tmp_path, shape, {"a.ts": "send({ type: 'a' });", "b.ts": "send({ type: 'b' });"})

    assert [finding.rule for finding in report.findings] == ["vacuous-rule"]
    assert expected in report.findings[0].message


def test_a_file_without_the_constant_is_not_parsed(tmp_path: Path) -> None:
    files = {"a.ts": "send({ type: 'cart' });", "b.ts": "function ((( { type"}

    assert run(tmp_path, "{ having: { type: cart }, exactly: [type] }", files).problems == ()


# Each sends { type, id } in its own way, and nothing else.
SOUND = [
    "send({ type: 'cart', id });",
    "send({ 'type': 'cart', ['id']: 1 });",
    "const type = 'cart'; send({ type, id });",
    "const TYPES = { cart: 'cart' } as const; send({ type: TYPES.cart, id: 1 });",
    "enum Types { Cart = 'cart' } const message = { type: 'cart', id: 1 }; send(message);",
    "const base = { type: 'cart' }; send({ ...base, id: 1 });",
    "const base = { id: 1, type: 'old' }; send({ ...base, type: 'cart' });",
    "send(Object.assign({}, { type: 'cart' }, { id: 1 }));",
    "send(Object.freeze({ type: 'cart', id: 1 }));",
    "send({ type: 'cart', id: 1 } as Message);",
    "const make = (id) => ({ type: 'cart', id }); send(make(1));",
    "function make(id) { log(); return { type: 'cart', id }; } send(make(1));",
    "function post(message) { send(message); } post({ type: 'cart', id: 1 }); post({ type: 'other' });",
    "function post({ message }) { send(message); } post({ message: { type: 'cart', id: 1 } });",
    "const { message } = { message: { type: 'cart', id: 1 } }; send(message);",
    "const message = { type: 'cart' }; message.id = 1; send(message);",
    "const message = useMemo(() => ({ type: 'cart', id: 1 }), []); send(message);",
    "send(isNew ? { type: 'cart', id: 1 } : { type: 'other' });",
    "send({ type: 'cart', ...(a ? { id: 1 } : { id: 2 }) });",
    "send({ type: 'cart', id() {} });",
    "interface Rest { id: string } function post(rest: Rest) { send({ type: 'cart', ...rest }); }",
    "type Rest = { id: string; b: 1 }; const post = (rest: Omit<Rest, 'b'>) => send({ type: 'cart', ...rest });",
    "type A = { a: 1; id: 2 }; const post = (rest: Pick<A, 'id'> & {}) => send({ type: 'cart', ...rest });",
    "const rest = load() as { id: string }; send({ type: 'cart', ...rest });",
    "async function load(): Promise<{ id: string }> { return fetch('/'); } send({ type: 'cart', ...(await load()) });",
    "class A { make() { return { id: 1 }; } post() { send({ type: 'cart', ...this.make() }); } }",
]


@pytest.mark.parametrize("code", SOUND)
def test_however_it_is_made_a_whole_object_is_fine(tmp_path: Path, code: str) -> None:
    shape = "{ of: { argument: { call: send } }, having: { type: cart }, exactly: [type, id] }"

    assert told(run(tmp_path, shape, {"a.ts": code})) == []


@pytest.mark.parametrize("code", SOUND)
def test_however_it_is_made_a_key_too_many_is_told(tmp_path: Path, code: str) -> None:
    shape = "{ of: { argument: { call: send } }, having: { type: cart }, exactly: [type] }"

    (found,) = told(run(tmp_path, shape, {"a.ts": code}))

    assert "has the key 'id', which is not one of the 1" in found


@pytest.mark.parametrize("code", SOUND)
def test_however_it_is_made_a_key_that_it_lacks_is_told(tmp_path: Path, code: str) -> None:
    shape = "{ of: { argument: { call: send } }, having: { type: cart }, at-least: [type, name] }"

    (found,) = told(run(tmp_path, shape, {"a.ts": code}))

    assert "lacks 'name'" in found


@pytest.mark.parametrize(
    ("code", "gap"),
    [
        ("send({ type: 'cart', ...rest });", "...rest"),
        ("export function post(rest) { send({ type: 'cart', ...rest }); }", "...rest"),
        ("send({ type: 'cart', [key]: 1 });", "[key]: 1"),
        ("send({ type: 'cart', ...new Rest() });", "new Rest()"),
        ("const message = { type: 'cart' }; message[key] = 1; send(message);", "message[key]"),
        ("let rest = { id: 1 }; rest = load(); send({ type: 'cart', ...rest });", "...rest"),
        ("import { rest } from 'elsewhere'; send({ type: 'cart', ...rest });", "...rest"),
        (
            "const message = { type: 'cart' }; Object.assign(message, more); send(message);",
            "Object.assign(message, more)",
        ),
        ("const post = (rest: Rest<string>) => send({ type: 'cart', ...rest });", "...rest"),
    ],
)
def test_what_cannot_be_looked_up_is_told_as_that(tmp_path: Path, code: str, gap: str) -> None:
    shape = "{ of: { argument: { call: send } }, having: { type: cart }, exactly: [type, id] %s }"

    (found,) = told(run(tmp_path / "told", shape % "", {"a.ts": code}))

    assert "nobody can tell whether it has 'id'" in found
    assert gap in found
    assert told(run(tmp_path / "allowed", shape % ", unknown: allow", {"a.ts": code})) == []


@pytest.mark.parametrize(
    "code",
    [
        "send({ type: 'cart', ...(a && { id: 1 }) });",
        "send({ type: 'cart', ...(a ? { id: 1 } : {}) });",
        "const message: any = { type: 'cart' }; if (a) message.id = 1; send(message);",
        "interface Rest { id?: string } const post = (rest: Rest) => send({ type: 'cart', ...rest });",
        "const post = (rest: Partial<{ id: string }>) => send({ type: 'cart', ...rest });",
        "function make(a) { if (a) return {}; return { id: 1 }; } send({ type: 'cart', ...make(1) });",
    ],
)
def test_a_key_that_is_there_sometimes_is_told_unless_it_is_optional(tmp_path: Path, code: str) -> None:
    of = "of: { argument: { call: send } }, having: { type: cart }"

    (found,) = told(run(tmp_path / "always", f"{{ {of}, exactly: [type, id] }}", {"a.ts": code}))

    assert "has 'id' only sometimes" in found
    assert told(run(tmp_path / "may", f"{{ {of}, exactly: [type], optional: [id] }}", {"a.ts": code})) == []


def test_objects_that_hold_each_other_come_to_an_end(tmp_path: Path) -> None:
    code = (
        "const a = { type: 'cart', ...b };\nconst b = { ...a };\nsend(a);\nfunction f(x) { f(x); send(x); }\n"
    )

    report = run(tmp_path, "{ of: { argument: { call: send } }, at-least: [type] }", {"a.ts": code})

    assert all("not known" in line or "lacks" in line for line in told(report))


def test_inside_confines_the_objects(tmp_path: Path) -> None:
    code = "function one() { send({ type: 'cart' }); }\nfunction two() { send({ type: 'cart' }); }\n"

    report = run(
        tmp_path, "{ having: { type: cart }, at-least: [id] }", {"a.ts": code}, "inside: { function: two },"
    )

    assert [finding.place.span.line for finding in report.findings] == [2]


def test_functions_that_hand_each_other_their_parameters_come_to_an_end_soon(tmp_path: Path) -> None:
    calls = "".join(f"f{other}(a, b.x); " for other in range(12))
    code = "".join(f"function f{number}(a, b) {{ {calls} send(a); }}\n" for number in range(12))

    report = run(tmp_path, "{ of: { argument: { call: send } }, at-least: [type] }", {"a.ts": code})

    assert report.problems == ()


@pytest.mark.parametrize(
    "lender",
    [
        "import lifecycle from './l.json';\nexport const { events, timing } = lifecycle;\n",
        "import lifecycle from './l.json';\nexport const { events = {}, ...rest } = lifecycle;\n",
        "import * as lifecycle from './l.json';\nconst { events } = lifecycle;\nexport { events };\n",
    ],
)
def test_what_is_exported_by_destructuring_is_known_to_those_who_import_it(
    tmp_path: Path, lender: str
) -> None:
    files = {
        "l.json": '{ "events": { "open": "cart:open", "close": "cart:close" } }',
        "lifecycle.ts": lender,
        "a.ts": "import { events } from './lifecycle';\n"
        "post({ type: events.close });\n"
        "post({ type: events.open });\n",
    }

    report = run(tmp_path, "{ having: { type: 'cart:open' }, exactly: [type, id] }", files)

    assert told(report) == ["a.ts:3 the object at argument 'post' lacks 'id'"]


def test_an_object_of_another_file_is_judged_once(tmp_path: Path) -> None:
    files = {
        "lib/headers.ts": "export const SHORT = { cache: 'no' };\n",
        "lib/build.ts": "export function build() {\n  return { id: 1 };\n}\n",
        "app/a.ts": "import { SHORT } from '../lib/headers';\n"
        "answer({ headers: SHORT });\n"
        "const headers = SHORT;\n"
        "answer({ headers });\n"
        "answer({ body: SHORT });\n",
        "app/b.ts": "import { build } from '../lib/build';\nconst built = build();\nsend(built);\n",
    }
    taken = "{ of: { property: headers }, having: { cache: '*' }, at-least: [cache, age] }"
    everywhere = "{ of: { return: '*', variable: '*', argument: { call: '*' } }, having: { id: '*' }, at-least: [id, name] }"

    assert [line[:10] for line in told(run(tmp_path / "a", taken, files))] == ["app/a.ts:2", "app/a.ts:4"]
    assert [line[:14] for line in told(run(tmp_path / "b", everywhere, files))] == ["lib/build.ts:2"]
