"""Which paths a glob means."""

import pytest

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
