"""The kind ``workflow`` over the text of one file, and a workflow that keeps its contract, step by step."""

from textwrap import dedent, indent

from archlint.facts import Workflow, WorkflowDemand
from archlint.kinds.workflow import KIND, Options, RequiredRun, RequiredUpload
from archlint.languages.yaml import read
from archlint.model import Hit, Origin, Rule, Scope
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
