"""One rule judges one tree, of which a part or all is on no disk."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from archlint.config import Config
from archlint.discover import without
from archlint.evaluate import evaluate
from archlint.learn import learn
from archlint.ledger import problems_of
from archlint.model import Finding, Listing, Problem, Rule
from archlint.selection import project_of
from archlint.workers.pool import Workers


class Verdict(msgspec.Struct, frozen=True):
    """What a rule found in a tree, and what of the tree could not be read."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


class Bench(msgspec.Struct, frozen=True):
    """What every judgement needs: the workers that read, and what the user has decided."""

    workers: Workers
    config: Config

    def judge(
        self, rules: Iterable[Rule[Any]], listing: Listing, planted: Mapping[str, bytes] | None = None
    ) -> Verdict:
        """What the rules say of the files listed, some of which are planted."""
        rules = tuple(rules)
        files = without(self.config.exclude, listing)
        project = project_of(files, self.config)
        with self.workers.planting(planted or {}):
            known = learn(self.workers, rules, project, None, lambda _done, _total: None).project
        own = frozenset(rule.id for rule in rules)
        findings = tuple(found for found in evaluate(rules, known) if found.rule in own)
        return Verdict(findings, problems_of(files, known))
