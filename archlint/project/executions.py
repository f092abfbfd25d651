"""Everything that workflows execute: steps, through actions, workflows, scripts and targets, down to files."""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from archlint.model import Place, Remark
from archlint.pipelines import Located, Workflow, WorkflowJob, WorkflowStep
from archlint.project.execution import Execution, Resolved, Site, told_step
from archlint.project.matrices import combinations
from archlint.project.packages import Packages
from archlint.project.project import Project
from archlint.project.scenes import Scene, checkouts, in_repository, joined
from archlint.project.starts import Draft, Outcome, Starts
from archlint.project.words import ROOT, Context, filled, told, words_of

_MOST_EXECUTIONS = 50_000
_MOST_VISITS = 4
_DEEPEST = 100
_OFF = re.compile(r"\s*(?:\$\{\{)?\s*false\s*(?:\}\})?\s*")
_Defaults = tuple[tuple[str, Located | None], ...]

_KNOWN_PLACES = {
    "github.workspace": ROOT,
    "env.GITHUB_WORKSPACE": ROOT,
    "runner.temp": "/tmp",  # noqa: S108 -- outside the repository, wherever it is
}


def executions(project: Project, path: str) -> Resolved:
    """All that the workflow at ``path`` executes, as far as it is known. Nothing for what is no workflow."""
    return _once(project, ("workflow", path), lambda resolver: resolver.run(path, afresh=True))


def reached(project: Project, paths: Iterable[str]) -> Resolved:
    """All that several workflows execute together: each script once or twice, however many steps run it.

    What ``if: false`` switches off is not reached.
    """
    paths = tuple(paths)

    def run(resolver: _Resolver) -> None:
        for path in paths:
            resolver.run(path, afresh=False)

    return _once(project, ("workflows", *paths), run)


def started(project: Project, path: str, name: str) -> Resolved:
    """All that the script ``name`` of the package at ``path`` executes when somebody runs it."""
    return _once(project, ("script", path, name), lambda resolver: resolver.start(path, name))


def _once(project: Project, asked: tuple[str, ...], run: Callable[["_Resolver"], None]) -> Resolved:
    if asked not in project.resolved:
        resolver = _Resolver(project)
        run(resolver)
        project.resolved[asked] = resolver.resolved
    return project.resolved[asked]


class _Resolver:
    """Goes through workflows in the order in which they run, without recursion."""

    def __init__(self, project: Project) -> None:
        self._packages = Packages(project)
        self._starts = Starts(self._packages, _MOST_VISITS)
        self._found: list[Execution] = []
        self._unread: dict[Remark, None] = {}

    @property
    def resolved(self) -> Resolved:
        """What was found so far."""
        return Resolved(
            executions=tuple(self._found),
            unread=tuple(self._unread),
            wanted=frozenset(self._packages.wanted),
            ran=frozenset(self._starts.ran),
        )

    def run(self, path: str, *, afresh: bool) -> None:
        """Go through a workflow; ``afresh`` to enter scripts again that an earlier step ran."""
        facts = self._packages.facts(path)
        if facts is None or facts.workflow is None:
            return
        jobs = self._jobs(path, facts.workflow, Scene(context=_KNOWN_PLACES))
        self._go([draft for draft in jobs if afresh or not _is_off(draft)], afresh=afresh)

    def start(self, path: str, name: str) -> None:
        """Go through a script of a package."""
        script = self._packages.script(path, name)
        if script is not None:
            scene = Scene(posixpath.dirname(path), _KNOWN_PLACES)
            self._go([Draft(Place(path, script.span), scene, ("npm", "run", name))], afresh=True)

    def _go(self, drafts: list[Draft], *, afresh: bool) -> None:
        pending = drafts[::-1]
        first = len(self._found)
        while pending:
            draft = pending.pop()
            if len(self._found) - first >= _MOST_EXECUTIONS:
                self._unread[Remark(draft.place, f"it runs over {_MOST_EXECUTIONS:,} commands")] = None
                break
            if afresh and draft.via is None:
                self._starts.visits = Counter()
            execution, inner = self._look_into(draft)
            self._found.append(execution)
            if inner and execution.depth >= _DEEPEST:
                deep = f"scripts call each other over {_DEEPEST} deep"
                self._unread[Remark(execution.top.place, deep)] = None
                continue
            pending.extend(replace(each, via=execution) for each in reversed(inner))

    def _look_into(self, draft: Draft) -> tuple[Execution, tuple[Draft, ...]]:
        outcome = self._used(draft) if draft.uses else self._starts.of(draft)
        if outcome.unread:
            self._unread[Remark(draft.place, outcome.unread)] = None
        word, path = outcome.path
        step = draft.site.step.index if draft.site and draft.site.step else 0
        outer = (
            draft.via.turn[0] if draft.via and (draft.site is None or draft.site.workflow is None) else step
        )
        execution = Execution(
            place=draft.place,
            says=f"uses: {draft.uses}" if draft.uses else told(draft.words),
            words=draft.words,
            rooted=tuple(path if each == word else each for each in draft.words) if word else draft.words,
            turn=(outer, len(self._found)),
            site=draft.site,
            command=draft.command,
            uses=draft.uses,
            inputs=draft.inputs,
            via=draft.via,
            file=outcome.file,
            lost=outcome.lost,
            depth=draft.via.depth + 1 if draft.via else 0,
        )
        return execution, outcome.drafts

    def _jobs(self, path: str, workflow: Workflow, scene: Scene) -> Iterator[Draft]:
        scene = scene.with_env(workflow.env)
        for job in workflow.jobs:
            for case in combinations(job.matrix):
                known = {f"matrix.{key}": text for key, text in case.items()}
                inner = scene.knowing({**known, **_strategy(job)}).with_env(job.env)
                if job.uses:
                    site = Site(path, job, workflow=workflow)
                    yield _use(job.uses, job.inputs, Place(path, job.uses.span), inner, site)
                for step in job.steps:
                    yield from self._step(Site(path, job, step, workflow), step, inner)
                    inner = inner.knowing(_exported(step, inner.with_env(step.env).context))

    def _step(self, site: Site, step: WorkflowStep, scene: Scene) -> Iterator[Draft]:
        scene = scene.with_env(step.env)
        if step.uses:
            yield _use(step.uses, step.inputs, Place(site.path, step.uses.span), scene, site)
        if not step.is_understood and step.run:
            says = f"`shell: {step.shell}` of {told_step(step)} is not understood"
            self._unread[Remark(Place(site.path, step.run.span), says)] = None
        found = checkouts(site.job, scene.context)
        folder = joined(scene.folder, filled(step.working_directory, scene.context))
        for command in step.commands:
            inner = replace(scene, folder=folder).within(command.folder)
            yield Draft(
                place=Place(site.path, command.span),
                scene=replace(inner, folder=in_repository(inner.folder, found)),
                words=words_of(command, scene.context),
                command=command,
                site=site,
            )

    def _used(self, draft: Draft) -> Outcome:
        """What an action or workflow executes, if it is one of the repository's own."""
        site = draft.site
        if site is None:
            return Outcome()
        if not draft.uses.startswith("./"):
            if site.step is None:
                self._unread[Remark(draft.place, f"`uses: {draft.uses}` is another repository's")] = None
            return Outcome()
        return self._used_action(draft, site) if site.step else self._used_workflow(draft)

    def _used_workflow(self, draft: Draft) -> Outcome:
        path = joined("", draft.uses) or ""
        facts = self._packages.facts(path)
        if path not in self._packages.paths:
            return self._not_there(draft, "a workflow", path)
        if facts is None or facts.workflow is None or not self._starts.may_enter(path, ""):
            return Outcome()
        called = next((each for each in facts.workflow.triggers if each.event == "workflow_call"), None)
        known = _inputs(draft, called.defaults if called else ())
        scene = Scene(context={**_KNOWN_PLACES, **known})
        return Outcome(tuple(self._jobs(path, facts.workflow, scene)))

    def _used_action(self, draft: Draft, site: Site) -> Outcome:
        folder = joined("", draft.uses)
        names = (joined(folder, name) or "" for name in ("action.yml", "action.yaml"))
        path = next((each for each in names if each in self._packages.paths), None)
        if path is None:
            return self._not_there(draft, "an action", f"{folder}/action.yml", f"{folder}/action.yaml")
        facts = self._packages.facts(path)
        if facts is None or facts.action is None or not self._starts.may_enter(path, ""):
            return Outcome()
        outer = {key: value for key, value in draft.scene.context.items() if not key.startswith("inputs.")}
        known = {**outer, **_inputs(draft, facts.action.defaults), "github.action_path": f"{ROOT}{folder}"}
        scene = Scene(context=known)
        steps = (self._step(Site(path, site.job, step), step, scene) for step in facts.action.steps)
        return Outcome(tuple(each for drafts in steps for each in drafts))

    def _not_there(self, draft: Draft, what: str, *paths: str) -> Outcome:
        unread = next((why for path in paths if (why := self._packages.left_out(path))), "")
        is_told = not unread and not self._packages.is_excerpt
        lost = f"`uses: {draft.uses}` names {what} that is not there"
        return Outcome(lost=lost if is_told else "", unread=unread)


def _is_off(draft: Draft) -> bool:
    """Whether nothing ever runs a step or job: ``if: false``."""
    site = draft.site
    conditions = (site.job.condition, site.step.condition if site.step else None) if site else ()
    return any(condition is not None and _OFF.fullmatch(condition.text) for condition in conditions)


def _exported(step: WorkflowStep, context: Context) -> dict[str, str | None]:
    """What a step adds to the environment of those after it; None where that depends on something."""
    found: dict[str, str | None] = {}
    for name, value in (pair for command in step.commands for pair in command.exported):
        is_sure = value is not None and step.condition is None
        found[f"env.{name}"] = filled(value, context) if is_sure and value is not None else None
    return found


def _strategy(job: WorkflowJob) -> dict[str, str]:
    return {"github.job": job.id}


def _use(
    uses: Located, given: tuple[tuple[str, Located], ...], place: Place, scene: Scene, site: Site
) -> Draft:
    inputs = tuple((name, filled(value.text, scene.context)) for name, value in given)
    texts = dict(given)
    known = tuple((name, texts[name].text if value is None else value) for name, value in inputs)
    return Draft(place, scene, site=site, uses=uses.text.strip(), inputs=known)


def _inputs(draft: Draft, defaults: _Defaults) -> dict[str, str | None]:
    """The inputs of an action or workflow: as given, or by default; None for what only the run time knows."""
    stated = {name: None if value is None else filled(value.text, {}) for name, value in defaults}
    given = {name: filled(value, {}) for name, value in draft.inputs}
    return {f"inputs.{name}": value for name, value in {**stated, **given}.items()}
