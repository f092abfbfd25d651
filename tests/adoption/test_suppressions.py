"""What comments and archlint.toml allow, and what is said of those that allow nothing."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.allowing import Misspoken, parsed
from archlint.errors import ConfigError
from archlint.languages.comments import comments
from archlint.model import Report, Span
from archlint.source import Source
from archlint.suppression import Comment, Suppression
from tests.trees import check_tree, write_tree

TODAY = date(2026, 11, 22)
RULES = """
rules:
  - id: breach
    why: It is wrong.
    ignores: [rules.yml, archlint.toml]
    text: { forbid: 'KEPT|GONE' }
  - id: other
    files: ["**"]
    ignores: [rules.yml, archlint.toml]
    text: { forbid: OTHER }
"""

# In each file what is KEPT must be found, what is GONE must be allowed, and nothing else may be said.
IN_EVERY_LANGUAGE = {
    "own-line.ts": """
GONE(); // archlint: allow breach -- reason
KEPT();
f(GONE); /* archlint: allow breach -- reason */ g(GONE);
KEPT();
""",
    "next-statement.ts": """
// archlint: allow breach -- reason
f({
  a: GONE,
  b: [GONE],
});
KEPT();
// archlint: allow breach -- reason

// another comment
/** and another */
GONE();
KEPT();
""",
    "in-an-object.ts": """
f({
  // archlint: allow breach -- reason
  a: {
    b: GONE,
  },
  c: KEPT,
  // archlint: allow breach -- reason
  ...GONE,
});
class A {
  // archlint: allow breach -- reason
  @Input()
  @Output() a = GONE;
  b = KEPT;
}
""",
    "blocks.mts": """
/*
 * archlint: allow breach -- a reason
 * of two lines #12
 *
 * Words about what follows.
 */
GONE();
/**
 * archlint: allow breach -- a reason
 * @param x
 */
GONE();
x(); // @ts-ignore // archlint: allow breach -- GONE
""",
    "strings.js": """
const a = "// archlint: allow breach -- reason KEPT";
const b = `
// archlint: allow breach -- reason
KEPT`;
const c = /archlint: allow breach -- KEPT/;
KEPT(); // as in "// archlint: allow breach -- reason"
KEPT(); // then archlint: allow breach -- reason
KEPT(); // as in `a(); // archlint: allow breach -- reason`
KEPT(); // or "a(); // archlint: allow breach -- reason"
""",
    "markup.tsx": """
const a = (
  <div>
    {/* archlint: allow breach -- reason */}
    <Open
      plan="GONE"
    />
    <Open plan="KEPT" />
    // archlint: allow breach -- a text of the page, no comment
    <b>KEPT</b>
    <i>GONE</i> {/* archlint: allow breach -- reason */}
  </div>
);
""",
    "page.html": """
<!-- archlint: allow breach -- reason -->
<div
  class="GONE">
  GONE
</div>
<p>KEPT</p>
<b>GONE</b> <!-- archlint: allow breach -- reason -->
<textarea><!-- archlint: allow breach -- a text -->
KEPT</textarea>
<script>
// archlint: allow breach -- reason
f(
  GONE);
KEPT;
const a = "<!-- archlint: allow breach -- reason --> KEPT";
</script>
<style>
/* archlint: allow breach -- reason */
.GONE {
  color: GONE;
}
.KEPT { color: red; }
</style>
<script type="application/json">
{ "a": "KEPT" }
</script>
""",
    ".github/workflows/a.yml": """
name: x
on:
  # archlint: allow breach -- reason
  push:
    branches: [GONE]
  pull_request:
    branches: [KEPT]
env:
  A: GONE # archlint: allow breach -- reason
  B: "KEPT # archlint: allow breach -- reason"
jobs:
  a:
    steps:
      # archlint: allow breach -- reason
      - uses: GONE
        with: { a: GONE }
      - run: |
          # archlint: allow breach -- reason
          a GONE \\
            GONE
          b KEPT
          c GONE # archlint: allow breach -- reason
          echo "# archlint: allow breach -- reason KEPT"
          cat <<X
          # archlint: allow breach -- reason
          KEPT
          X
""",
    "folded.yaml": """
a: >
  # archlint: allow breach -- reason
  KEPT
b: # archlint: allow breach -- GONE
  - KEPT
""",
    "run.sh": """
# archlint: allow breach -- reason
a GONE |
  b GONE
KEPT
if GONE; then # archlint: allow breach -- reason
  KEPT
  # archlint: allow other -- OTHER, at the end of the block
fi
echo '# archlint: allow breach -- reason' KEPT
cat <<'X'
# archlint: allow breach -- reason
KEPT
X
""",
    "a.toml": """
# archlint: allow breach -- reason
a = "GONE"
b = "KEPT # archlint: allow breach -- reason"
c = [
  # archlint: allow breach -- reason
  "GONE",
  "KEPT",
]
d = '''
# archlint: allow breach -- reason
KEPT'''
# archlint: allow breach -- reason
[table]
e = "GONE"
[other]
f = "KEPT"
""",
    "a.css": """
/* archlint: allow breach -- reason */
@media GONE {
  .GONE { color: GONE; }
}
.a { content: "/* archlint: allow breach -- reason */ KEPT"; }
""",
    "b.css": """
.a {
  color: GONE; /* archlint: allow breach -- reason */
  margin: KEPT;
}
// archlint: allow breach -- no comment of CSS
.KEPT { color: KEPT; }
""",
    "a.scss": """
// archlint: allow breach -- reason
.a {
  color: GONE;
}
.KEPT { color: KEPT; }
""",
    "a.py": '''
import GONE  # noqa: F401  # archlint: allow breach -- reason


# archlint: allow breach -- reason
@decorated(
    GONE,
)
def f():
    """# archlint: allow breach -- reason"""
    return GONE


KEPT = [
    # archlint: allow breach -- reason
    dict(
        a=GONE,
    ),
    KEPT,
]
x = "# archlint: allow breach -- reason" + KEPT
if a:
    b()
    # archlint: allow other -- OTHER, at the end of the block
KEPT
''',
    "a.jsonc": """
{
  // archlint: allow breach -- reason
  "a": {
    "b": "GONE"
  },
  "c": "GONE", /* archlint: allow breach -- reason */
  "d": ["KEPT", "// archlint: allow breach -- reason"],
  "e": [
    // archlint: allow breach -- reason
    "GONE",
    "KEPT"
  ]
}
""",
    "Makefile": """
# archlint: allow breach -- reason
a: GONE
\tGONE
\tGONE
b: KEPT
\t# archlint: allow breach -- reason
\tGONE \\
\t  GONE
\tKEPT
c = GONE # archlint: allow breach -- reason
d = KEPT
define e
# archlint: allow breach -- the text of a variable
KEPT
endef
""",
    ".env": """
# archlint: allow breach -- reason
A="GONE
GONE"
B=KEPT
C=GONE # archlint: allow breach -- reason
D='KEPT # archlint: allow breach -- reason'
""",
    "a.astro": """---
// archlint: allow breach -- reason
const a =
  GONE;
const b = KEPT;
---
<!-- archlint: allow breach -- reason -->
<p class="GONE">
  GONE
</p>
<div>
  {/* archlint: allow breach -- reason */}
  <Open
    plan="GONE" />
  <Open plan="KEPT" />
  {all.map((each) => (
    // archlint: allow breach -- reason
    <Open plan="GONE" />
  ))}
  {"// archlint: allow breach -- reason" + KEPT}
</div>
<script>
// archlint: allow breach -- reason
GONE();
KEPT();
</script>
""",
    "a.vue": """
<template>
  <!-- archlint: allow breach -- reason -->
  <Open :a="b < c"
    plan="GONE" />
  <Open plan="KEPT" :a="'<!-- archlint: allow breach -- reason -->'" />
</template>
<script setup lang="ts">
// archlint: allow breach -- reason
const a: string =
  GONE;
KEPT;
</script>
<style lang="scss">
// archlint: allow breach -- reason
.GONE { color: red; }
.KEPT { color: red; }
</style>
""",
    "a.svelte": """
<script>
  // archlint: allow breach -- reason
  GONE();
  KEPT();
</script>
{#if a < b}
  <!-- archlint: allow breach -- reason -->
  <Open
    plan="GONE" />
  <Open plan="KEPT" />
{/if}
<p class={'// archlint: allow breach -- reason'}>KEPT</p>
""",
    "crlf.ts": "// archlint: allow breach -- reason\r\nf(\r\n  GONE);\r\nKEPT;\r\n",
    "cr.py": "# archlint: allow breach -- reason\rf(\r  GONE)\rKEPT\r",
    "bom.yaml": "\ufeff# archlint: allow breach -- reason\na:\n  b: GONE\nc: KEPT\n",
    "no-line-end.ts": "GONE // archlint: allow breach -- reason",
}


def run(root: Path, files: dict[str, str], **request: tuple[str, ...]) -> Report:
    config = {"rules.yml": RULES, "archlint.toml": 'rules = ["rules.yml"]\n'}
    return check_tree(write_tree(root, {**config, **files}), jobs=1, config=None, today=TODAY, **request)


def told(report: Report) -> list[tuple[str, int, str]]:
    return [(each.rule, each.place.span.line, each.message) for each in report.findings]


@pytest.mark.parametrize("path", IN_EVERY_LANGUAGE)
def test_a_comment_allows_what_is_on_its_line_or_follows_it_and_nothing_else(
    tmp_path: Path, path: str
) -> None:
    code = IN_EVERY_LANGUAGE[path]
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    expected = {
        word: [number for number, line in enumerate(lines, start=1) for _ in range(line.count(word))]
        for word in ("KEPT", "GONE")
    }

    report = run(tmp_path, {path: code}, select=("breach",))

    assert [line for _, line, _ in told(report)] == expected["KEPT"]
    assert [each.finding.place.span.line for each in report.suppressed] == expected["GONE"]
    assert report.complete
    assert {each.by.reason.split()[0] for each in report.suppressed} <= {"reason", "a", "GONE"}


@pytest.mark.parametrize(
    ("comment", "rule", "said"),
    [
        ("allow breach", "unexplained-suppression", "no reason is given for allowing 'breach'"),
        ("allow breach --", "unexplained-suppression", "no reason is given for allowing 'breach'"),
        (
            "allow breach -- until 2027-01-31",
            "unexplained-suppression",
            "no reason is given for allowing 'breach'",
        ),
        (
            "allow braech, breach -- why",
            "invalid-suppression",
            "no rule is called 'braech'; did you mean 'breach'?",
        ),
        (
            "allow breach, vacuous-rule -- why",
            "invalid-suppression",
            "'vacuous-rule' is archlint's own and cannot be allowed",
        ),
        (
            "allow breach, other -- why",
            "unused-suppression",
            "nothing here breaks 'other', so allowing it does nothing",
        ),
    ],
)
def test_a_comment_that_allows_a_finding_may_itself_be_one(
    tmp_path: Path, comment: str, rule: str, said: str
) -> None:
    report = run(tmp_path, {"a.ts": f"KEPT(); // archlint: {comment}\n"})

    assert told(report) == [(rule, 1, said)]
    assert len(report.suppressed) == 1
    assert report.exit_code == 1


@pytest.mark.parametrize(
    ("comment", "rule", "said"),
    [
        (
            "allow breach -- why until 2026-11-21",
            "expired-suppression",
            "this was allowed until 2026-11-21: 'breach'",
        ),
        (
            "allow breach -- why until 2026-02-30",
            "invalid-suppression",
            "'2026-02-30' is no date; write 'until YYYY-MM-DD'",
        ),
        (
            "allow breach -- why until 31.1.2027",
            "invalid-suppression",
            "'31.1.2027' is no date; write 'until YYYY-MM-DD'",
        ),
        (
            "allow -- why",
            "invalid-suppression",
            "no rule is named; write 'archlint: allow RULE -- reason'",
        ),
        (
            "allow breach: why",
            "invalid-suppression",
            "'breach: why' is not a list of rules; write 'archlint: allow RULE, RULE -- reason'",
        ),
        (
            "disable-next-line breach -- why",
            "invalid-suppression",
            "'archlint: disable-next-line' is not understood, so nothing is allowed; write 'archlint: allow'",
        ),
    ],
)
def test_a_comment_that_allows_nothing_says_why(tmp_path: Path, comment: str, rule: str, said: str) -> None:
    report = run(tmp_path, {"a.ts": f"KEPT(); // archlint: {comment}\n"})

    (breach, fault) = told(report)
    assert breach[:2] == ("breach", 1)
    assert fault == (rule, 1, said)
    assert report.suppressed == ()


def test_a_comment_that_speaks_of_something_else_is_nothing(tmp_path: Path) -> None:
    code = (
        "// archlint: checks what may import what\nf(); // see archlint: the breach is gone\n// archlint:\n"
    )

    assert told(run(tmp_path, {"a.ts": code})) == []


def test_a_suppression_holds_on_its_last_day(tmp_path: Path) -> None:
    report = run(tmp_path, {"a.ts": "KEPT(); // archlint: allow breach -- why until 2026-11-22 #41\n"})

    (suppressed,) = report.suppressed
    assert (suppressed.by.until, suppressed.by.ticket, suppressed.by.reason) == (TODAY, "#41", "why")
    assert report.findings == ()


def test_a_finding_about_a_whole_file_is_allowed_before_the_first_statement_only(tmp_path: Path) -> None:
    rule = "rules: [{ id: long, ignores: ['*.*ml'], size: { lines: 1 } }]"
    above = "#!/usr/bin/env node\n/* licence */\n// archlint: allow long -- a table\nf();\n"
    below = "f(); // archlint: allow long -- a table\n// archlint: allow long -- a table\ng();\n"
    config = {"archlint.toml": 'rules = ["rules.yml"]', "rules.yml": rule}

    report = check_tree(write_tree(tmp_path, {**config, "above.mjs": above, "below.mjs": below}), today=TODAY)

    assert [(each.place.path, each.place.span.line, each.rule) for each in report.findings] == [
        ("below.mjs", 1, "long"),
        ("below.mjs", 1, "unused-suppression"),
        ("below.mjs", 2, "unused-suppression"),
    ]
    assert [each.finding.place.path for each in report.suppressed] == ["above.mjs"]


TABLE = """rules = ["rules.yml"]

[[allow]]
rule = ["breach", "other"]
path = "data/**"
reason = "comes from a partner"
until = {until}
ticket = "#7"

[[allow]]
rule = "breach"
path = ["gone/**"]
reason = "comes from a partner"
"""


@pytest.mark.parametrize("until", ["2026-11-22", '"2026-11-22"'])
def test_an_entry_of_archlint_toml_allows_findings_in_files_without_comments(
    tmp_path: Path, until: str
) -> None:
    files = {
        "archlint.toml": TABLE.format(until=until),
        "data/a.json": '["KEPT", "OTHER"]',
        "a.json": '["KEPT"]',
    }

    report = run(tmp_path, files)

    assert [(each.finding.place.path, each.finding.rule, each.by.ticket) for each in report.suppressed] == [
        ("data/a.json", "breach", "#7"),
        ("data/a.json", "other", "#7"),
    ]
    assert [(each.place.path, each.place.span.line, each.rule, each.message) for each in report.findings] == [
        ("a.json", 1, "breach", report.findings[0].message),
        (
            "archlint.toml",
            10,
            "unused-suppression",
            "no file matches 'gone/**', so allowing 'breach' does nothing",
        ),
    ]


def test_an_entry_of_archlint_toml_runs_out_too(tmp_path: Path) -> None:
    table = TABLE.format(until="2026-11-21").split('[[allow]]\nrule = "breach"')[0]

    report = run(tmp_path, {"archlint.toml": table, "data/a.json": '["KEPT"]'})

    assert [each[0] for each in told(report)] == ["expired-suppression", "breach"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('path = "a"\nreason = "why"', 'missing key "rule"'),
        ('rule = "breach"\npath = "a"', 'missing key "reason"'),
        ('rule = "breach"\npath = "a"\nreason = " "', "a reason is needed"),
        ('rule = "braech"\npath = "a"\nreason = "why"', 'did you mean "breach"?'),
        ('rule = "breach"\npath = "[a"\nreason = "why"', 'bad glob "[a"'),
        ('rule = "breach"\npath = "zone:apps"\nreason = "why"', 'unknown zone "apps"'),
        ('rule = "breach"\npath = []\nreason = "why"', "the list is empty"),
        ('rule = "breach"\npath = "a"\nreason = "why"\nuntil = "tomorrow"', "tomorrow"),
        ('rule = "breach"\npath = "a"\nreason = "why"\nuntil = 2027', "expected a date such as 2027-01-31"),
        ('rule = "breach"\npath = "a"\nreason = "why"\nbecause = "x"', 'unknown key "because"'),
    ],
)
def test_a_mistake_in_an_entry_is_told_with_its_place(tmp_path: Path, entry: str, said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        run(tmp_path, {"archlint.toml": f'rules = ["rules.yml"]\n[[allow]]\n{entry}\n'})

    assert "archlint.toml:" in str(raised.value)
    assert said in str(raised.value) or "date" in str(raised.value)


def test_a_rule_that_did_not_run_leaves_no_suppression_unused(tmp_path: Path) -> None:
    files = {"a.ts": "f(); // archlint: allow breach -- why\n", "b.ts": ""}

    assert told(run(tmp_path, files, select=("other",))) == []
    assert [each[0] for each in told(run(tmp_path, files))] == ["unused-suppression"]
    assert told(run(tmp_path, files, paths=("b.ts",))) == []
    assert [each[0] for each in told(run(tmp_path, files, paths=("a.ts",)))] == ["unused-suppression"]


def test_a_rule_that_is_off_leaves_no_suppression_unused(tmp_path: Path) -> None:
    sheet = 'rules = ["rules.yml"]\n[rule.breach]\nseverity = "off"\n'

    report = run(tmp_path, {"archlint.toml": sheet, "a.ts": "f(); // archlint: allow breach -- why\n"})

    assert told(report) == []


VALUE_RULE = """
rules:
  - id: retired
    files: ["use/**"]
    value: { forbid: legacy, at: [{ property: plan }] }
"""


def test_a_constant_that_reaches_another_file_is_allowed_where_the_finding_stands(tmp_path: Path) -> None:
    rule = VALUE_RULE.replace('["use/**"]', '["**"]')
    files = {
        "archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml"]',
        "rules.yml": rule,
        "lib/a.ts": "// archlint: allow retired -- why\nexport const PLAN = 'legacy';\n",
        "use/b.ts": "import { PLAN } from '../lib/a';\nopen({ plan: PLAN });\n",
    }
    write_tree(tmp_path, files)

    assert told(check_tree(tmp_path, today=TODAY)) == []
    # Confined to the one file, nobody looks at the other, and so nobody knows what it is allowed for.
    assert told(check_tree(tmp_path, today=TODAY, paths=("lib/a.ts",))) == []


def test_a_file_that_is_not_read_whole_has_no_unused_suppression(tmp_path: Path) -> None:
    rule = (
        "rules: [{ id: breach, ignores: [rules.yml], value: { forbid: legacy, at: [{ anywhere: true }] } }]"
    )
    code = "f(); // archlint: allow breach -- why\nconst = = ; // legacy\n"

    report = run(tmp_path, {"rules.yml": rule, "a.ts": code})

    assert not report.complete
    assert told(report) == []


def test_a_file_that_only_its_name_breaks_a_rule_is_allowed_in_it(tmp_path: Path) -> None:
    rule = "rules: [{ id: misplaced, files: { forbid: ['src/*.test.ts'] } }]"

    report = run(
        tmp_path, {"rules.yml": rule, "src/a.test.ts": "// archlint: allow misplaced -- why\nf();\n"}
    )

    assert told(report) == []
    assert len(report.suppressed) == 1
    assert report.ledger.analysed == 0


def test_problems_are_never_allowed(tmp_path: Path) -> None:
    code = "// archlint: allow unread-file -- why\nconst = = ; // legacy\n"
    rule = (
        "rules: [{ id: breach, ignores: [rules.yml], value: { forbid: legacy, at: [{ anywhere: true }] } }]"
    )

    report = run(tmp_path, {"rules.yml": rule, "a.ts": code})

    assert len(report.problems) == 1
    assert [each[0] for each in told(report)] == ["invalid-suppression"]


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    config = {"rules.yml": RULES, "archlint.toml": 'rules = ["rules.yml"]\n'}
    write_tree(tmp_path, {**config, **IN_EVERY_LANGUAGE})

    one, many = (check_tree(tmp_path, jobs=jobs, today=TODAY) for jobs in (1, 3))

    assert (one.findings, one.suppressed) == (many.findings, many.suppressed)


RULE_IDS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
WORDS = st.from_regex(r"[A-Za-z][A-Za-z,.' ]{0,20}[a-z]", fullmatch=True).filter(
    lambda text: "until" not in text.lower()
)


@given(
    rules=st.lists(RULE_IDS, min_size=1, max_size=3, unique=True),
    reason=WORDS,
    until=st.none() | st.dates(date(1000, 1, 1)),
    ticket=st.none() | st.integers(1, 9999).map(lambda number: f"#{number}"),
    order=st.sampled_from((1, -1)),
)
def test_what_is_written_is_what_is_read(
    rules: list[str], reason: str, until: date | None, ticket: str | None, order: int
) -> None:
    ends = [f" until {until}" if until else "", f" {ticket}" if ticket else ""]
    text = f"allow {', '.join(rules)} -- {reason}{''.join(ends[::order])}"

    read = parsed("a.ts", Comment(text, Span(1, 1, 1, 9), 3), frozenset())

    assert isinstance(read, Suppression)
    assert (read.rules, read.reason, read.until, read.ticket) == (
        tuple(rules),
        reason.rstrip(" ,"),
        until,
        ticket or "",
    )


@given(st.text())
def test_no_comment_stops_the_reader(text: str) -> None:
    read = parsed("a.ts", Comment(text, Span(1, 1, 1, 9), 3), frozenset({"breach"}))

    assert read is None or isinstance(read, Suppression | Misspoken)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quotation_ends_with_its_line(end: str) -> None:
    code = f'/* archlint: allow a -- the "odd{end}{end}archlint: allow b -- why */{end}f();{end}'

    said = comments(Source("a.ts", code.encode()), "typescript")

    assert [comment.text for comment in said] == ['allow a -- the "odd', "allow b -- why"]


@pytest.mark.parametrize("text", ["allow a -- why", "allow a, -- why", "allow a,-- why", "allow a;-- why"])
def test_dashes_are_no_rule(text: str) -> None:
    read = parsed("a.ts", Comment(text, Span(1, 1, 1, 9), 1), frozenset())

    assert isinstance(read, Suppression)
    assert (read.rules, read.reason) == (("a",), "why")
