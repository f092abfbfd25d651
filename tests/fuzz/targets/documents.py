"""JSON, TOML and YAML against the standard library and ruamel.yaml, and what is read into workflows and packages."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator

from ruamel.yaml.error import YAMLError

from archlint.facts import Entry, Facts
from tests.documents.test_yaml import ruamel_scalars
from tests.fuzz.reading import Reader
from tests.fuzz.target import RejectedError, Target

_COLLECTIONS = ("mapping", "sequence")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_MOST_DIGITS = 4000
# An alias is followed; and ruamel.yaml takes a question mark in a flow collection for a key, whatever follows.
_ALIAS = re.compile(r"[*]\S|<<|[\[{,]\s*\?\S")
_YAML_11 = re.compile(r"%|\u0085|\u2028|\u2029|\t|\ufeff.*\ufeff", re.DOTALL)


def _flat(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Each scalar by its path; a mapping is given as its pairs, so that each of two equal keys counts."""
    pending = [(path, value)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, _Pairs):
            pending.extend(((*path, _whole(key)), inner) for key, inner in reversed(value))
        elif isinstance(value, dict):
            pending.extend(((*path, key), inner) for key, inner in reversed(value.items()))
        elif isinstance(value, list):
            pending.extend(((*path, str(index)), inner) for index, inner in reversed([*enumerate(value)]))
        else:
            yield path, _whole(value) if isinstance(value, str) else value


class _Pairs(tuple[tuple[str, object], ...]):
    __slots__ = ()


def _whole(text: str) -> str:
    return _HALF_PAIR.sub("\ufffd", text)


def _refused(text: str) -> object:
    raise ValueError(text)


def _json_of(text: str) -> object:
    return json.loads(text, object_pairs_hook=_Pairs, parse_constant=_refused, parse_int=float)


def _is_json(text: str, found: Facts) -> None:
    text = text.removeprefix("\ufeff")
    expected = _expected(text)
    if expected is None:
        is_extended = "/" in text or re.search(r",\s*[}\]]", text) or not text.strip()
        assert is_extended, "no problem, but json refuses it"
        return
    scalars = [each for each in found.entries if each.type not in _COLLECTIONS]
    assert [(each.path, _meant(each)) for each in scalars] == expected, "json reads something else"


def _expected(text: str) -> list[tuple[tuple[str, ...], object]] | None:
    try:
        return [*_flat(_json_of(text))]
    except RecursionError as error:
        raise RejectedError from error
    except ValueError:
        return None


def _meant(entry: Entry) -> object:
    return entry.value if entry.type == "string" else _json_of(entry.value)


def _is_toml(text: str, found: Facts) -> None:
    text = text.removeprefix("\ufeff")
    if text.count(".") > 2000 or re.search(rf"\d{{{_MOST_DIGITS}}}", text):
        return
    try:
        expected = dict(_flat(tomllib.loads(text.replace("\r\n", "\n"))))
    except (ValueError, RecursionError):
        return
    scalars = {each.path: each for each in found.entries if each.type not in _COLLECTIONS}
    assert scalars.keys() == expected.keys(), "tomllib has other keys"
    for path, entry in scalars.items():
        is_text = isinstance(expected[path], str)
        value = entry.value if is_text else tomllib.loads(f"x = {entry.value}")["x"]
        assert not is_text or entry.type == "string", "a text is another type"
        assert repr(value) == repr(expected[path]), "tomllib reads something else"


def _is_yaml(text: str, found: Facts) -> None:
    if (
        _ALIAS.search(text) or _YAML_11.search(text) or "\ufeff" in text[1:]
    ):  # a mark that is a character there
        return
    try:
        expected = ruamel_scalars(text)
    except (YAMLError, ValueError, RecursionError, AttributeError, TypeError, IndexError, AssertionError):
        return
    scalars = [("/".join(each.path), each.value) for each in found.entries if each.type not in _COLLECTIONS]
    empty = ("", "")  # a document with nothing in it
    assert sorted(each for each in scalars if each != empty) == sorted(
        each for each in expected if each != empty
    ), "ruamel.yaml reads something else"


def _reads(name: str, path: str, oracle: object, comment: str, tokens: Iterable[bytes]) -> Target:
    assert callable(oracle)
    return Target(name, Reader(path, oracle, comment), tokens=tuple(tokens))


_YAML = (b"- ", b": ", b"|", b">-", b"|2", b"&a", b"*a", b"<<: *a", b"!!str ", b"? ", b"---\n", b"...\n", b"%YAML 1.2\n", b"~", b"# ", b"\n  ", b"\n    ")  # fmt: skip
_FLOW = (b"on", b"jobs", b"steps", b"run", b"uses", b"with", b"env", b"needs", b"strategy", b"matrix", b"include", b"if", b"continue-on-error", b"shell", b"working-directory", b"permissions", b"${{ matrix.x }}", b"${{ env.X }}", b"defaults", b"runs", b"inputs", b"default", b"bash", b"pwsh", b"secrets", b"workflow_call", b"null", b"[]", b"{}")  # fmt: skip
TARGETS = (
    _reads("json", "data/a.json", _is_json, "// z", (b"true", b"null", b"1e5", b"-0", b"{}", b"[]", b'"":', b"\\n")),
    _reads("package", "package.json", _is_json, "", (b'"scripts":', b'"license":', b'"exports":', b"npm run ", b"&& ")),
    _reads("toml", "a.toml", _is_toml, "# z", (b"[a.b]\n", b"[[a]]\n", b'"""', b"'''", b"a.b = ", b"1_000", b"0x1F", b"inf", b"1979-05-27T07:32:00Z", b"{ a = 1 }", b"true")),
    _reads("yaml", "a.yml", _is_yaml, "", _YAML),
    _reads("workflow", ".github/workflows/a.yml", _is_yaml, "", (*_YAML, *_FLOW)),
    _reads("action", "tools/action.yml", _is_yaml, "", (*_YAML, *_FLOW)),
)  # fmt: skip
