"""Regular expressions of rule objects: what Rust's engine finds is found, with google-re2 and without."""

import sys
from collections.abc import Iterator

import pytest

from archlint.patterns.regexes import search_regex
from archlint.regexes import BadRegexError, compile_as_is, has_re2
from tests.patterns.peers import theirs

TEXTS = (
    "alpha", "isReady", "IsReady", "ALL_CAPS", "a1b2", "42", "naïve", "Ångström", "日本語", "٣٤", "a b", "a\\u00a0b", "a-b",
    "a.b", "x+y", "a\\nb", "a\\n", "", "[x]", "{x}", "$x", "a_b", "tab\\there", "https://example.org/a?b=c", "v1.2.3", "éa",
)  # fmt: skip
CARRIED = (
    "^is[A-Z]", "a$", "^a$", r"\Aa", r"b\z", r"\d", r"^\d+$", r"\D\d", r"\w\W\w", r"^\w+$", r"[\w-]+-", r"[^\w]", r"^[^\s]+$",
    r"\s", r"\S\s", r"\bb", r"\x61", r"\x{e9}", r"\u{e9}", "\\u00e9", "[[:alpha:]]1", "[[:upper:]_]{4}", "[[:word:]]", "(?i)ALPHA",
    "(?i:is)R", "^(?:alpha|42)$", "(?P<n>a)b", "(?<n>a)b", "a|b", "a.b", r"a\.b", r"x\+y", r"\[x\]", r"\{x", r"\$x", "[$]x", "[]x]x",
    "[^]x]", "a{1,2}", "a{2,}", "a*?b", "(?m)^b", "(?m)a$", "(?s)a.b", "a-b", "[a-]b", r"[\]x]\]", "^$", "$", r"https?://[^/]+/",
    "(?m:a$)", "(?-m)a$", "é", r"[\d_]", r"[\s.]b", r"\tb?", "[^[:alpha:]]",
)  # fmt: skip
WITH_RE2 = (r"\p{L}\d", r"\pL", r"^\p{Greek}", r"^\P{L}+$", r"[\p{Lu}]R")
REFUSED = {
    "a(?=b)": "look-around",
    "(?<!a)b": "look-around",
    "(?>a)": "look-around",
    r"(a)\1": "cannot be carried",
    "[a-z&&[^b]]": "set operation",
    "[a&&b]": 'set operation "&&"',
    "[a--b]": 'set operation "--"',
    "[a[b]]": "class in a class",
    r"[\W_]": "write [^\\w…]",
    "a++": "quantifier after a quantifier",
    "(?x)a b": 'flags "x"',
    r"\Z": "cannot be carried",
    r"\<a": "cannot be carried",
    r"\y": "cannot be carried",
    "[:alpha:]": "stands in a class",
    "[[:alfa:]]": "cannot be carried",
    "a{,3}": "begins no repetition",
    "a" * 5000: "at most 4,096 characters",
    "(": "",
    "[a": "not closed",
    "a)": "",
    r"\x{110000}": "is no character",
}


@pytest.fixture(params=["google-re2", "re"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each of the engines that there may be."""
    if request.param == "google-re2":
        pytest.importorskip("re2")
    else:
        monkeypatch.setitem(sys.modules, "re2", None)
    compile_as_is.cache_clear()
    has_re2.cache_clear()
    yield request.param
    compile_as_is.cache_clear()
    has_re2.cache_clear()


@pytest.mark.parametrize("pattern", CARRIED)
def test_what_rust_finds_is_found(engine: str, pattern: str) -> None:
    assert engine
    assert found(pattern) == found_by_rust(pattern)


@pytest.mark.parametrize("pattern", WITH_RE2)
def test_properties_of_characters_need_re2(engine: str, pattern: str) -> None:
    if engine == "re":
        with pytest.raises(BadRegexError, match="needs google-re2"):
            search_regex(pattern)
    else:
        assert found(pattern) == found_by_rust(pattern)


def test_a_group_that_repeats_in_a_repetition_needs_re2(engine: str) -> None:
    pattern = r"^v\d+(?:\.\d+)*$"
    if engine == "re":
        with pytest.raises(BadRegexError, match="a repeated group that itself repeats"):
            search_regex(pattern)
    else:
        assert found(pattern) == found_by_rust(pattern)


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_cannot_be_carried_is_refused(engine: str, pattern: str) -> None:
    with pytest.raises(BadRegexError) as refused:
        search_regex(pattern)

    assert engine
    assert REFUSED[pattern] in str(refused.value)


def found(pattern: str) -> list[str]:
    regex = search_regex(pattern)
    return [text for text in texts() if regex.search(text)]


def found_by_rust(pattern: str) -> list[str]:
    """The texts in which ast-grep finds the expression: each is a program."""
    rule = {"kind": "program", "regex": pattern}
    return [text for text in texts() if theirs("typescript", rule, text)]


def texts() -> tuple[str, ...]:
    return tuple(text.encode().decode("unicode_escape") if text.isascii() else text for text in TEXTS)
