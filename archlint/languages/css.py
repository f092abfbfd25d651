"""Style sheets: CSS, SCSS and Less. What they point at, and their sizes."""

from archlint.facts import Demand, Facts, MeasureDemand, ReferenceDemand
from archlint.languages.measuring import measures
from archlint.languages.style_references import comments, references
from archlint.languages.wanted import asks
from archlint.source import Source


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    lang, whole = source.path.rpartition(".")[2].lower(), (0, len(source.data))
    is_measured = asks(demands, MeasureDemand)
    return Facts(
        source.path,
        source.digest,
        references=tuple(references(source, whole, lang)) if asks(demands, ReferenceDemand) else (),
        measures=measures(source, comments(source.data, whole, lang)) if is_measured else None,
    )
