"""What tests depend on, and under which circumstances constants count."""

from pathlib import Path

import pytest

from archlint.model import Report
from tests.config.configs import mistakes_of
from tests.trees import check_rule


def places(report: Report) -> list[str]:
    return [f"{finding.place.path}:{finding.place.span.line}" for finding in report.findings]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("condition: {}", 'missing key "reads"'),
        ("condition: { reads: [] }", "'reads' names at least one name"),
        ("condition: { reads: '/(/' }", "bad name pattern '/(/'"),
        ("condition: { reads: a, choses: b }", 'did you mean "chooses"?'),
        ("condition: { reads: a, against: '/(/' }", "bad name pattern '/(/'"),
        ("value: { forbid: a, at: [{ variable: b }], when: { fallbak: true } }", 'did you mean "fallback"?'),
        ("value: { forbid: a, at: [{ variable: b }], when: { tests: '/(/' } }", "bad name pattern '/(/'"),
    ],
)
def test_a_mistake_in_the_options_is_told(tmp_path: Path, rule: str, expected: str) -> None:
    (mistake,) = mistakes_of(tmp_path, 'rules = "rules.yml"', f"rules:\n  - {{ id: a-rule, {rule} }}\n")

    assert expected in mistake


def test_a_file_without_the_name_is_not_parsed(tmp_path: Path) -> None:
    files = {"a.ts": "if (flag) go();", "b.ts": "function ((( {"}

    report = check_rule(tmp_path, "condition: { reads: flag }", files)

    assert (places(report), report.problems) == (["a.ts:1"], ())


@pytest.mark.parametrize(
    "code",
    [
        "if (flag) go();",
        "if (!user.flag) go();",
        "if (user?.flag) go();",
        "if (user['flag']) go();",
        "const a = flag ? 1 : 2;",
        "const a = flag && go();",
        "const a = flag || go();",
        "const a = user.flag ?? go();",
        "a ||= go(flag || 1);",
        "flag &&= go();",
        "while (flag) go();",
        "do go(); while (flag);",
        "for (; flag; ) go();",
        "switch (flag) { case 1: go(); }",
        "switch (true) { case 1: if (flag.size) go(); }",
        "const is = flag; if (is) go();",
        "const { flag: is } = user; if (is) go();",
        "const is = () => user.flag; if (is()) go();",
        "function is() { return !flag; } if (!is()) go();",
        "const flags = { is: user.flag }; if (flags.is) go();",
        "if (Boolean(flag)) go();",
        "if (users.some((user) => user.flag)) go();",
        "const a = <A>{flag && <B />}</A>;",
    ],
)
def test_what_depends_on_a_name(tmp_path: Path, code: str) -> None:
    assert places(check_rule(tmp_path, "condition: { reads: flag }", {"a.tsx": code})) == ["a.tsx:1"]


@pytest.mark.parametrize(
    "code",
    [
        "send(flag);",
        "const row = { flag: user.flag };",
        "if (other) go(flag);",
        "const a = other ? flag : 1;",
        "let flag = 1;",
        "if (flags) go();",
        "// if (flag) go();",
        "log('if (flag) go();');",
        "let is = flag; is = other; if (is) go();",
        "function is(flag) { return 1; } if (is()) go();",
        "type A = B extends flag ? 1 : 2;",
        "const flag = a === b;",
        "const a = flag === 1;",
    ],
)
def test_what_does_not(tmp_path: Path, code: str) -> None:
    assert places(check_rule(tmp_path, "condition: { reads: flag }", {"a.tsx": code})) == []


def test_a_condition_in_a_page_is_one(tmp_path: Path) -> None:
    files = {
        "a.html": "<script>\nif (location.hostname === 'a') go();\n</script>",
        "b.vue": "<script setup>\nconst a = location.hostname ? 1 : 2;\n</script>",
    }

    assert places(check_rule(tmp_path, "condition: { reads: location.hostname }", files)) == [
        "a.html:2",
        "b.vue:2",
    ]


def test_exports_are_followed_to_those_who_test_them(tmp_path: Path) -> None:
    files = {
        "env.ts": "export const isLocal = location.hostname === 'a';",
        "barrel.ts": "export * from './env';",
        "more.ts": "import { isLocal } from './barrel';\nexport const isDev = isLocal;",
        "a.ts": "import { isDev as dev } from './more';\nif (dev) go();",
        "b.ts": "import { isDev } from './other';\nif (isDev) go();",
        "other.ts": "export const isDev = 1;",
    }

    report = check_rule(tmp_path / "all", "condition: { reads: location.hostname }", files)
    allowed = check_rule(
        tmp_path / "some", "ignores: [env.ts], condition: { reads: location.hostname }", files
    )

    assert (places(report), places(allowed)) == (["a.ts:2"], [])
    assert [remark.place.path for remark in report.findings[0].flows[0]] == ["env.ts", "more.ts", "a.ts"]


FALLBACKS = [
    "const plan = input ?? 'x';",
    "const plan = input || 'x';",
    "plan ??= 'x';",
    "const plan = input ? input : 'x';",
    "const plan = !input ? 'x' : input;",
    "let plan; if (!plan) plan = 'x';",
    "let plan; if (!plan) { plan = 'x'; }",
    "const { plan = 'x' } = input;",
    "const X = 'x'; const plan = input ?? X;",
    "const inner = input ?? 'x'; const plan = inner;",
    "let plan; switch (kind) { default: plan = 'x'; }",
]
PLAIN = [
    "const plan = 'x';",
    "const plan = input ? 'x' : 'y';",
    "const plan = input && 'x';",
    "if (input) { const plan = 'x'; }",
    "let plan; switch (kind) { case 1: plan = 'x'; }",
]


@pytest.mark.parametrize(
    ("code", "expected"), [*((code, 1) for code in FALLBACKS), *((code, 0) for code in PLAIN)]
)
def test_what_is_a_fallback(tmp_path: Path, code: str, expected: int) -> None:
    rule = "value: { forbid: x, at: [{ variable: plan, property: plan }], when: { fallback: true } }"

    assert len(places(check_rule(tmp_path, rule, {"a.ts": code}))) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("const plan = id ? 'y' : 'x';", 1),
        ("const plan = user.id && 'x';", 1),
        ("const plan = id ?? 'x';", 1),
        ("if (!id) { const plan = 'x'; }", 1),
        ("function f() { if (id) return; const plan = 'x'; }", 1),
        ("function f() { if (id) log(); const plan = 'x'; }", 0),
        ("function f() { const plan = 'x'; if (id) return; }", 0),
        ("const has = !!id; const plan = has ? 'y' : 'x';", 1),
        ("const has = () => user.id; const plan = has() ? 'y' : 'x';", 1),
        ("switch (id) { case 1: { const plan = 'x'; } }", 1),
        ("const inner = id ? 'y' : 'x'; const other = inner; const plan = other;", 1),
        ("const plan = id2 ? 'y' : 'x'; send(id);", 0),
        ("const plan = other ? 'y' : 'x'; const b = id ? 1 : 2;", 0),
        ("if (id) list.map(() => { const plan = 'x'; });", 0),
    ],
)
def test_which_test_decides_about_a_constant(tmp_path: Path, code: str, expected: int) -> None:
    rule = "value: { forbid: x, at: [{ variable: plan }], when: { tests: id } }"

    assert len(places(check_rule(tmp_path, rule, {"a.ts": code}))) == expected


def test_circumstances_count_where_an_imported_constant_is_used(tmp_path: Path) -> None:
    files = {
        "x.ts": "export const X = 'x';",
        "a.ts": "import { X } from './x';\nexport const plan = id ? 'y' : X;",
        "b.ts": "import { X } from './x';\nexport const plan = X;",
    }
    rule = "value: { forbid: x, at: [{ variable: plan }], when: { tests: id } }"

    (found,) = check_rule(tmp_path, rule, files).findings

    assert [remark.place.path for remark in found.flows[0]][-1] == "a.ts"


def test_only_and_require_know_circumstances_too(tmp_path: Path) -> None:
    files = {"a.ts": "const plan = id ? 'x' : 'y';", "b.ts": "const plan = 'z';"}

    only = check_rule(
        tmp_path / "only", "value: { only: x, at: [{ variable: plan }], when: { tests: id } }", files
    )
    require = check_rule(
        tmp_path / "require", "value: { require: x, at: [{ variable: plan }], when: { tests: id } }", files
    )

    assert places(only) == ["a.ts:1"]
    assert places(require) == ["b.ts:1"]


PYTHON = [
    ("password = get() or 'x'", 1),
    ("import os; password = os.getenv('PASSWORD', 'x')", 1),
    ("def login(password='x'): pass", 1),
    ("password = other if other else 'x'", 1),
    ("password = 'x' if is_new else other", 0),
    ("password = 'x'", 0),
]


@pytest.mark.parametrize(("code", "expected"), PYTHON)
def test_a_fallback_in_python(tmp_path: Path, code: str, expected: int) -> None:
    rule = "value: { forbid: x, at: [{ variable: password, parameter: password, env: PASSWORD }], when: { fallback: true } }"

    assert len(places(check_rule(tmp_path, rule, {"a.py": code}))) == expected
