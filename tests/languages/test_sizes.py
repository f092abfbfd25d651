"""Scripts that are measured: those that may have more code than a ceiling, whatever their comments."""

import pytest

from archlint.facts import MeasureDemand
from archlint.languages import language_of
from archlint.model import Scope
from archlint.source import Source
from archlint.workers.gates import may_answer

CODE = [
    "a;\nb;\n",
    "// a\na;\n\n/* b\n * b\n */ b;\n",
    "/* a */ a; /*\n*/ b;\n",
    "a; // `\n/* b\n*/\nb;\n",
    "const a = `\n// no comment\n`;\nb;",
    "a;\r\n// b\r\nb;\r// c\r",
    "/** a\n * `b`\n */\na;\nb;\n// `\n/* c */\n",
    "'\\\n// a\n';\n",
]


@pytest.mark.parametrize("code", CODE)
def test_a_script_with_more_code_than_a_ceiling_is_measured(code: str) -> None:
    source = Source("a.ts", code.encode())
    measures = language_of("a.ts").read(source, (MeasureDemand(Scope()),)).measures
    assert measures is not None

    assert may_answer(MeasureDemand(Scope(), code_lines=measures.code_lines - 1, functions=False), source)


def test_a_script_whose_lines_are_comments_is_not_measured_for_its_code() -> None:
    source = Source("a.ts", b"/**\n * a\n * b\n */\nexport const a = 1;\n\n// c\n// d\n")

    assert not may_answer(MeasureDemand(Scope(), code_lines=1, functions=False), source)
    assert may_answer(MeasureDemand(Scope(), lines=1, functions=False), source)
    assert may_answer(MeasureDemand(Scope(), lines=9, bytes=9), source)
