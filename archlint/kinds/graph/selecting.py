"""Which files a rule speaks of: globs and zones, and globs with captures such as ``features/{a}/**``."""

from collections.abc import Iterable, Iterator, Mapping

from archlint.extend import OptionMistake
from archlint.project import Project
from archlint.scope import captured, capturing

Binding = tuple[tuple[str, str], ...]
"""What captures stand for, by name; sorted."""
_MOST_CAPTURES = 4


class Selection:
    """The files that some selectors mean."""

    def __init__(self, selectors: Iterable[str], project: Project) -> None:
        self._plain = [each for each in selectors if not captured(each)]
        self._capturing = [each for each in selectors if captured(each)]
        self._project = project
        self._matches: dict[str, tuple[Mapping[str, str], ...]] = {}

    def bindings(self, path: str) -> tuple[Binding, ...]:
        """The ways in which a file is meant, () of a way without captures; none if it is not meant."""
        found = dict.fromkeys(tuple(sorted(match.items())) for match in self._captures(path))
        return (*(((),) if self._is_plain(path) else ()), *found)

    def has(self, path: str, binding: Binding = ()) -> bool:
        """Whether a file is meant, given what captures stand for.

        A capture that is not bound stands for anything but what the bound ones stand for.
        """
        return self._is_plain(path) or any(_agree(match, dict(binding)) for match in self._captures(path))

    def vain(self) -> Iterator[str]:
        """Says of each selector that means no file so."""
        for each in self._plain:
            if not self._project.selected(each):
                yield f"no file matches '{each}'"
        for each in self._capturing:
            if not any(capturing(each, path) is not None for path in self._project.paths):
                yield f"no file matches '{each}'"

    def _is_plain(self, path: str) -> bool:
        return any(path in self._project.selected(each) for each in self._plain)

    def _captures(self, path: str) -> tuple[Mapping[str, str], ...]:
        if path not in self._matches:
            found = (capturing(each, path) for each in self._capturing)
            self._matches[path] = tuple(match for match in found if match is not None)
        return self._matches[path]


def _agree(match: Mapping[str, str], bound: Mapping[str, str]) -> bool:
    taken = set(bound.values())
    return all(value == bound[name] if name in bound else value not in taken for name, value in match.items())


def capture_mistakes(where: str, selectors: tuple[str, ...]) -> Iterator[OptionMistake]:
    """Globs with more captures than can be matched in reasonable time."""
    for number, each in enumerate(selectors):
        if len(captured(each)) > _MOST_CAPTURES:
            yield (where, number), f"a glob has at most {_MOST_CAPTURES} captures"
