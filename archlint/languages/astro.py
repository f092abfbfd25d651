"""Astro components: TypeScript between fences, then markup with code in it and markup in that code again."""

import re

import msgspec
from msgspec.structs import replace
from tree_sitter import Tree

from archlint.facts import Demand, Facts, MeasureDemand
from archlint.languages import typescript
from archlint.languages.components.reading import facts, joined, unread
from archlint.languages.components.scan import Dialect, scan
from archlint.languages.components.scripts import script
from archlint.languages.components.template import Template
from archlint.languages.decoded import Region
from archlint.languages.ecmascript.measures import comments, longest_function
from archlint.languages.ecmascript.syntax import parse_script
from archlint.languages.wanted import asks
from archlint.source import Source

DIALECT = Dialect(has_markup_in_code=True)
_FIRST_FENCE = re.compile(rb"(?:\xef\xbb\xbf)?\s*---")
_FENCE = re.compile(rb"^[ \t]*---", re.MULTILINE)


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    region = frontmatter(source.data)
    if region is None:
        return _of_markup(source, scan(source.data, DIALECT), demands)
    last = _FENCE.match(source.data, region[1])
    if last is None:
        fence, message = (region[0] - 3, region[0]), "this fence is not closed; nothing was judged"
        nothing, problem = Template(hidden=(region,)), unread(source, fence, message)
        return msgspec.structs.replace(_of_markup(source, nothing, demands), problems=(problem,))
    return _of_both(source, region, scan(source.data, DIALECT, last.end()), demands)


def frontmatter(data: bytes) -> Region | None:
    """The code between the fences, to the end of the file where the second is missing; None without any."""
    first = _FIRST_FENCE.match(data)
    if first is None:
        return None
    last = _FENCE.search(data, first.end())
    return first.end(), last.start() if last else len(data)


def _of_markup(source: Source, template: Template, demands: tuple[Demand, ...]) -> Facts:
    scripts = (script(source.data, expression) for expression in template.expressions)
    return facts(source, template, [each for each in scripts if each], demands)


def _of_both(source: Source, region: Region, template: Template, demands: tuple[Demand, ...]) -> Facts:
    is_measured = asks(demands, MeasureDemand)
    tree = parse_script(source, region, "typescript")[0] if is_measured else None
    notes = comments(tree) if tree else ()
    template = replace(template, hidden=(region, *template.hidden), comments=(*notes, *template.comments))
    found = joined(
        _of_markup(source, template, demands), typescript.read_region(source, region, "typescript", demands)
    )
    return _with_longest(source, found, tree) if tree else found


def _with_longest(source: Source, found: Facts, tree: Tree) -> Facts:
    length, place = longest_function(source, tree)
    if found.measures is None or length <= found.measures.longest_function:
        return found
    measures = msgspec.structs.replace(found.measures, longest_function=length, longest_function_at=place)
    return msgspec.structs.replace(found, measures=measures)
