"""A trace as JSON, for programs. Fields are added, never renamed or removed."""

import json
from typing import Any

from archlint.model import Finding, Origin, Rule
from archlint.reporters.escape import json_document, well_formed
from archlint.requirements import Statement, Trace

_VERSION = 1


def render(trace: Trace) -> str:
    """Statements name their rules, and rules their statements, tests and findings; places count from 1.

    ``findings`` of a rule is null where no tree was looked at.
    """
    counts = trace.counts
    document = {
        "version": _VERSION,
        "summary": {state: counts[state] for state in ("total", "enforced", "unchecked", "open")},
        "documents": [
            {"id": name, "title": well_formed(title)} for name, title in trace.requirements.documents
        ],
        "statements": [_statement(statement, trace) for statement in trace.requirements.statements],
        "rules": [_rule(rule, trace) for rule in trace.rules],
        "gaps": [{"place": _place(gap.origin), "message": well_formed(gap.message)} for gap in trace.gaps],
    }
    return json_document(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _statement(statement: Statement, trace: Trace) -> dict[str, object]:
    return {
        "id": statement.id,
        "document": statement.document,
        "section": well_formed(statement.section),
        "text": well_formed(statement.text),
        "unchecked": well_formed(statement.unchecked),
        "rules": [rule.id for rule in trace.rules_for(statement.id)],
        "place": _place(statement.origin),
    }


def _rule(rule: Rule[Any], trace: Trace) -> dict[str, object]:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "severity": str(rule.severity),
        "enforces": list(rule.enforces),
        "tests": {"bad": len(rule.tests.bad), "good": len(rule.tests.good)},
        "findings": None if trace.findings is None else list(map(_finding, trace.findings_of(rule.id))),
        "place": _place(rule.origin),
    }


def _finding(finding: Finding) -> dict[str, object]:
    span = finding.place.span
    return {
        "severity": str(finding.severity),
        "message": well_formed(finding.message),
        "place": {"path": well_formed(finding.place.path), "line": span.line, "column": span.column},
        "fingerprint": finding.fingerprint,
    }


def _place(origin: Origin) -> dict[str, object]:
    return {"path": well_formed(origin.path), "line": origin.line, "column": origin.column}
