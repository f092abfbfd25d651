"""Files put to real workers, for tests of how they are read and supervised."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from archlint import languages
from archlint.extend import Family, Language
from archlint.facts import Demand, Facts, MeasureDemand
from archlint.gather import Gathered, gather
from archlint.limits import Limits
from archlint.model import Scope
from archlint.source import Source
from archlint.workers.pool import Workers

MEASURE: tuple[Demand, ...] = (MeasureDemand(Scope()),)
USUAL = Limits()

Reader = Callable[[Source], None]


def ask(
    root: Path, *paths: str, demands: tuple[Demand, ...] = MEASURE, limits: Limits = USUAL, jobs: int = 2
) -> Gathered:
    """What workers of their own find in these files of ``root``; in every file, if none is named."""
    asked = paths or tuple(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    with Workers(root, limits, jobs) as workers:
        return gather(workers, dict.fromkeys(asked, demands))


def facts_of(root: Path, path: str, *demands: Demand, limits: Limits = USUAL) -> Facts:
    """What is found in one file."""
    return ask(root, path, demands=demands or MEASURE, limits=limits).facts[path]


def limits(**changes: float) -> Limits:
    """The usual limits but for these."""
    return msgspec.structs.replace(USUAL, **changes)


def read_as(monkeypatch: pytest.MonkeyPatch, suffix: str, reader: Reader) -> None:
    """Let files of a suffix be read by ``reader``, which finds nothing in them."""

    def read(source: Source, _: tuple[Demand, ...]) -> Facts:
        reader(source)
        return Facts(source.path, source.digest)

    language = Language(suffix, (suffix,), (), frozenset(Family), read)
    monkeypatch.setitem(languages._BY_SUFFIX, suffix, language)  # noqa: SLF001 -- a language for one test
