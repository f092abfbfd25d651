"""Where specifiers lead in a small tree: to a file of it, out of it, or nowhere; always the same way."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from archlint.project.modules import Manner, Modules
from tests.fuzz.target import RejectedError, Target, parts
from tests.resolution.modules import project_of

_ASKED = "?"


def _resolution(data: bytes) -> Iterable[str]:
    written = {name: text.decode("utf-8", "replace") for name, text in parts(data)}
    asked = [line.split(" ", 1) for line in written.pop(_ASKED, "").splitlines() if " " in line]
    files = {name: text for name, text in written.items() if _is_path(name)}
    if not asked or not files:
        raise RejectedError
    project = project_of(files)
    modules, fresh = Modules(project), Modules(project_of({**files, "zz/unrelated.txt": ""}))
    for importer, specifier in asked:
        for manner in Manner:
            found = modules.resolve(importer, specifier, manner) if importer in files else None
            if found is None:
                continue
            assert found.path is None or found.path in files, "a file that is not there"
            assert found.path is None or not found.is_outside, "inside and outside"
            assert fresh.resolve(importer, specifier, manner) == found, "an unrelated file makes a difference"
            yield f"{found.path is None} {found.is_outside} {found.is_lost} {specifier[:1]} {manner}"
            yield f"{PurePosixPath(found.path or '').suffix} {PurePosixPath(specifier).suffix[:5]}"


def _is_path(name: str) -> bool:
    return PurePosixPath(name).as_posix() == name and not name.startswith("/") and ".." not in name.split("/")


_TOKENS = (b'"exports":', b'"imports":', b'"main":', b'"types":', b'"name":', b'"workspaces":', b'"paths":', b'"baseUrl":', b'"extends":', b'"rootDirs":', b'"references":', b'"outDir":', b'"module":"nodenext"', b'"moduleSuffixes":', b'"typesVersions":', b'"files":', b'"include":', b'"*"', b'"./*"', b'"."', b"./", b"../", b"null", b"{}", b"[]", b"#a", b"@/", b".js", b".d.ts", b"/index", b"%2e", b"?x", b"node:", b"*", b"\n=== a/b.ts\n")  # fmt: skip
TARGETS = (Target("modules", _resolution, tokens=_TOKENS, seconds=2.0),)
