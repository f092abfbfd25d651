"""Everything that can be asked of a file, by the family of facts that answers it."""

import msgspec

from archlint.code import CodeDemand, ConditionDemand, ObjectDemand
from archlint.extend import Family
from archlint.facts import (
    CommentDemand,
    ConstantDemand,
    Demand,
    EntryDemand,
    ExportDemand,
    ImportDemand,
    LicenceDemand,
    MeasureDemand,
    ModuleDemand,
    ReferenceDemand,
    ScriptDemand,
    WorkflowDemand,
)
from archlint.languages import language_of
from archlint.model import Scope
from archlint.patterns.dialects import may_hold
from archlint.patterns.rule import CodeRule, CodeSearch
from archlint.searches import PatternDemand, TextDemand

ANY = Scope()
NAMES = ("a", "b", "x", "plan", "mode", "subject", "default", "name", "data", "API_URL", "isAdmin", "value")


def _pattern(key: str, grammars: tuple[str, ...], rule: CodeRule) -> PatternDemand:
    return PatternDemand(ANY, key, grammars, msgspec.json.encode(CodeSearch(rule)).decode())


_DEMANDS: tuple[tuple[Family, Demand], ...] = (
    (Family.CONSTANTS, ConstantDemand(ANY, every=True, identifiers=NAMES, circumstances=True)),
    (Family.EXPORTS, ExportDemand(ANY, every=True)),
    (Family.IMPORTS, ImportDemand(ANY, circumstances=True)),
    (Family.IMPORTS, ModuleDemand(ANY)),
    (Family.REFERENCES, ReferenceDemand(ANY)),
    (Family.ENTRIES, EntryDemand(ANY)),
    (Family.MEASURES, MeasureDemand(ANY)),
    (Family.TEXT, TextDemand(ANY, r"[a-z]+\s*=|^\s*$")),
    (Family.PATTERNS, _pattern("call", ("typescript", "tsx", "javascript"), CodeRule(pattern="$F($$$A)"))),
    (Family.PATTERNS, _pattern("pair", ("yaml",), CodeRule(kind="block_mapping_pair"))),
    (Family.PATTERNS, _pattern("member", ("json",), CodeRule(kind="pair"))),
    (Family.PATTERNS, _pattern("element", ("html",), CodeRule(kind="attribute"))),
    (Family.PATTERNS, _pattern("command", ("bash",), CodeRule(kind="command"))),
    (Family.WORKFLOW, WorkflowDemand(ANY)),
    (Family.SCRIPTS, ScriptDemand(ANY)),
    (Family.LICENCES, LicenceDemand(ANY)),
    (Family.COMMENTS, CommentDemand(ANY)),
    (Family.CODE, CodeDemand(ANY, arguments=True)),
    (Family.CODE, ConditionDemand(ANY, names=NAMES)),
    (Family.OBJECTS, ObjectDemand(ANY, keys=(), exports=("a", "default", "x"))),
)


def demands_on(path: str) -> tuple[Demand, ...]:
    """All that is ever asked of a file of this name."""
    yields = language_of(path).yields
    asked = (demand for family, demand in _DEMANDS if family in yields)
    return tuple(
        each for each in asked if not isinstance(each, PatternDemand) or may_hold(path, each.grammars)
    )
