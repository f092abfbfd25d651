"""What is known of one file, and what a run asks to know. Plain data: it crosses processes and fills caches.

A fact is true of one file's bytes alone; it never says how files belong together. More of them are in
``pipelines.py`` (what CI executes), ``code.py`` (what code defines, calls and builds) and ``searches.py``.
"""

from enum import StrEnum

import msgspec

from archlint.code import Code, CodeDemand, ConditionDemand, Import, ObjectDemand, Step
from archlint.measures import Measures
from archlint.model import Extent, Outcome, Problem, Scope, Span
from archlint.pipelines import Action, Scripts, Workflow
from archlint.searches import CodeMatch, PatternDemand, TextDemand, TextMatch
from archlint.suppression import Comment

# --- facts: true of one file's bytes alone -----------------------------------------------------------------


class Sink(StrEnum):
    """Where a constant is used. docs/values.md has an example of each."""

    PROPERTY = "property"
    VARIABLE = "variable"
    PARAMETER = "parameter"
    ARGUMENT = "argument"
    QUERY = "query"
    PATH = "path"
    HEADER = "header"
    COMPARE = "compare"
    RETURN = "return"
    TYPE = "type"
    ATTRIBUTE = "attribute"
    KEY = "key"
    ENV = "env"
    IDENTIFIER = "identifier"
    ANYWHERE = "anywhere"


class Occurrence(msgspec.Struct, frozen=True, array_like=True):
    """A constant at a sink."""

    value: str
    """The constant's text; a number's digits as written without separators (``7_000`` is ``7000``)."""
    sink: Sink
    name: str
    """What receives it: the property, variable, callee, query parameter, preceding path segment … or ''."""
    span: Span
    """The constant itself, or the part of a longer literal that is the value (a query parameter's)."""
    is_number: bool = False
    argument: int = -1
    """Position among the call's arguments, from 0; -1 at other sinks."""
    functions: tuple[str, ...] = ()
    """The named functions and methods around it, outermost first."""
    owner: str = ""
    """The nearest named thing that holds the receiver: the callee or variable of the object it is in, or ''."""
    way: tuple[Step, ...] = ()
    """The names that held it, and last the place of the sink; empty where the constant stands at its sink."""
    origin: Import | None = None
    """Of a constant that another file lends: what is imported. It has no ``value``; ``span`` is its sink's."""
    is_fallback: bool = False
    """Whether it stands in for something else: after ``??``, as a default. Only told if asked for."""
    tests: tuple[str, ...] = ()
    """The names that are read to decide whether it counts, dotted. Only told if asked for."""
    lacks: tuple[str, ...] = ()
    """Of an imported object that is handed over whole, so that any (``*``) of its members is the ``name``: those that
    something else stands for."""


class Export(msgspec.Struct, frozen=True, array_like=True):
    """A constant that other files can import."""

    name: str
    """``default``, ``*`` for everything that another module exports, ``=`` for all that a CommonJS module is."""
    members: tuple[str, ...]
    """Where in what is exported the constant is; as those of ``Import``."""
    span: Span
    value: str = ""
    is_number: bool = False
    way: tuple[Step, ...] = ()
    origin: Import | None = None
    """Of what is imported and exported again; it has no ``value``."""
    hides: tuple[str, ...] = ()
    """Of ``*``: the names that the file exports itself, which go before those of the other module."""


class Link(StrEnum):
    """How a file points at another.

    The targets of scripts, style sheets and assets are addresses: ``a.js`` is a file beside it. Those of the
    others name modules.
    """

    VALUE = "value"
    TYPE = "type"
    DYNAMIC = "dynamic"
    RE_EXPORT = "re-export"
    REQUIRE = "require"
    SIDE_EFFECT = "side-effect"
    GLOB = "glob"
    """A pattern of files, as of ``import.meta.glob``."""
    SCRIPT = "script"
    STYLESHEET = "stylesheet"
    ASSET = "asset"


class Reference(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place where a file points at another, or at a package."""

    target: str
    """The specifier or address as written, without quotes; of Python a dotted name, with its leading dots.

    A ``data:`` URL is without its data.
    """
    link: Link
    span: Span
    """The specifier, without quotes."""
    names: tuple[str, ...] = ()
    """The names that are imported, as the other file has them; ``*`` for all."""
    is_type: bool = False
    """Whether it is gone when the program runs: ``import type``, ``export type … from``, ``import { type A }``."""
    is_conditional: bool = False
    """Whether the program may run without it: in ``try``, ``if`` or a function."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A value at a path in a document. Sequence positions are path segments too, as decimal numbers."""

    path: tuple[str, ...]
    value: str
    """A scalar's text; '' for a mapping or sequence."""
    type: str
    """``string``, ``number``, ``boolean``, ``null``, ``mapping`` or ``sequence``."""
    span: Span
    key_span: Span


class Facts(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """All that was asked of one file and found. What was not asked for is empty."""

    path: str
    digest: str
    occurrences: tuple[Occurrence, ...] = ()
    borrowed: tuple[Occurrence, ...] = ()
    """Sinks of what the file imports."""
    changes: tuple[Import, ...] = ()
    """Members of what the file imports that it assigns to."""
    exports: tuple[Export, ...] = ()
    references: tuple[Reference, ...] = ()
    modules: tuple[str, ...] = ()
    """What may be the specifiers of the modules it imports, as written; sorted."""
    entries: tuple[Entry, ...] = ()
    measures: Measures | None = None
    matches: tuple[TextMatch, ...] = ()
    searched: tuple[CodeMatch, ...] = ()
    workflow: Workflow | None = None
    action: Action | None = None
    scripts: Scripts | None = None
    licences: tuple[Entry, ...] = ()
    """The entries that state licences, each as one SPDX expression or as it is written; never ''."""
    comments: tuple[Comment, ...] = ()
    """Those that speak to archlint, in order."""
    code: Code | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Analysed, partial or not analysed, by the worst of the problems."""
        if any(problem.extent is Extent.ALL for problem in self.problems):
            return Outcome.NOT_ANALYSED
        return Outcome.PARTIAL if self.problems else Outcome.ANALYSED


# --- demand: what a run needs to know ----------------------------------------------------------------------


class ConstantDemand(msgspec.Struct, frozen=True, tag="constants"):
    """The constants of files in scope that are one of ``values``, match ``regex`` whole, or are ``every``.

    The part of a longer literal that is a value of its own (a URL's query parameter or path segment) counts
    as a constant. A file is only parsed if it holds at least one text of each group of ``needles``.
    """

    scope: Scope
    needles: tuple[tuple[str, ...], ...] = ()
    values: tuple[str, ...] = ()
    regex: str = ""
    every: bool = False
    identifiers: tuple[str, ...] = ()
    """Names whose declarations and member reads are wanted themselves, at sink ``identifier``."""
    circumstances: bool = False
    """Whether it is asked what they stand in for, and on which tests they depend."""
    mentions: str = ""
    """An expression that some part of the file's text matches if it holds anything that is asked for."""


class ExportDemand(msgspec.Struct, frozen=True, tag="exports"):
    """The constants that files in scope export; which ones as in ``ConstantDemand``."""

    scope: Scope
    needles: tuple[tuple[str, ...], ...] = ()
    values: tuple[str, ...] = ()
    regex: str = ""
    every: bool = False
    mentions: str = ""
    """As in ``ConstantDemand``."""
    is_quoted: bool = False
    """Whether the needles are whole literals: a word in a sentence, in a comment or in a longer name is none."""


class ImportDemand(msgspec.Struct, frozen=True, tag="imports"):
    """The sinks of what files in scope import from these modules (as written there), and what they export again.

    No ``modules`` means all.
    """

    scope: Scope
    modules: tuple[str, ...] = ()
    needles: tuple[tuple[str, ...], ...] = ()
    circumstances: bool = False
    mentions: str = ""
    """As in ``ConstantDemand``, as are ``needles`` and ``circumstances``."""
    names: tuple[str, ...] = ()
    """What the modules lend: only who mentions one of these, or has all of a module at once, is asked. None: all are."""


class ModuleDemand(msgspec.Struct, frozen=True, tag="modules"):
    """The specifiers that files in scope may import. Found without parsing: some may stand in comments."""

    scope: Scope


class ReferenceDemand(msgspec.Struct, frozen=True, tag="references"):
    """What files in scope point at."""

    scope: Scope


class EntryDemand(msgspec.Struct, frozen=True, tag="entries"):
    """The entries of documents in scope."""

    scope: Scope


class MeasureDemand(msgspec.Struct, frozen=True, tag="measures"):
    """The sizes of files in scope; if any bound is given, of those alone that exceed one of them."""

    scope: Scope
    lines: int | None = None
    bytes: int | None = None
    code_lines: int | None = None
    functions: bool = True
    """Whether the longest function is asked for."""


class WorkflowDemand(msgspec.Struct, frozen=True, tag="workflow"):
    """The triggers, jobs, steps and commands of workflows and composite actions in scope."""

    scope: Scope


class ScriptDemand(msgspec.Struct, frozen=True, tag="scripts"):
    """The commands of package scripts, Makefiles and shell scripts in scope."""

    scope: Scope


class LicenceDemand(msgspec.Struct, frozen=True, tag="licences"):
    """The licences that manifests and lock files in scope state, and ``installed`` ones, which need not be there."""

    scope: Scope
    installed: tuple[str, ...] = ()


class CommentDemand(msgspec.Struct, frozen=True, tag="comments"):
    """The comments in files in scope that speak to archlint."""

    scope: Scope


Demand = (
    ConstantDemand
    | ExportDemand
    | ImportDemand
    | ModuleDemand
    | ReferenceDemand
    | EntryDemand
    | MeasureDemand
    | TextDemand
    | PatternDemand
    | WorkflowDemand
    | ScriptDemand
    | LicenceDemand
    | CommentDemand
    | CodeDemand
    | ObjectDemand
    | ConditionDemand
)
