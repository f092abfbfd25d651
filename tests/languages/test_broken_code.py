"""Code between two edits, and code that no parser likes: whatever is asked of it is answered, and every file is."""

import pytest

from archlint.facts import Facts
from archlint.limits import Limits
from archlint.source import Source
from archlint.workers.analyse import analyse
from tests.fuzz.demands import demands_on
from tests.fuzz.facts import spans
from tests.languages.bounds import assert_inside


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.ts", "export { /* the only one */ a };\nexport * from './b';\n"),
        ("a.js", "export{,lt}from''export*from'a'"),
        ("a.ts", "const \\u0061 = f('x'); if (\\u0061.isAdmin) g(\\u0061);\n"),
        ("a.svelte", "{#snippet(='')}"),
        ("a.ts", "class{static t=0;([]){"),
        ("a.ts", "static a = 'x'"),
        ("a.tsx", "\nswitch (p { case 'a': default:"),
        ("a.ts", "enum { A = 'x'"),
        ("a.vue", "<script>s=o>(''>{o=\"\"`x${\"/'"),
        ("a.ts", "export { a"),
        ("a.ts", "new URLSearchParams([['a', 'b'"),
    ],
)
def test_everything_that_is_asked_of_code_with_mistakes_is_answered(path: str, code: str) -> None:
    facts = analyse(Source(path, code.encode()), demands_on(path), Limits())

    assert isinstance(facts, Facts)
    assert_inside(code, [*spans(facts)])


@pytest.mark.parametrize(
    "path", ["a.ts", "a.html", "a.vue", "a.json", "a.toml", "a.yml", "a.sh", "Makefile", ".env"]
)
@pytest.mark.parametrize("code", ['"é', "{'😀\r\n", "$é)", "a:;$é)\r\n", "=\n😀", "<é\r\n{"])
def test_a_mistake_at_a_character_of_several_bytes_has_its_place(path: str, code: str) -> None:
    facts = analyse(Source(path, code.encode()), demands_on(path), Limits())

    assert isinstance(facts, Facts)
    assert_inside(code, [*spans(facts)])
