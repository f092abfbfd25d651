"""Which paths a glob means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.scope import BadGlobError, check_glob, matches_name, matching

TREE = (
    "README.md",
    "bob/app/[workspaceId]/route.ts",
    "bob/app/w/route.ts",
    "roma/app.ts",
    "roma/lib/app.ts",
    "roma/lib/deep/app.tsx",
    "romantic/app.ts",
)


@pytest.mark.parametrize(
    ("glob", "paths"),
    [
        ("**", TREE),
        ("*", ("README.md",)),
        ("*.ts", ()),
        ("**/*.ts", tuple(path for path in TREE if path.endswith(".ts"))),
        ("roma", ("roma/app.ts", "roma/lib/app.ts", "roma/lib/deep/app.tsx")),
        ("roma/**", ("roma/app.ts", "roma/lib/app.ts", "roma/lib/deep/app.tsx")),
        ("roma/*", ("roma/app.ts",)),
        ("roma/**/app.{ts,tsx}", ("roma/app.ts", "roma/lib/app.ts", "roma/lib/deep/app.tsx")),
        ("rom?/app.ts", ("roma/app.ts",)),
        ("{roma,romantic}/app.ts", ("roma/app.ts", "romantic/app.ts")),
        ("bob/app/[workspaceId]/*.ts", ("bob/app/[workspaceId]/route.ts",)),
        ("bob/app/[a-z]/*.ts", ("bob/app/w/route.ts",)),
        ("bob/app/[!a-v]/*.ts", ("bob/app/w/route.ts",)),
        ("bob/app/[workspaceId]", ("bob/app/[workspaceId]/route.ts",)),
        ("ROMA/app.ts", ()),
    ],
)
def test_a_glob_means_these_paths(glob: str, paths: tuple[str, ...]) -> None:
    assert sorted(matching(glob, TREE)) == sorted(paths)


def test_a_bracketed_folder_is_a_character_class_where_no_path_is_called_so() -> None:
    assert matching("app/[ab]/x.ts", ["app/a/x.ts", "app/c/x.ts"]) == {"app/a/x.ts"}


@pytest.mark.parametrize("glob", ["", " a", "/a", "a\\b", "../a", "a/**b", "a/{b", "a/b}", "a/[b", "C:/a"])
def test_a_glob_that_cannot_be_meant_is_refused(glob: str) -> None:
    with pytest.raises(BadGlobError):
        check_glob(glob)


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("subject", "subject", True),
        ("subject", "Subject", False),
        ("subject", "subjects", False),
        ("*Subject", "aiSubject", True),
        ("resolve*", "resolve", True),
        ("{a,b}Id", "bId", True),
        ("/^sub/", "subject", True),
        ("/ject$/", "subject", True),
        ("/^ject/", "subject", False),
        ("a/b", "a/b", True),
    ],
)
def test_a_name_pattern_matches_all_of_a_name(pattern: str, name: str, *, matches: bool) -> None:
    assert matches_name(pattern, name) is matches


SEGMENTS = st.sampled_from(["**", "*", "a", "b", "a*", "*b", "*a*b*", "?", "a?", "ab", "*.ts", "[ab]"])
NAMES = st.text(alphabet="ab.ts", min_size=1, max_size=4).filter(lambda name: name.strip(".") != "")


def obvious(segments: list[str], names: list[str]) -> bool:
    """Whether a path matches, by trying every way."""
    if not segments:
        return not names
    if segments[0] == "**":
        if len(segments) == 1:
            return bool(names)
        return obvious(segments[1:], names) or (bool(names) and obvious(segments, names[1:]))
    return bool(names) and obvious_name(segments[0], names[0]) and obvious(segments[1:], names[1:])


def obvious_name(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    if pattern[0] == "*":
        return obvious_name(pattern[1:], name) or (bool(name) and obvious_name(pattern, name[1:]))
    if pattern.startswith("[ab]"):
        return name[:1] in ("a", "b") and obvious_name(pattern[4:], name[1:])
    return bool(name) and pattern[0] in ("?", name[0]) and obvious_name(pattern[1:], name[1:])


@given(st.lists(SEGMENTS, min_size=1, max_size=5), st.lists(NAMES, min_size=1, max_size=5))
def test_a_glob_matches_what_trying_every_way_matches(segments: list[str], names: list[str]) -> None:
    path = "/".join(names)
    is_folder = any(obvious(segments, names[:length]) for length in range(1, len(names)))
    means_content = segments[-1] in ("a", "b", "ab") and is_folder

    assert (path in matching("/".join(segments), [path])) == (obvious(segments, names) or means_content)


def test_a_glob_with_many_wildcards_takes_linear_time() -> None:
    assert matching("*a*a*a*a*a*a*a*a*a*ab", ["a" * 3000]) == frozenset()
    assert matching("**/a/**/a/**/a/**/a/**/b", ["a/" * 2000 + "c"]) == frozenset()


@pytest.mark.parametrize(
    ("glob", "means", "others"),
    [
        ("a[*]b", ["a*b"], ["axb", "a/b"]),
        ("a[!*]*", ["ab", "abc*"], ["a", "a*b"]),
        ("[*-z]", ["a", "z", "*"], ["!", "é"]),
        ("x[^a-c]", ["xd"], ["xa", "xc"]),
        ("[a&&b]", ["a", "b", "&"], ["c"]),
        ("[a~~b]x*", ["ax", "~xy"], ["cx"]),
        ("a[!b]c", ["adc"], ["abc", "a/c"]),
    ],
)
def test_a_class_of_characters_holds_what_stands_in_it(
    glob: str, means: list[str], others: list[str]
) -> None:
    assert sorted(matching(glob, [*means, *others])) == sorted(means)
