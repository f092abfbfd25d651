"""Kind ``public-api``: what is in a package or folder is imported from outside through its entry alone."""

from collections.abc import Iterator

from archlint.extend import Family, Kind
from archlint.kinds.graph.containers import contained, containers_of
from archlint.kinds.graph.counting import Counting, counted, demand, mistakes_of
from archlint.kinds.graph.telling import FIELDS, told, verb
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.model import Hit, Rule
from archlint.project import Project
from archlint.project.graph import Edge, modules_of
from archlint.project.modules import Modules
from archlint.project.modules.places import around, below, child, parent

_ENTRIES = ("index.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte}", "index.d.{ts,mts,cts}", "__init__.{py,pyi}")
_MANIFEST = "package.json"


class Options(Counting, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The folders, and what of them may be imported from outside."""

    of: OneOrMany = ()
    """Globs of folders. Without it, those of the tree that hold a ``package.json`` with a name."""
    entry: OneOrMany = ()
    """Globs from each folder. Without it, ``index`` and ``__init__`` files, and what the package's name leads to."""


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit at each import from outside a folder that does not lead to its entry."""
    folders = frozenset(_folders(rule.options, project))
    entries = {folder: _entries(rule.options, folder, project) for folder in sorted(folders)}
    governed = frozenset(project.files(rule.scope))
    for edge in counted(rule.options, project).edges:
        if edge.source not in governed:
            continue
        inner = [each for each in around(parent(edge.target)) if each in folders] if edge.target else []
        entered = [each for each in inner if below(each, edge.source) is None]
        # Of folders within each other the outermost is what has to be entered first.
        if entered and not _is_entry(rule.options, edge, entered[-1], entries, project):
            text = f"{verb(edge)} '{edge.target}', which is inside '{entered[-1]}' and not its entry"
            yield told((edge,), text)


def _is_entry(
    options: Options, edge: Edge, folder: str, entries: dict[str, frozenset[str]], project: Project
) -> bool:
    if edge.target in entries[folder]:
        return True
    modules = modules_of(project)
    package = modules.packages.at(folder)
    if options.entry or package is None or not package.name or edge.leads.package != package.name:
        return False
    # By its name a package lends what its `exports` list, or the one file that the bare name leads to.
    return package.exports.is_stated or _main(modules, edge, package.name) == edge.target


def _main(modules: Modules, edge: Edge, name: str) -> str | None:
    return modules.resolve(edge.source, name).path


def _folders(options: Options, project: Project) -> Iterator[str]:
    if options.of:
        yield from containers_of(as_tuple(options.of), project)
        return
    packages = modules_of(project).packages
    for path in project.paths:
        folder = parent(path)
        package = packages.at(folder) if folder and path == child(folder, _MANIFEST) else None
        if package is not None and package.name:
            yield folder


def _entries(options: Options, folder: str, project: Project) -> frozenset[str]:
    globs = (*(as_tuple(options.entry) or _ENTRIES), _MANIFEST)
    return frozenset[str]().union(*(contained(glob, folder, project) for glob in globs))


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Globs that no folder matches, and entries that no folder has."""
    options = rule.options
    for glob in as_tuple(options.of):
        if not any(containers_of((glob,), project)):
            yield f"no folder matches '{glob}'"
    folders = tuple(_folders(options, project))
    if not folders and not options.of:
        yield "no folder of the tree holds a package.json with a name"
    for entry in as_tuple(options.entry):
        if folders and not any(contained(entry, folder, project) for folder in folders):
            yield f"no folder has '{entry}'"


KIND = Kind(
    name="public-api",
    says="what is in a package or folder is imported from outside through its entry alone",
    options=Options,
    needs=Family.REFERENCES,
    fields=FIELDS,
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=lambda options: iter(mistakes_of(options)),
    selectors=("of", "entry"),
    local=lambda _options: False,
)
