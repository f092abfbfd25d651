"""Kind ``files``: paths that must or must not exist, what stands beside a file, and how files are called."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand
from archlint.model import WHOLE_FILE, Hit, Place, Rule, Scope
from archlint.project import Project
from archlint.regexes import BadRegexError
from archlint.scope import BadGlobError, expand_braces, is_wild, matches_name


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Judged on names alone; no file is opened.

    Because the kind is called as the header's ``files`` is, a rule of this kind names its files in ``each``.
    """

    require: tuple[str, ...] = ()
    """Globs, each of which some file must match."""
    forbid: tuple[str, ...] = ()
    """Globs that no file may match."""
    each: tuple[str, ...] = ()
    """The files that ``name`` and ``beside`` speak of: globs and zones."""
    name: str = ""
    """A glob or ``/regex/`` that the name of each must match."""
    beside: str = ""
    """What must stand in the same folder as each: ``{stem}.test.ts``, ``README.md``."""


def demand(_rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """Nothing: the listing is enough."""
    return ()


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for each path that is missing, unwanted, misnamed or alone."""
    options = rule.options
    for glob in options.require:
        if not project.selected(glob):
            yield _hit(_place_of_missing(rule, glob), f"no file matches '{glob}', which must exist", glob)
    for glob in options.forbid:
        for path in project.files(_scope(rule, (glob,))):
            yield _hit(Place(path, WHOLE_FILE), f"'{glob}' must not exist", glob)
    for path in project.files(_scope(rule, options.each)) if options.each else ():
        yield from _check_path(options, path, project)


def _scope(rule: Rule[Options], globs: tuple[str, ...]) -> Scope:
    return Scope(globs, rule.scope.ignores, rule.scope.within)


def _check_path(options: Options, path: str, project: Project) -> Iterator[Hit]:
    name = PurePosixPath(path).name
    if options.name and not matches_name(options.name, name):
        yield _hit(Place(path, WHOLE_FILE), f"'{name}' is not called as '{options.name}' asks", options.name)
    if options.beside:
        expected = str(PurePosixPath(path).with_name(_sibling(options.beside, name)))
        if expected not in project.selected("**"):
            yield _hit(Place(path, WHOLE_FILE), f"'{expected}' must stand beside it", options.beside)


def _sibling(template: str, name: str) -> str:
    path = PurePosixPath(name)
    return template.replace("{stem}", path.stem).replace("{name}", name).replace("{suffix}", path.suffix)


def _place_of_missing(rule: Rule[Options], glob: str) -> Place:
    """Where the file would be: the first path that the glob spells out. Wildcards alone are told at the rule."""
    spelt = (path for path in expand_braces(glob) if not is_wild(path))
    return Place(next(spelt, rule.origin.path), WHOLE_FILE)


def _hit(place: Place, text: str, glob: str) -> Hit:
    return Hit(place, text, identity=glob, fields={"glob": glob})


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Nothing asked, or globs and names that cannot be meant as written."""
    if not (options.require or options.forbid or options.each):
        yield (), "files needs one of require, forbid and each"
    if bool(options.each) != bool(options.name or options.beside):
        yield (), "'each' says of which files, 'name' or 'beside' what is asked of them: one needs the other"
    try:
        matches_name(options.name or "*", "")
    except (BadGlobError, BadRegexError) as error:
        yield ("name",), f"bad name pattern: {error}"
    if "/" in options.beside:
        yield ("beside",), "'beside' names a file in the same folder, without '/'"


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Names or siblings asked of files that do not exist."""
    yield from (f"no file matches '{glob}'" for glob in rule.options.each if not project.selected(glob))


KIND = Kind(
    name="files",
    says="paths that must or must not exist, what stands beside a file, how files are called",
    options=Options,
    needs=Family.NAMES,
    fields=("glob",),
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    selectors=("require", "forbid", "each"),
    local=lambda _options: False,
)
