"""YAML files, GitHub workflows among them. Scalars are text, as in YAML 1.2: ``on`` is a key like any other."""

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec
from msgspec.structs import replace
from tree_sitter import Tree

from archlint.facts import Demand, Facts, WorkflowDemand
from archlint.languages.code_asked import with_code
from archlint.languages.decoded import Region, plain
from archlint.languages.documents import Document, comments, facts, mistake, syntax_problem
from archlint.languages.shell_in_documents import with_shell
from archlint.languages.transcripts import Transcript
from archlint.languages.trees import parse
from archlint.languages.wanted import asks
from archlint.languages.workflows import action, workflow
from archlint.languages.yaml12.nesting import MAX_NESTING, nests_too_deep
from archlint.languages.yaml12.tree import TOO_MANY, Branch, Walk
from archlint.limits import too_deep
from archlint.model import WHOLE_FILE, Extent, Problem, Reason
from archlint.searches import PatternDemand
from archlint.source import Source

_MAX_LINES = 32_767  # tree-sitter-yaml 0.7.2 counts rows in 16 bits

_AT_MARGIN = re.compile(rb"^(?:(?:---|\.\.\.|-)(?=\s|\Z)|[^\s#}\]])", re.MULTILINE)


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    found = document(source)
    if not asks(demands, WorkflowDemand):
        return _with_patterns(
            with_shell(source, demands, found, facts(source, demands, found)), source, demands
        )
    pipeline, problems = workflow(source, found.nodes)
    composite, more = (None, ()) if pipeline else action(source, found.nodes)
    read = replace(found, problems=(*found.problems, *problems, *more))
    told = with_shell(source, demands, found, facts(source, demands, read))
    return _with_patterns(msgspec.structs.replace(told, workflow=pipeline, action=composite), source, demands)


def _with_patterns(facts: Facts, source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts, with the code that the demands mean. What cannot be read is a problem in them already."""
    if not asks(demands, PatternDemand) or nests_too_deep(source.data):
        return facts
    tree = parse("yaml", source.data)
    if _is_read(source.data, tree):
        return with_code(facts, source, tree, demands)
    for section in _sections(source.data):
        if _is_read(source.data[section.start : section.end], section.tree) and not _is_remnant(section):
            written = plain(source.data, (section.start, section.end))
            part = Transcript(source.path, written.text.encode(), source, written)
            facts = with_code(facts, part, section.tree, demands)
    return facts


def document(source: Source) -> Document:
    """The values of a file, all its documents in a row."""
    if nests_too_deep(source.data):
        message = f"block collections nested deeper than {MAX_NESTING}"
        return Document((), (), (Problem(source.path, WHOLE_FILE, Reason.DEPTH_LIMIT, message),))
    return _assemble(source, sections(source.data))


def sections(data: bytes) -> Iterator["Section"]:
    """The trees of a file: one if it is read as a whole, none if that is not safe."""
    if nests_too_deep(data):
        return
    tree = parse("yaml", data)
    if _is_read(data, tree):
        yield Section(0, len(data), tree, begins=True)
    else:
        yield from _sections(data)


class Section(msgspec.Struct, frozen=True):
    """Lines that are parsed by themselves. ``begins`` says that a document begins with them."""

    start: int
    end: int
    tree: Tree
    begins: bool


def _sections(data: bytes) -> Iterator[Section]:
    """The file cut before each top-level key or item: a mistake in one leaves the others to be read."""
    starts = [(0, True), *list(_starts(data))[1:], (len(data), False)]
    for (start, begins), (end, _) in pairwise(starts):
        yield Section(start, end, parse("yaml", data[start:end]), begins)


def _starts(data: bytes) -> Iterator[tuple[int, bool]]:
    is_sequence, follows_marker = None, False
    for line in _AT_MARGIN.finditer(data):
        if line[0] in (b"---", b"..."):
            is_sequence, follows_marker = None, line[0] == b"---"
            if follows_marker:
                yield line.start(), True
        elif is_sequence is None:
            is_sequence = line[0] == b"-"
            if not follows_marker:
                yield line.start(), True
        elif is_sequence or line[0] != b"-":  # under a key, items may stand at the margin too
            yield line.start(), False


def _assemble(source: Source, sections: Iterator[Section]) -> Document:
    walk, notes, problems = Walk(source.data), list[Region](), list[Problem]()
    for section in sections:
        if section.begins:
            walk.begin()
        if not _is_read(source.data[section.start : section.end], section.tree) or _is_remnant(section):
            problems.append(_unread(source, section))
            walk.skip()
        else:
            notes.extend(
                (section.start + start, section.start + end) for start, end in comments(section.tree)
            )
            _walk(walk, section)
    reasons = {too_deep(): Reason.DEPTH_LIMIT, TOO_MANY: Reason.TOO_LARGE}
    for message, region in walk.troubles.items():
        reason = reasons.get(message, Reason.SYNTAX)
        problems.append(Problem(source.path, source.lines.span(*region), reason, message, Extent.PART))
    return Document(tuple(walk.nodes), tuple(notes), tuple(problems))


def _is_read(data: bytes, tree: Tree) -> bool:
    """Whether a tree is free of errors and goes to the end; a NUL ends one as if the file ended there."""
    return not tree.root_node.has_error and not data[tree.root_node.end_byte :].strip()


def _is_remnant(section: Section) -> bool:
    """Whether lines can be read only because what began before them was cut off."""
    documents = section.tree.root_node.named_children
    roots = [part for document in documents for part in document.named_children]
    scalars = (part for root in roots for part in root.named_children if part.type == "block_scalar")
    return not section.begins and (
        any(root.type == "flow_node" for root in roots) or next(scalars, None) is not None
    )


def _walk(walk: Walk, section: Section) -> None:
    documents = [part for part in section.tree.root_node.named_children if part.type == "document"]
    for index, part in enumerate(documents):
        if index:
            walk.begin()
        for root in part.named_children:
            if root.type in ("block_node", "flow_node"):
                walk.visit(Branch(root, section.start))


def _unread(source: Source, section: Section) -> Problem:
    first, last = source.lines.line(section.start), source.lines.line(max(section.end - 1, section.start))
    if last - first >= _MAX_LINES:
        at, message = section.start, f"lines {first:,} to {last:,} are one block of over {_MAX_LINES:,} lines"
        span, reason = source.lines.span(at, at), Reason.TOO_LARGE
        return Problem(source.path, span, reason, f"{message}; it was not judged", Extent.PART)
    lines = f"line {first:,} was" if first == last else f"lines {first:,} to {last:,} were"
    at = section.start + (0 if _is_remnant(section) else _mistake(section.tree))
    return syntax_problem(source, (at, at + 1), f"not YAML; {lines} not judged")


def _mistake(tree: Tree) -> int:
    """The offset of the first mistake: where a root that is an ERROR ends, the rest of the text was given up."""
    error = mistake(tree.root_node)
    if error is None:
        return tree.root_node.end_byte
    return error.start_byte if error.parent else max(error.end_byte - 1, 0)
