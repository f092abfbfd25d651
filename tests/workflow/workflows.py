"""The kind ``workflow`` over the text of one file, and a workflow that keeps its contract, step by step."""

from collections.abc import Mapping
from textwrap import dedent, indent

from archlint.facts import WorkflowDemand
from archlint.gather import merge
from archlint.kinds.workflow import KIND, Options, RequiredRun, RequiredUpload
from archlint.languages import language_of
from archlint.languages.yaml import read
from archlint.model import Hit, Origin, Rule, Scope
from archlint.pipelines import Workflow
from archlint.plan import by_path, questions
from archlint.project import Project
from archlint.source import Source
from tests.places import text_at

PATH = ".github/workflows/deploy.yml"
AUTH = "node scripts/ci/parity.mjs --mode auth"
PUBLIC = "node scripts/ci/parity.mjs --mode public"
CONTRACT = Options(
    files=(".github/workflows/*.yml",),
    runs=(
        RequiredRun(command=(AUTH, "pnpm test:parity:auth"), own_step=True, blocking=True),
        RequiredRun(command=(PUBLIC, "pnpm test:parity:public"), own_step=True, blocking=True),
    ),
    uploads=(RequiredUpload(path="artifacts/parity-*.json", always=True),),
)


def rule(options: Options) -> Rule[Options]:
    return Rule("parity-gate-not-wired", "workflow", options, Origin("rules.yml", 1, 1, ""))


def project(*files: tuple[str, str]) -> Project:
    known = Project(tuple(path for path, _ in files), {})
    facts = {
        path: read(Source(path, text.encode()), KIND.demand(rule(CONTRACT), known)) for path, text in files
    }
    return known.knowing(facts)


def learnt(files: Mapping[str, str], one: Rule[Options]) -> Project:
    """What a run learns of a tree, round by round."""
    known, asked = Project(tuple(sorted(files)), {}), set[object]()
    for _ in range(8):
        fresh = [each for each in questions([one], known, None) if each.demand not in asked]
        if not fresh:
            break
        facts = dict(known.facts_by_path)
        for path, demands in by_path(fresh).items():
            found = language_of(path).read(Source(path, files[path].encode()), demands)
            facts[path] = merge(facts[path], found) if path in facts else found
        known = known.knowing(facts)
        asked |= {each.demand for each in fresh}
    return known


def told_in(files: Mapping[str, str], options: Options) -> list[tuple[str, str]]:
    """What each hit in a tree says, and what stands at its place, with the path if that is not the workflow."""
    found = list(KIND.check(rule(options), learnt(files, rule(options))))
    return [(hit.text, _at(files, hit)) for hit in found]


def _at(files: Mapping[str, str], hit: Hit) -> str:
    there = text_at(files[hit.place.path], hit.place.span)
    return there if hit.place.path.startswith(".github/") else f"{hit.place.path}: {there}"


def hits(text: str, options: Options = CONTRACT) -> list[Hit]:
    return list(KIND.check(rule(options), project((PATH, text))))


def told(text: str, options: Options = CONTRACT) -> list[tuple[str, str]]:
    """What each hit says, and what stands at its place."""
    return [(hit.text, text_at(text, hit.place.span)) for hit in hits(text, options)]


def workflow_of(text: str) -> Workflow:
    facts = read(Source(PATH, text.encode()), (WorkflowDemand(Scope()),))
    assert facts.workflow is not None
    return facts.workflow


STEPS_OF_AUTH = f"- name: Auth parity\n  run: {AUTH} --env dev\n"
STEPS_OF_PUBLIC = f"- name: Public parity\n  run: {PUBLIC} --env dev\n"
UPLOAD = """\
- if: always()
  uses: actions/upload-artifact@v4
  with:
    name: parity
    path: artifacts/parity-*.json
"""


def workflow(
    auth: str = STEPS_OF_AUTH,
    public: str = STEPS_OF_PUBLIC,
    upload: str = UPLOAD,
    *,
    job: str = "",
    more: str = "",
) -> str:
    """A workflow with one job of these steps, and with lines added to the job and the jobs."""
    steps = "".join(
        indent(dedent(step), "      ") for step in ("- uses: actions/checkout@v4\n", auth, public, upload)
    )
    lines = "name: deploy\non: push\njobs:\n  parity:\n    runs-on: ubuntu-latest\n"
    return f"{lines}{indent(dedent(job), '    ')}    steps:\n{steps}{indent(dedent(more), '  ')}"


def shell(text: str) -> str:
    """A step that runs a text of several lines."""
    return f"- run: |\n{indent(dedent(text), '    ')}"
