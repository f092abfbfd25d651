"""What imports are, in the files that they lead to: functions and values, also those that are exported again."""

from collections.abc import Iterator

import msgspec

from archlint.code import Call, Code, Definition, Import, Passed
from archlint.project.modules import Modules
from archlint.project.project import Project

_LONGEST_CHAIN = 40


class Function(msgspec.Struct, frozen=True, order=True):
    """A function with the file that defines it."""

    path: str
    definition: Definition


class Lookup:
    """Answers by what is known of a project so far."""

    def __init__(self, project: Project) -> None:
        self._modules = project.once(Modules)
        self._codes = {
            path: facts.code for path, facts in project.facts_by_path.items() if facts.code is not None
        }
        self._exported: dict[str, dict[str, Definition]] = {}
        self._bodies: dict[str, dict[object, Definition]] = {}

    @property
    def codes(self) -> dict[str, Code]:
        """The code of the files that were asked about it, by path."""
        return self._codes

    def lead(self, path: str, module: str) -> str | None:
        """The file that a specifier means in the file at ``path``."""
        return self._modules.resolve(path, module).path

    def called(self, path: str, call: Call) -> Function | None:
        """The function that a call means."""
        if call.target is not None:
            definition = self._by_body(path).get(call.target)
            return Function(path, definition) if definition is not None else None
        return self.function(path, call.origin) if call.origin is not None else None

    def function(self, path: str, origin: Import) -> Function | None:
        """The function that the import in the file at ``path`` is."""
        for file, wanted in self.ways(path, origin):
            definition = self._by_export(file).get(".".join((wanted.name, *wanted.members)))
            if definition is not None:
                return Function(file, definition)
        return None

    def ways(self, path: str, origin: Import) -> Iterator[tuple[str, Import]]:
        """The files that may have what is imported, each with what it is there: by its name, not by ``*``."""
        waiting = [(path, origin)]
        seen: set[tuple[str, Import]] = set()
        while waiting and len(seen) < _LONGEST_CHAIN:
            asked = waiting.pop()
            file = self.lead(asked[0], asked[1].module)
            wanted = _named(asked[1])
            if file is None or wanted is None or (file, wanted) in seen:
                continue
            seen.add((file, wanted))
            yield file, wanted
            code = self._codes.get(file)
            waiting.extend(
                (file, _beyond(passed, wanted))
                for passed in (code.passed if code else ())
                if _has(passed, wanted)
            )

    def _by_export(self, path: str) -> dict[str, Definition]:
        if path not in self._exported:
            code = self._codes.get(path)
            found = code.definitions if code is not None else ()
            self._exported[path] = {name: each for each in found for name in each.exports}
        return self._exported[path]

    def _by_body(self, path: str) -> dict[object, Definition]:
        if path not in self._bodies:
            self._bodies[path] = {each.body: each for each in self._codes[path].definitions}
        return self._bodies[path]


def _named(origin: Import) -> Import | None:
    """The import by the name that it reads: ``a.b`` of ``import * as a`` is ``b``; None for a whole module."""
    if origin.name != "*":
        return origin
    return Import(origin.module, origin.members[0], origin.members[1:]) if origin.members else None


def _has(passed: Passed, wanted: Import) -> bool:
    return passed.name in ("*", wanted.name) and (passed.name != "*" or wanted.name != "default")


def _beyond(passed: Passed, wanted: Import) -> Import:
    """What is imported where it is exported again."""
    if passed.name == "*":
        return Import(passed.origin.module, wanted.name, wanted.members)
    return Import(passed.origin.module, passed.origin.name, (*passed.origin.members, *wanted.members))
