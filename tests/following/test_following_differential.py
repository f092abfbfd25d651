"""Constants are followed as an independent interpreter of the same programs says they flow."""

from hypothesis import given, reject

from archlint.kinds.sinks import Argument, At
from archlint.kinds.value import Options
from archlint.model import Place
from tests.following.programs.linking import CONFIGURATION, programs
from tests.following.programs.meaning import Meaning
from tests.following.programs.model import Program
from tests.following.programs.rendering import rendered
from tests.following.programs.things import MurkyError
from tests.following.programs.values import Const
from tests.following.trees import followed

Flow = tuple[str, str, str, tuple[str, int, int]]
"""A sink's kind and name, the value that reaches it, and where a literal that it is made of stands."""

_AT = (At(property="s*", argument=Argument(call="s*"), compare="s*", return_="s*", query="s*"),)
_WANTED = "beta"
_KINDS = {"set": "query", "params": "query"}


def meant(program: Program) -> set[Flow]:
    """What the interpreter says."""
    _, spots = rendered(program)
    return {
        (_KINDS.get(sink.form, sink.form), sink.name, atom.text, spots[number])
        for sink, atoms in Meaning(program).reached()
        for atom in atoms
        if isinstance(atom, Const)
        for number in atom.literals
    }


def found(program: Program, options: Options) -> set[Flow]:
    """What archlint says."""
    texts, _ = rendered(program)
    kinds = {sink.name: _KINDS.get(sink.form, sink.form) for sink, _ in Meaning(program).reached()}
    return {
        (kinds[occurrence.name], occurrence.name, occurrence.value, _place(constant.literal))
        for constant in followed({**CONFIGURATION, **texts}, options)
        for occurrence in [constant.occurrence]
        if kinds.get(occurrence.name) == occurrence.sink.value
    }


def _place(place: Place) -> tuple[str, int, int]:
    return place.path, place.span.line, place.span.column


def _whole(program: Program) -> set[Flow]:
    """What is meant of the wanted value where a literal holds all of it."""
    _, spots = rendered(program)
    written = {spot: program.texts[number] for number, spot in spots.items()}
    return {flow for flow in meant(program) if flow[2] == _WANTED and _WANTED in written[flow[3]]}


@given(programs())
def test_constants_are_followed_to_where_the_interpreter_sees_them(program: Program) -> None:
    try:
        expected = meant(program)
    except MurkyError:
        reject()

    assert found(program, Options(_AT, regex=".+")) == expected
    assert found(program, Options(_AT, only="delta")) == expected
    assert {flow for flow in found(program, Options(_AT, forbid=_WANTED)) if flow[2] == _WANTED} == _whole(
        program
    )
