"""Astro components: TypeScript between fences, then markup with code in it and markup in that code again."""

import re
from dataclasses import replace

import msgspec
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

_DIALECT = Dialect(has_markup_in_code=True)
_FIRST_FENCE = re.compile(rb"(?:\xef\xbb\xbf)?\s*---")
_FENCE = re.compile(rb"^[ \t]*---", re.MULTILINE)


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    first = _FIRST_FENCE.match(source.data)
    if first is None:
        return _of_markup(source, scan(source.data, _DIALECT), demands)
    last = _FENCE.search(source.data, first.end())
    if last is None:
        nothing = Template(hidden=((first.end(), len(source.data)),))
        region, message = (first.end() - 3, first.end()), "this fence is not closed; nothing was judged"
        problem = unread(source, region, message)
        return msgspec.structs.replace(_of_markup(source, nothing, demands), problems=(problem,))
    return _of_both(source, (first.end(), last.start()), scan(source.data, _DIALECT, last.end()), demands)


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
