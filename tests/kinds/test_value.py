"""The kind ``value`` over real files: what its findings say, and what its options may be."""

import json
from pathlib import Path

import pytest

from archlint.model import Report
from tests.config.configs import mistakes_of
from tests.trees import check_tree, write_tree

UTF_16 = "open('workspace')".encode("utf-16")


def report_of(
    root: Path, rule: str, files: dict[str, str | bytes], paths: tuple[str, ...] = (), jobs: int = 1
) -> Report:
    rules = f"rules: [{{ id: a-rule, {rule} }}]"
    toml = "rules = 'rules.yml'\nexclude = ['rules.yml', 'archlint.toml']"
    write_tree(root, {**files, "rules.yml": rules, "archlint.toml": toml})
    return check_tree(root, paths=paths, jobs=jobs)


def told(report: Report) -> list[str]:
    return [f"{found.place.path}:{found.place.span.line} {found.message}" for found in report.findings]


MESSAGES = [
    ("forbid: x1, at: [{ property: a }]", "f({ a: 'x1' })", "'x1' is forbidden at property 'a'"),
    ("regex: 'x.', at: [{ property: a }]", "f({ a: 'x1' })", "'x1' is forbidden at property 'a'"),
    ("forbid: x1, at: [{ anywhere: true }]", "f('x1')", "'x1' is forbidden anywhere"),
    ("forbid: x1, at: [{ compare: '*' }]", "if (!a === 'x1') g()", "'x1' is forbidden at sink compare"),
    ("at: [{ identifier: OLD }]", "const OLD = f()", "the name 'OLD' is forbidden"),
    ("only: a, at: [{ query: q }]", "f('/?q=x1')", "'x1' at query 'q': only a may stand there"),
    ("only: [a, b], at: [{ anywhere: true }]", "f('x1')", "'x1' anywhere: only a, b may stand there"),
    (
        "require: x1, at: [{ query: q }]",
        "f('/?q=y')",
        "'x1' is required at query 'q'; this file lacks it there",
    ),
    (
        "require: x1, at: [{ query: q, property: [q, r] }]",
        "f('x1')",
        "'x1' is required at property 'q' or property 'r' or query 'q'; this file lacks it there",
    ),
    ("require: x1, at: [{ anywhere: true }]", "f()", "'x1' is required anywhere; this file lacks it there"),
    (
        "require: x1, per: rule, at: [{ query: q }]",
        "f()",
        "'x1' is required at query 'q'; no file of the rule has it there",
    ),
]


@pytest.mark.parametrize(("options", "code", "expected"), MESSAGES)
def test_a_finding_says_which_constant_breaks_the_rule_and_where(
    tmp_path: Path, options: str, code: str, expected: str
) -> None:
    report = report_of(tmp_path, f"value: {{ {options} }}", {"a.ts": code})

    assert [finding.message for finding in report.findings] == [expected]


MISTAKES = [
    ("forbid: x", '3:10: missing key "at"'),
    ("forbid: x, at: []", "3:27: 'at' names at least one sink"),
    ("forbid: x, at: [{}]", "3:28: an entry of 'at' names at least one sink, such as property or query"),
    ("forbid: x, at: [{ proprty: y }]", '3:30: unknown key "proprty"; did you mean "property"?'),
    ("at: [{ property: y }]", "3:10: value needs exactly one of forbid, only, require, format and regex"),
    (
        "forbid: x, only: y, at: [{ property: y }]",
        "3:10: value needs exactly one of forbid, only, require, format and regex",
    ),
    (
        "require: x, regex: y, at: [{ property: y }]",
        "3:10: value needs exactly one of forbid, only, require, format and regex",
    ),
    (
        "require: [], at: [{ property: y }]",
        "3:10: value needs exactly one of forbid, only, require, format and regex",
    ),
    (
        "require: x, per: folder, at: [{ property: y }]",
        '3:29: expected "file", "rule" or "entry", found "folder"',
    ),
    (
        "forbid: x, per: rule, at: [{ property: y }]",
        "3:28: 'per' says of whom something is required; it goes with require",
    ),
    ("requires: x, at: [{ property: y }]", '3:12: unknown key "requires"; did you mean "require"?'),
    (
        "at: [{ identifier: 'OLD*' }]",
        "3:31: 'OLD*' is no identifier; patterns are not allowed here",
    ),
]


@pytest.mark.parametrize(("options", "expected"), MISTAKES)
def test_a_mistake_in_the_options_has_its_place(tmp_path: Path, options: str, expected: str) -> None:
    rules = f"rules:\n- id: a\n  value: {{ {options} }}"

    assert expected in mistakes_of(tmp_path, rules=rules)[0]


REQUIRED = "files: ['apps/**'], value: { require: workspace, %s at: [{ query: subject }] }"
HAS_IT = "url.searchParams.set('subject', 'workspace');"


def test_what_a_file_requires_may_be_lent_to_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "shared/a.ts": "export const SUBJECT = 'workspace', OTHER = 'workspace';",
        "shared/index.ts": "export * from './a';",
        "apps/has.ts": "import { SUBJECT } from '../shared'; url.searchParams.set('subject', SUBJECT);",
        "apps/lacks.ts": "import { OTHER } from '../shared'; url.searchParams.set('plan', OTHER);",
    }

    report = report_of(tmp_path, REQUIRED % "", files)

    assert told(report) == [
        "apps/lacks.ts:1 'workspace' is required at query 'subject'; this file lacks it there"
    ]


@pytest.mark.parametrize("per", ["", "per: rule,"])
def test_nothing_is_said_to_be_lacking_where_a_file_could_not_be_read(tmp_path: Path, per: str) -> None:
    report = report_of(
        tmp_path, REQUIRED % per, {"apps/a.ts": UTF_16, "apps/b.ts": "f('workspace', subject, '"}
    )

    assert told(report) == []
    assert not report.complete


def test_one_file_of_the_rule_that_has_it_is_enough_although_the_run_is_confined_to_another(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = {"apps/a.ts": "open();", "apps/b.ts": HAS_IT}

    report = report_of(tmp_path, REQUIRED % "per: rule,", files, paths=("apps/a.ts",))

    assert told(report) == []


@pytest.mark.parametrize("options", ["forbid: devstudio", "only: workspace", "regex: dev.*"])
def test_a_run_confined_to_a_file_knows_what_other_files_lend_it(tmp_path: Path, options: str) -> None:
    files: dict[str, str | bytes] = {
        "shared/a.ts": "export const SUBJECT = 'devstudio';",
        "shared/index.ts": "export { SUBJECT as MODE } from './a';",
        "apps/a.ts": "import { MODE } from '../shared';\nurl.searchParams.set('subject', MODE);",
        "apps/b.ts": "import { MODE } from '../shared';\nurl.searchParams.set('mode', MODE);",
    }
    rule = f"files: ['apps/**'], value: {{ {options}, at: [{{ query: subject }}] }}"

    confined = report_of(tmp_path, rule, files, paths=("apps/a.ts",))

    assert [found.place.path for found in confined.findings] == ["apps/a.ts"]
    assert confined.findings == report_of(tmp_path, rule, files).findings


@pytest.mark.parametrize("spelling", ["7000", "7_000", "7e3", "7000.0", "0x1B58", "'7000'"])
def test_a_number_is_found_in_any_spelling_here_and_abroad(tmp_path: Path, spelling: str) -> None:
    files: dict[str, str | bytes] = {
        "a.ts": f"f({{ waitMs: {spelling} }});",
        "b.ts": f"export const LONG = {spelling};",
        "c.ts": "import { LONG } from './b'; f({ waitMs: LONG });",
        "d.ts": "f({ waitMs: 70_000 });",
    }

    report = report_of(tmp_path, "value: { forbid: ['x', '7000'], at: [{ property: waitMs }] }", files)

    assert [found.place.path for found in report.findings] == ["a.ts", "b.ts"]


RETIRED = "value: { forbid: x1, at: [{ identifier: OLD, variable: OLD, key: OLD, query: q }] }"
BOUND: list[tuple[str, str, list[str]]] = [
    ("a.ts", "const OLD = 'x1';", ["variable 'OLD'"]),
    ("a.ts", "const OLD =\n  'x1';", ["variable 'OLD'"]),
    ("a.ts", "const OLD = f();", ["the name 'OLD'"]),
    ("a.ts", "const OLD = f();\n\nlet a = { OLD: b ?? 'x1' };", ["the name 'OLD'", "the name 'OLD'"]),
    ("a.ts", "const a = { b: 'x1' };\n\nconst { b: OLD } = a;\nfetch('/?q=' + OLD);", ["query 'q'"]),
    ("a.py", "OLD = 'x1'\n\nb.OLD = f()", ["variable 'OLD'", "the name 'OLD'"]),
    ("a.sh", "OLD=x1\n\nf $OLD", ["variable 'OLD'", "the name 'OLD'"]),
    ("a.yml", "OLD: x1", ["key 'OLD'"]),
    ("a.yml", "OLD: y", ["the name 'OLD'"]),
]


@pytest.mark.parametrize(("path", "code", "expected"), BOUND)
def test_a_name_is_not_told_where_a_constant_that_breaks_the_rule_is_bound_to_it(
    tmp_path: Path, path: str, code: str, expected: list[str]
) -> None:
    findings = report_of(tmp_path, RETIRED, {path: code}).findings

    assert [text in found.message for found, text in zip(findings, expected, strict=True)] == [True] * len(
        expected
    )


def test_a_name_is_told_whatever_constants_other_rules_ask_for(tmp_path: Path) -> None:
    code = "const OLD = 'x1';"
    rule = "value: { at: [{ identifier: OLD }] } }, { id: b, value: { forbid: x1, at: [{ variable: OLD }] }"

    assert told(report_of(tmp_path, rule, {"a.ts": code})) == [
        "a.ts:1 the name 'OLD' is forbidden",
        "a.ts:1 'x1' is forbidden at variable 'OLD'",
    ]


def test_what_an_ignored_file_lends_is_no_breach_whatever_other_rules_ask_for(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.test.ts": "export const OLD = 'devstudio';",
        "b.ts": "import { OLD } from './a.test'; f({ subject: OLD });",
    }
    judged = "value: { forbid: devstudio, at: [{ property: subject }] }"
    rule = f"ignores: ['*.test.ts'], {judged} }}, {{ id: b, {judged}"

    assert [found.rule for found in report_of(tmp_path, rule, files).findings] == ["b"]


def test_one_literal_gives_one_finding_with_a_way_to_each_of_its_sinks(tmp_path: Path) -> None:
    sinks = "\n".join("url.searchParams.set('subject', OLD);" for _ in range(12))
    files: dict[str, str | bytes] = {
        "a.ts": "export const OLD = 'devstudio';",
        "b.ts": f"import {{ OLD }} from './a';\n{sinks}",
    }

    (finding,) = report_of(tmp_path, "value: { forbid: devstudio, at: [{ query: subject }] }", files).findings

    assert [remark.place.span.line for remark in finding.related] == [*range(2, 12)]
    assert [[(step.place.path, step.text) for step in way] for way in finding.flows] == 10 * [
        [
            ("a.ts", "'devstudio' is written here"),
            ("a.ts", "held by 'OLD'"),
            ("b.ts", "imported as 'OLD'"),
            ("b.ts", "reaches query 'subject'"),
        ]
    ]


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"a{n}.ts": f"export * from './a{n + 1}';" for n in range(6)}
    files["a6.ts"] = "export const OLD = 'devstudio', MODE = { old: 'devstudio' };"
    for n in range(6):
        files[f"b{n}.ts"] = (
            f"import {{ OLD, MODE }} from './a{n}';\nf({{ subject: OLD }}); f({{ subject: MODE.old }});"
        )
    rule = "value: { forbid: devstudio, at: [{ property: subject }] }"

    alone, together = (report_of(tmp_path, rule, files, jobs=jobs).findings for jobs in (1, 4))

    assert alone == together
    assert [len(finding.flows) for finding in alone] == [6, 6]


def test_a_file_that_cannot_be_read_is_told_where_a_constant_may_pass_through_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "lib/old.ts": "export const OLD = 'x1';",
        "lib/index.ts": b"// caf\xe9\nexport * from './old';",
        "lib/alone.ts": b"// caf\xe9\nexport * from './nothing';",
        "app/a.ts": "import { OLD } from '../lib';\nf({ a: OLD });",
    }
    report = report_of(tmp_path, "files: ['app/**'], value: { forbid: x1, at: [{ property: a }] }", files)

    assert [problem.path for problem in report.problems] == ["lib/index.ts"]
    assert report.exit_code == 3


@pytest.mark.parametrize(
    ("offence", "look_alike"),
    [
        ("function open(plan) {} open('old');", "function open(plan) {} shop.open('old');"),
        (
            "const open = (id, plan = 'x') => id; open(1, 'old');",
            "const open = (plan, id) => id; open(1, 'old');",
        ),
        ("const open = plan => plan; open('old');", "const open = style => style; open('old');"),
        (
            "function open(/* a */ id: string, plan?: string) {} open(1, 'old');",
            "function open(...plan) {} open('old');",
        ),
        ("const a: Plan = 'old';", "const a: Style = 'old';"),
        ("send('old' as Plan);", "send('old' as const);"),
        (
            "const all: readonly Plan[] = ['old'];",
            "const byPlan: Map<Plan, string> = new Map([['x', 'old']]);",
        ),
        (
            "const f = (): Plan | null => (x ? 'old' : null);",
            "const f = (): Style => { const p: Plan = g(); return 'old'; };",
        ),
        (
            "function f(): Promise<Plan> | Plan { return 'old'; }",
            "function f(): Promise<Plan> { log('old'); return g(); }",
        ),
        ("class A { a: Plan = 'old'; }", "class A { a: Plan = f('old'); }"),
        (
            "async function f(): Promise<Plan[]> { return ['old']; }",
            "const f = (): Map<Plan, 'x'> => g('old');",
        ),
        ("function f(a: Plan = 'old') {}", "function f(a: Plan, b = 'old') {}"),
    ],
)
def test_a_sink_goes_by_the_parameter_it_is_for_and_the_type_it_is_of(
    tmp_path: Path, offence: str, look_alike: str
) -> None:
    rule = "value: { forbid: old, at: [{ parameter: plan, type: Plan }] }"
    write_tree(
        tmp_path, {"archlint.toml": 'rules = ["r.yml"]\n', "r.yml": f"rules: [{{ id: a-rule, {rule} }}]"}
    )
    write_tree(tmp_path, {"a.ts": offence, "b.ts": look_alike})

    report = check_tree(tmp_path, jobs=1)

    assert [finding.place.path for finding in report.findings] == ["a.ts"]


@pytest.mark.parametrize(
    ("path", "code", "value"),
    [
        ("a.ts", r"open({ subject: 'it\'s' })", "it's"),
        ("a.json", r'{ "subject": "a\/b" }', "a/b"),
        ("a.json", r'{ "subject": "say \"x\"" }', 'say "x"'),
        ("a.yml", "subject: 'it''s'\n", "it's"),
        ("a.yml", "subject: two\n  words\n", "two words"),
        ("a.tsx", "<A subject='a&amp;b' />", "a&b"),
        ("a.ts", r"open({ subject: 'a\ud83d\ude0a' })", "a\U0001f60a"),
        ("a.ts", r"open({ subject: `\ud83d\ude0a` })", "\U0001f60a"),
        ("a.py", r"open(subject='it\'s')", "it's"),
        ("a.toml", r'subject = "a\tb"', "a\tb"),
    ],
)
def test_a_constant_is_found_however_its_characters_are_written(
    tmp_path: Path, path: str, code: str, value: str
) -> None:
    rule = f"value: {{ forbid: {json.dumps(value, ensure_ascii=False)}, at: [{{ property: subject, key: subject, attribute: subject }}] }}"

    assert [finding.place.path for finding in report_of(tmp_path, rule, {path: code}).findings] == [path]


@pytest.mark.parametrize(
    ("path", "code", "regex"),
    [
        ("a.ts", r"const s = 'a\nb';", r"a\sb"),
        ("a.ts", "const s = 'hel\\\nlo';", "hello"),
        ("a.ts", "const s = `hel${'lo'}`;", "hello"),
        ("a.ts", r"const s = 'h\u0065llo';", "hello"),
        ("a.ts", "const s = 'it&b';", r"it\Q&\Eb"),
        ("a.ts", "const n = 7_000;", "7000"),
        ("a.tsx", "<a title='x&amp;y'>text</a>", "x&y"),
        ("a.json", r'{ "k": "pg:\/\/u:p@h" }', r"\w+://\S+@\S+"),
        ("a.json", r'{ "k": "say \"x\"" }', r'say "\w"'),
        ("a.yml", "k: 'it''s me'\n", r"it's \w+"),
        ("a.yml", "k: two\n  words\n", "two words"),
        ("a.html", "<a title='x&amp;y'>text</a>", "x&y"),
        ("a.py", "s = 'hel' 'lo'\n", "hello"),
        ("a.sh", "s=hel'lo'\n", "hello"),
        ("a.toml", 's = "a\\tb"\n', r"a\sb"),
    ],
)
def test_a_constant_is_found_by_expression_however_its_characters_are_written(
    tmp_path: Path, path: str, code: str, regex: str
) -> None:
    rule = f"value: {{ regex: {json.dumps(regex)}, at: [{{ anywhere: true }}] }}"

    assert {finding.place.path for finding in report_of(tmp_path, rule, {path: code}).findings} == {path}


@pytest.mark.parametrize(
    "code", ["fetch('/a?b=hel%6Co');", "fetch('/a?b=' + 'hel' + 'lo');", "fetch('/a?b=hello')"]
)
def test_an_expression_means_what_a_constant_is_read_as(tmp_path: Path, code: str) -> None:
    report = report_of(tmp_path, "value: { regex: hello, at: [{ query: b }] }", {"a.ts": code})

    assert {finding.place.path for finding in report.findings} == {"a.ts"}


@pytest.mark.parametrize("name", ["/pl.n-b/", "pl*-b"])
def test_a_sink_is_found_by_name_however_its_characters_are_written(tmp_path: Path, name: str) -> None:
    rule = f"value: {{ regex: '.+', at: [{{ property: '{name}' }}] }}"
    spellings = [r"'pl\u0061n-b'", r"'pl\an\-b'", "'pla\\\nn-b'", "'plan-b'"]
    files: dict[str, str | bytes] = {
        f"{at}.ts": f"open({{ {name}: 'x' }})" for at, name in enumerate(spellings)
    }

    report = report_of(tmp_path, rule, {**files, "other.ts": "open({ 'plan-c': 'x' })"})

    assert [finding.place.path for finding in report.findings] == sorted(files)
