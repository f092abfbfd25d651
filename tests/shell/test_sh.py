"""Shell scripts at the boundary of the language: what is a constant there, and where it acts."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import ConstantDemand, Facts, MeasureDemand, ScriptDemand, Sink
from archlint.languages import language_of
from archlint.languages.sh import read
from archlint.model import Outcome, Scope
from archlint.source import Source
from tests.languages.bounds import assert_inside, spans_of
from tests.places import text_at

WANTED = ConstantDemand(Scope(), values=("devstudio", "250"), identifiers=("DEV_ID",))


def facts_of(code: str, *demands: ConstantDemand | MeasureDemand | ScriptDemand) -> Facts:
    return read(Source("a.sh", code.encode()), demands or (WANTED,))


def sinks(code: str) -> list[tuple[str, str]]:
    """Each sink of the constant and what receives it; ``anywhere`` where it reaches no other."""
    found = facts_of(code).occurrences
    named = {each.span for each in found if each.sink is not Sink.ANYWHERE}
    return [
        (each.sink.value, each.name)
        for each in found
        if each.sink is not Sink.ANYWHERE or each.span not in named
    ]


def bound(name: str) -> list[tuple[str, str]]:
    return [("variable", name), ("env", name)]


ANYWHERE = ("anywhere", "")
COMPARED = [("compare", "subject")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("subject=devstudio", bound("subject")),
        ("subject='devstudio'", bound("subject")),
        ('export SUBJECT="devstudio"', bound("SUBJECT")),
        ("f() { local subject=devstudio; }", bound("subject")),
        ("declare -r S=devstudio", bound("S")),
        ("readonly S=devstudio", bound("S")),
        ("S+=devstudio", bound("S")),
        ("S=(a devstudio)", bound("S")),
        ("S[subject]=devstudio", bound("S")),
        ('export "S=devstudio"', [("env", "S")]),
        ("for subject in workspace devstudio; do :; done", [("variable", "subject")]),
        (': "${S:=devstudio}"', [*bound("S"), ("argument", ":")]),
        ("f ${S-devstudio}", [*bound("S"), ("argument", "f")]),
        ('a="${S:-devstudio}"', [*bound("S"), *bound("a")]),
        ('a=" ${S:-devstudio}" b="${S:-devstudio} "', [*bound("S"), *bound("S")]),
        ("a=${1:-devstudio}", bound("a")),
        ("a=${S:-${T:-devstudio}}", [*bound("T"), *bound("S"), *bound("a")]),
        ("f ${S:+devstudio} ${S:?devstudio}", [ANYWHERE, ANYWHERE]),
        ("f ${S#devstudio} ${S%%devstudio*} ${devstudio}", []),
        ("S=devstudio node x", [("env", "S")]),
        ("env -i S=devstudio node x", [("env", "S")]),
        ("cross-env S='devstudio' node x", [("env", "S")]),
        ("npx x S=devstudio", []),
    ],
)
def test_what_is_assigned(code: str, expected: list[tuple[str, str]]) -> None:
    assert sinks(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('[ "$subject" = "devstudio" ]', COMPARED),
        ("[ devstudio != $subject ]", COMPARED),
        ("[[ $subject == devstudio ]]", COMPARED),
        ("[[ ${subject,,} == 'devstudio' && $a != $b ]]", COMPARED),
        ("if ! [[ ( $subject == devstudio ) ]]; then :; fi", COMPARED),
        ('test "$subject" = devstudio', COMPARED),
        ('[ -z "$a" -a "$subject" = devstudio -a "$b" = c ]', COMPARED),
        ('[ "${subject:-devstudio}" = x ]', [*bound("subject"), ("compare", "")]),
        ("case $subject in devstudio) ;; esac", COMPARED),
        ('case "$subject" in a|"devstudio") ;; esac', COMPARED),
        ("case $subject in devstudio*) ;; esac", []),
        ("[[ $subject == *devstudio ]]", []),
        ("[[ $subject =~ ^devstudio$ ]]", []),
        ("[ -n devstudio ]", [ANYWHERE]),
        ("[ $a -eq 250 ]", [("compare", "a")]),
        ("((a == 250))", [("compare", "a")]),
        ("((a = 250))", [("variable", "a")]),
    ],
)
def test_what_is_compared(code: str, expected: list[tuple[str, str]]) -> None:
    assert sinks(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('curl "https://a/b?subject=devstudio"', [("query", "subject")]),
        ("curl https://a/b?subject=devstudio", [("query", "subject")]),
        ('curl "$BASE/b?a=$A&subject=devstudio&t=$T"', [("query", "subject")]),
        ('curl "$BASE/b?subject=${S:-devstudio}"', [*bound("S"), ("query", "subject")]),
        ("curl $BASE/w/devstudio/x", [("path", "w")]),
        ("a=https://a/w/devstudio", [("path", "w")]),
        ("curl 'mailto:a@b.c?subject=devstudio'", []),
        ("set_subject x devstudio", [("argument", "set_subject")]),
        ("/usr/bin/open devstudio", [("argument", "open")]),
        ('"$PROGRAM" devstudio', [ANYWHERE]),
        ("f $(g devstudio)", [("argument", "g")]),
        ("f > devstudio <<< 'devstudio'", [ANYWHERE, ANYWHERE]),
        ("f dev'studio' dev\\studio $'dev\\x73tudio'", [("argument", "f")] * 3),
        ("# devstudio\nf # devstudio", []),
        ("cat <<E\ndevstudio ?subject=devstudio ${S:-devstudio}\nE", []),
        ("cat <<'E'\nS=devstudio\nE", []),
        ("echo '[devstudio] ready' \"devstudio: $a\" devstudio-x", []),
        ("devstudio", []),
        ("devstudio() { :; }; devstudio=a; unset devstudio", []),
    ],
)
def test_what_is_handed_over(code: str, expected: list[tuple[str, str]]) -> None:
    assert sinks(code) == expected


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("DEV_ID=a", [1]),
        ('f "$DEV_ID" "${DEV_ID:-a}" $DEV_ID\nf ${DEV_ID}', [1, 2]),
        ("export DEV_ID\nunset DEV_ID", [1, 2]),
        ("cat <<E\n$DEV_ID\nE", [2]),
        ("DEV_ID=devstudio", [1]),
        ("# $DEV_ID\necho DEV_ID '$DEV_ID' $DEV_ID_2", []),
    ],
)
def test_a_name_is_told_once_a_line_where_it_is_set_or_read(code: str, lines: list[int]) -> None:
    found = [each for each in facts_of(code).occurrences if each.sink is Sink.IDENTIFIER]

    assert [each.span.line for each in found] == lines
    assert {text_at(code, each.span) for each in found} <= {"DEV_ID"}


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("é=1; f 'é😀' \"devstudio\"", "devstudio"),
        ("f \\\n  'devstudio'", "devstudio"),
        ('f dev"studio"', 'dev"studio"'),
        ("f $'dev\\x73tudio'", "dev\\x73tudio"),
        ('f "  $A /é?a=devstudio&b=$B"', ""),
        ('f "$A  $B/é?a=devstudio"', ""),
        ('f "$A/é?a=devstudio"', "devstudio"),
        ('\ufeffS="devstudio"', "devstudio"),
        ("f\r\nS=devstudio\r\n", "devstudio"),
    ],
)
def test_a_place_is_the_constant_without_its_quotes(code: str, written: str) -> None:
    found = {text_at(code, each.span) for each in facts_of(code).occurrences}

    assert found == ({written} if written else set())


def test_a_constant_knows_its_functions_and_its_position() -> None:
    code = "f() { g a devstudio; }\nfunction h { S=devstudio; }"
    found = {each.sink: each for each in facts_of(code).occurrences}

    assert (found[Sink.ARGUMENT].functions, found[Sink.ARGUMENT].argument) == (("f",), 1)
    assert found[Sink.VARIABLE].functions == ("h",)


def test_digits_are_a_number_in_quotes_too() -> None:
    found = facts_of("A=250 f; B='250'").occurrences

    assert [each.is_number for each in found if each.sink is Sink.ENV] == [True, True]


@pytest.mark.parametrize(
    "code", ["S='devstudio", 'f "devstudio', "if devstudio; then", "f ${S:-devstudio", "$(("]
)
def test_what_is_not_closed_is_a_problem(code: str) -> None:
    assert facts_of(code).outcome is Outcome.PARTIAL


SCRIPT = """\
#!/usr/bin/env bash
# comment

f() {
  # comment
  g "# none" # comment
}
cat <<E
# none
E
"""


def test_lines_of_code_leave_out_comments() -> None:
    measures = facts_of(SCRIPT, MeasureDemand(Scope())).measures

    assert measures is not None
    assert (measures.lines, measures.code_lines) == (10, 6)
    assert (measures.longest_function, measures.longest_function_at.line) == (4, 4)


@pytest.mark.parametrize("text", ["local-dev", "p@ss", "a-b-c", "dev"])
def test_a_default_that_begins_like_a_name_is_a_text(text: str) -> None:
    found = facts_of(f'P="${{P:-{text}}}"', ConstantDemand(Scope(), every=True)).occurrences

    assert {each.value for each in found if each.sink is Sink.ENV} == {text}


def test_commands_and_constants_are_read_together() -> None:
    found = facts_of("S=a f devstudio", ScriptDemand(Scope()), WANTED)

    assert found.scripts is not None
    assert [each.sink for each in found.occurrences] == [Sink.ANYWHERE, Sink.ARGUMENT]


def test_deep_nesting_is_a_problem() -> None:
    found = facts_of("f devstudio;" + "(" * 2000 + "f devstudio" + ")" * 2000)

    assert found.outcome is Outcome.PARTIAL


@pytest.mark.parametrize(
    "piece", ["f devstudio ", "f devstudio\n", "S=devstudio ", "(devstudio|", "f\\\n", '"${S:-']
)
def test_many_words_take_linear_time(piece: str) -> None:
    start = process_time()
    facts_of("case a in " * piece.startswith("(") + piece * 10_000, ConstantDemand(Scope(), every=True))

    assert process_time() - start < 10


@pytest.mark.parametrize("path", ["scripts/dev-up.sh", "a.bash"])
def test_a_script_is_told_by_its_name(path: str) -> None:
    assert language_of(path).name == "shell"


PIECES = st.sampled_from(
    ["$", "${", "}", "$(", ")", "(", "((", "))", "[", "]", "[[", "]]", "'", '"', "`", "$'", "\\", "=", "==", ":-", " ",
     "\n", "\r", "a", "S", "S=", "if ", "then", "fi", "case ", "in ", ";;", "esac", "<<E\n", "E\n", "<<<", ">", "|", "&&",
     ";", "#", "é", "😀", "/?a=b&c=d", "250", "*", "for ", "do", "done", "export ", "\ufeff", "test "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_any_text_is_read_and_every_place_lies_in_the_file(pieces: list[str]) -> None:
    code = "".join(pieces)
    found = facts_of(
        code, ConstantDemand(Scope(), every=True, identifiers=("S", "a")), MeasureDemand(Scope())
    )

    assert_inside(code, spans_of(found))


def test_constants_of_steps_and_package_scripts_stand_where_the_document_has_them() -> None:
    workflow = 'jobs:\n  a:\n    steps:\n      - run: "S=1 X=\\"devstudio\\" f"\n'
    package = '{ "scripts": { "dev": "SUBJECT=devstudio node a.mjs", "x": "echo \'devstudio is up\'" } }'

    for path, code in ((".github/workflows/a.yml", workflow), ("package.json", package)):
        found = language_of(path).read(Source(path, code.encode()), (WANTED,)).occurrences
        environments = [each for each in found if each.sink is Sink.ENV]
        assert [text_at(code, each.span) for each in environments] == ["devstudio"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (
            ".github/workflows/a.yml",
            "jobs:\n  a:\n    steps:\n      - shell: pwsh\n        run: f devstudio\n",
        ),
        (
            ".github/workflows/a.yml",
            "jobs:\n  a:\n    runs-on: windows-2025\n    steps:\n      - run: f devstudio\n",
        ),
        (".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n      - with: { run: f devstudio }\n"),
        ("values.json", '{ "scripts": { "dev": "f devstudio" } }'),
        ("package.json", '{ "config": { "dev": "f devstudio" } }'),
    ],
)
def test_other_texts_of_documents_are_no_shell(path: str, code: str) -> None:
    assert language_of(path).read(Source(path, code.encode()), (WANTED,)).occurrences == ()


def test_a_script_of_a_package_that_nests_too_deep_is_a_problem() -> None:
    code = '{ "scripts": { "dev": "' + "(" * 1_200 + "f devstudio" + ")" * 1_200 + '" } }'
    (problem,) = language_of("package.json").read(Source("package.json", code.encode()), (WANTED,)).problems

    assert text_at(code, problem.span).startswith("(")
