"""Python at the boundary of the language: bytes in, facts out."""

import pytest

from archlint.facts import ConstantDemand, Demand, Facts, Occurrence, Sink
from archlint.languages import language_of
from archlint.languages.python import read
from archlint.languages.urls import HOLE
from archlint.model import Scope
from archlint.source import Source
from tests.places import text_at

WANTED = ConstantDemand(Scope(), values=("x1",))
EVERY = ConstantDemand(Scope(), every=True)


def facts_of(code: str, *demands: Demand) -> Facts:
    return read(Source("a.py", code.encode()), demands or (WANTED,))


def occurrences(code: str, *demands: Demand) -> list[Occurrence]:
    return [found for found in facts_of(code, *demands).occurrences if found.sink is not Sink.ANYWHERE]


def sinks(code: str) -> set[tuple[str, str]]:
    return {(found.sink.value, found.name) for found in occurrences(code)}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a = 'x1'", {("variable", "a")}),
        ("a = b = ('x1')", {("variable", "a"), ("variable", "b")}),
        ("a: str = 'x1'", {("variable", "a")}),
        ("a, (b, c) = 'y', ('x1', 'z')", {("variable", "b")}),
        ("a, b = 'y', 'x1'", {("variable", "b")}),
        ("a, *b = 'x1', 'y'", set()),
        ("if (a := 'x1'): pass", {("variable", "a")}),
        ("f(a := 'x1')", {("variable", "a"), ("argument", "f")}),
        ("a = b or 'x1'", {("variable", "a"), ("variable", "b")}),
        ("a = b and 'x1'", {("variable", "a")}),
        ("a = 'x1' and b", set()),
        ("a = 'x1' if b else c", {("variable", "a")}),
        ("a = b if 'x1' else c", set()),
        ("a = ['x1', 'y']", {("variable", "a")}),
        ("a = frozenset({'x1'})", {("variable", "a")}),
        ("a = str('x1')", {("variable", "a")}),
        ("a = cast('Mode', 'x1')", {("variable", "a")}),
        ("a = int('x1')", {("variable", "a")}),
        ("a = f('x1')", {("argument", "f")}),
        ("a = 'x1'.strip().lower()", {("variable", "a")}),
        ("a = 'x1'.join(b)", set()),
        ("a += 'x1'", set()),
        ("a += ['x1']", {("variable", "a")}),
        ("for a in ('x1', 'y'): pass", {("variable", "a")}),
        ("b = [a for a in ['x1']]", {("variable", "a")}),
        ("class A:\n  b = 'x1'", {("property", "b")}),
        ("class A:\n  def f(self):\n    b = 'x1'", {("variable", "b")}),
        ("class A:\n  b: str = field(default='x1')", {("property", "b"), ("property", "default")}),
        ("class A:\n  b: str = Field('x1')", {("property", "b"), ("argument", "Field")}),
        ("class A(B, table='x1'): pass", {("property", "table")}),
        ("a.b.c = 'x1'", {("property", "c")}),
        ("a['c'] = 'x1'", {("property", "c")}),
        ("a[b] = 'x1'", {("property", "a")}),
        ("a['x1'] = b", set()),
        ("a = {'b': {'c': 'x1'}}", {("property", "c")}),
        ("a = {b: 'x1'}", {("property", "b")}),
        ("a = {'x1': b}", set()),
        ("a = {**b, 'c': d or 'x1'}", {("property", "c"), ("variable", "d")}),
        ("f(c='x1')", {("property", "c")}),
        ("f(params={'c': 'x1'})", {("property", "c")}),
        ("setattr(a, 'c', 'x1')", {("property", "c"), ("argument", "setattr")}),
        ("getattr(a, 'c', 'x1')", {("property", "c"), ("argument", "getattr")}),
        ("a.get('c', 'x1')", {("property", "c"), ("argument", "get")}),
        ("def f(a='x1'): pass", {("parameter", "a")}),
        ("def f(*, a: str = 'x1'): pass", {("parameter", "a")}),
        ("lambda a='x1': a", {("parameter", "a")}),
        ("def f(a=Query('x1')): pass", {("parameter", "a"), ("argument", "Query")}),
        ("a.f(b, 'x1')", {("argument", "f")}),
        ("f(*['x1'])", {("argument", "f")}),
        ("f(**{'c': 'x1'})", {("property", "c")}),
        ("a.b == 'x1'", {("compare", "b")}),
        ("'x1' != a.b.strip().lower()", {("compare", "b")}),
        ("'x1' is b", {("compare", "b")}),
        ("a.get('b') == 'x1'", {("compare", "b")}),
        ("a['b'] == 'x1'", {("compare", "b")}),
        ("getattr(a, 'b') == 'x1'", {("compare", "b")}),
        ("str(b) == 'x1'", {("compare", "b")}),
        ("a < b == 'x1'", {("compare", "b")}),
        ("a.b in ('x1', 'y')", {("compare", "b")}),
        ("b not in frozenset(['x1'])", {("compare", "b")}),
        ("'x1' in b", set()),
        ("b in 'x1'", set()),
        ("match a.b:\n  case 'x1' | 'y': pass", {("compare", "b")}),
        ("match b:\n  case ('x1' as c): pass", {("compare", "b")}),
        ("match b:\n  case [_, 'x1']: pass", {("compare", "b")}),
        ("match a, b:\n  case _, 'x1': pass", {("compare", "b")}),
        ("match a:\n  case {'b': 'x1'}: pass", {("compare", "b")}),
        ("match a:\n  case {'x1': b}: pass", set()),
        ("match a:\n  case C(b='x1'): pass", {("compare", "b")}),
        ("match a:\n  case C('x1'): pass", set()),
        ("def f(): return 'x1'", {("return", "f")}),
        ("async def f():\n  if a:\n    return b or 'x1'", {("return", "f"), ("variable", "b")}),
        ("f = lambda: 'x1'", {("return", "f")}),
        ("a.sort(key=lambda: 'x1')", {("return", "key")}),
        ("a.map(lambda: 'x1')", set()),
        ("a: Literal['x1', 'y'] = b", {("type", "a")}),
        ("a = Literal['x1']", {("type", "a")}),
        ("type A = Literal['x1'] | None", {("type", "A")}),
        ("class A:\n  b: t.Optional[t.Literal['x1']]", {("type", "b")}),
        ("def f(a: Literal['x1']) -> B: pass", {("type", "a")}),
        ("def f() -> list[Literal['x1']]: pass", {("type", "f")}),
        ("cast(Literal['x1'], a.b)", {("type", "b")}),
        ("a: Annotated[str, 'x1']", set()),
        ("a: 'x1'", set()),
        ("f('/p?q=x1#h')", {("query", "q")}),
        ("f(f'{a}/p?q=x1&r={b}')", {("query", "q")}),
        ("f('/p?r=' + b + '&q=x1')", {("query", "q")}),
        ("f('/p?q=' + ('x1' if a else b))", {("query", "q")}),
        ("f('/p?q=' + quote('x1'))", {("query", "q")}),
        ("f(f\"/p?q={'x1' if a else b}\")", {("query", "q")}),
        ("f('/p?r={}&q=x1'.format(b))", {("query", "q")}),
        ("f('/p/%s/x1' % b)", {("path", HOLE)}),
        ("f('/p/x1/r')", {("path", "p")}),
        ("f('/p/' f'{a}' '/r/x1')", {("path", "r")}),
        ("f('q=x1')", set()),
        ("urlencode({'q': 'x1'})", {("property", "q"), ("query", "q")}),
        ("urlencode([('q', 'x1')])", {("argument", "urlencode"), ("query", "q")}),
        ("f(u, headers={'Q': 'x1'})", {("property", "Q"), ("header", "q")}),
        ("a.headers['q'] = 'x1'", {("property", "q"), ("header", "q")}),
        ("a.add_header('q', 'x1')", {("argument", "add_header"), ("header", "q")}),
        ("os.environ['N'] = 'x1'", {("env", "N")}),
        ("environ.get('N', 'x1')", {("argument", "get"), ("env", "N")}),
        ("os.getenv('N', default='x1')", {("property", "default"), ("env", "N")}),
        ("a = os.getenv('N') or 'x1'", {("variable", "a"), ("env", "N")}),
        ("run(a, env={**b, 'N': 'x1'})", {("property", "N"), ("env", "N")}),
        ("a = b + 'x1'", set()),
        ("a = 'x' '1'", {("variable", "a")}),
        ("a = ('x'  # c\n  r'1')", {("variable", "a")}),
        ("a = 'x' + '1'", {("variable", "a")}),
        ("a = f'x1'", {("variable", "a")}),
        ("a = f'x{1}'", set()),
        ("a = r'x1'", {("variable", "a")}),
        ("a = '''x1'''", {("variable", "a")}),
        ("a = b'x1'", set()),
        ("assert a, 'x1'", set()),
        ("raise E('x1')", {("argument", "E")}),
        ("import x1", set()),
    ],
)
def test_a_constant_reaches_these_sinks(code: str, expected: set[tuple[str, str]]) -> None:
    assert sinks(code) == expected


@pytest.mark.parametrize(
    "code",
    [
        "# 'x1'",
        "'x1'",
        '"""x1"""\na = 1',
        "def f():\n  'x1'",
        "class A:\n  b = 1\n  'x1'",
        "a = 1  # x1",
        "f'x1{a}'",
        "b'x1'",
        "a = b'x1'",
        "x1 = y",
        "a.x1()",
        "a = 'x 1'",
    ],
)
def test_what_is_no_constant_does_not_occur(code: str) -> None:
    assert facts_of(code).occurrences == ()


def test_a_constant_that_goes_nowhere_is_somewhere() -> None:
    for code in ("a['x1']", "a = {'x1': b}", "a = b + 'x1'", "assert a, 'x1'", "a: 'x1'"):
        assert [found.sink for found in facts_of(code).occurrences] == [Sink.ANYWHERE]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("from os import getenv as g\ng('x1')", ["getenv", "os.getenv"]),
        ("import os\nos.getenv('x1')", ["getenv", "os.getenv"]),
        ("import os as o\nif a:\n  b = o.path.join('x1')", ["join", "os.path.join"]),
        ("import os.path\nos.path.join('x1')", ["join", "os.path.join"]),
        ("import os.path as p\np.join('x1')", ["join", "os.path.join"]),
        ("from .a import f\nf('x1')", ["f", ".a.f"]),
        ("from .. import a\na.f('x1')", ["f", "..a.f"]),
        ("from a import B\nB.f('x1')", ["f", "a.B.f"]),
        ("try:\n  from a import f\nexcept E:\n  from b import f\nf('x1')", ["f", "a.f", "b.f"]),
        ("def g():\n  from a import f\n  f('x1')", ["f", "a.f"]),
        ("def g():\n  f('x1')\nfrom a import f", ["f", "a.f"]),
        ("from a import *\nf('x1')", ["f"]),
        ("from a import f\ndef g(f): f('x1')", ["f"]),
        ("from a import f\ndef g():\n  f = b\n  f('x1')", ["f"]),
        ("from a import f\ndef g(b=f('x1'), f=c): pass", ["f", "a.f"]),
        ("def g():\n  from a import f\nf('x1')", ["f"]),
        ("class A:\n  from a import f\n  f('x1')", ["f", "a.f"]),
        ("class A:\n  from a import f\n  def g(self): f('x1')", ["f"]),
        ("from a import b\nb().f('x1')", ["f"]),
    ],
)
def test_a_callee_is_known_by_its_last_segment_and_by_what_is_imported(code: str, names: list[str]) -> None:
    found = occurrences(code)

    assert [(one.sink, one.name, one.argument) for one in found if one.sink is Sink.ARGUMENT] == [
        (Sink.ARGUMENT, name, 0) for name in names
    ]


def test_the_environment_is_known_under_any_name() -> None:
    code = "from os import environ as e, getenv as g\ne['A'] = 'x1'\ne.get('B', 'x1')\ng('C', 'x1')\n"
    code += "e.update({'D': 'x1'})\ne.update(E='x1')\ne.setdefault('F', 'x1')"

    found = occurrences(code)

    assert sorted(one.name for one in found if one.sink is Sink.ENV) == ["A", "B", "C", "D", "E", "F"]


def test_an_occurrence_knows_its_functions_and_owner() -> None:
    code = "class A:\n  def f(self):\n    g = lambda: h(b='x1')\n    def i(): return call({'b': 'x1'})"

    found = [one for one in occurrences(code) if one.name == "b"]

    assert [(one.functions, one.owner) for one in found] == [(("f", "g"), "h"), (("f", "i"), "call")]


def test_a_member_is_known_by_its_class() -> None:
    (found,) = occurrences("class Mode(StrEnum):\n  a = 'x1'")

    assert (found.sink, found.name, found.owner) == (Sink.PROPERTY, "a", "Mode")


def test_a_decorator_is_outside_of_its_function() -> None:
    (found,) = occurrences("@a(b='x1')\ndef f(): pass")

    assert (found.functions, found.owner) == ((), "a")


@pytest.mark.parametrize(
    "code",
    [
        "N1 = f()",
        "a, N1 = b",
        "N1: int",
        "def f(N1): pass",
        "f(N1=a)",
        "for N1 in a: pass",
        "with a as N1: pass",
        "a.N1",
        "os.environ['N1']",
        "import os as o\no.environ.get('N1')",
        "from os import getenv as g\ng('N1')",
    ],
)
def test_a_name_is_told_where_it_is_introduced(code: str) -> None:
    found = occurrences(code, ConstantDemand(Scope(), identifiers=("N1",)))

    assert [(one.sink, text_at(code, one.span)) for one in found] == [(Sink.IDENTIFIER, "N1")]


@pytest.mark.parametrize("code", ["f(N1)", "a = N1 + 1", "# N1", "log('N1')", "a = {'N1': 1}"])
def test_a_name_is_not_told_where_it_is_only_used(code: str) -> None:
    assert occurrences(code, ConstantDemand(Scope(), identifiers=("N1",))) == []


def test_python_is_read_by_its_suffixes() -> None:
    assert {language_of(path).name for path in ("a.py", "a.pyi")} == {"python"}
