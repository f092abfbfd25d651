"""Imports the rules of dependency-cruiser, told as JSON: its doc/rules-reference.md. A configuration that is code is never run."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from archlint.config.checked import Checked
from archlint.config.reading.text import Text
from archlint.config.reading.tree import Node, strings
from archlint.config.reading.yaml import parse_yaml
from archlint.importing.carrying import (
    CannotCarryError,
    Carried,
    Surroundings,
    Written,
    WrittenRule,
    id_of,
    severity_of,
)
from archlint.importing.path_regexes import globs_of, groups_of, package_names
from archlint.model import Severity

_SEVERITY = {"error": Severity.ERROR, "warn": Severity.WARNING, "info": Severity.NOTE}
_CODE = "**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,vue,svelte,astro}"
_SUFFIXES = (".js", ".cjs", ".mjs", ".ts", ".cts", ".mts")
_HINT = "archlint runs no code; have dependency-cruiser write its rules as JSON: "
_COMMAND = (
    "depcruise --config {file} --output-type json src | "
    "jq '.summary | .ruleSetUsed + {{options: .optionsUsed}}' > depcruise.json"
)
# What may stand in a string, a comment, or before either. JSON with comments and tabs becomes YAML of the same length.
_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/|\t', re.DOTALL)
_FROM = ("path", "pathNot", "orphan")
_TO = (
    "path",
    "pathNot",
    "circular",
    "reachable",
    "couldNotResolve",
    "dependencyTypes",
    "dependencyTypesNot",
    "license",
)
_UNDECLARED = {"npm-no-pkg", "npm-unknown"}
_TYPES = {"type-only", "type-import"}
_LINKS = {"type-only": "type", "dynamic-import": "dynamic", "export": "re-export"}


class _Setting(msgspec.Struct, frozen=True):
    """What the options of a configuration say about all of its rules."""

    types: bool
    """Whether imports of types count."""
    around: bool
    """Whether what the packages around declare is declared, too."""

    @property
    def counting(self) -> dict[str, Written]:
        """As an option of kinds that judge the graph."""
        return {} if self.types else {"types": False}


def import_rules(text: Text, _around: Surroundings) -> Checked[tuple[Carried, ...]]:
    """One entry for each rule, and one for what is said of all of them."""
    if text.shown.endswith(_SUFFIXES):
        yield text.mistake(0, "this configuration is code", _HINT + _COMMAND.format(file=text.shown))
        return ()
    blank = Text(text.shown, _COMMENT.sub(_blanked, text.content))
    documents = (yield from parse_yaml(blank)) or ()
    if not documents:
        yield text.mistake(0, "the file holds no rules")
        return ()
    root = documents[0]
    options = root.below("options")
    before = options.below("tsPreCompilationDeps").value
    setting = _Setting(before in (True, "specify"), options.below("combinedDependencies").value is True)
    rules = [_carried(node, setting, required=False) for node in root.below("forbidden").items]
    rules += [_carried(node, setting, required=True) for node in root.below("required").items]
    return (*_whole(root), *rules)


def _blanked(match: re.Match[str]) -> str:
    return match[0] if match[0][0] == '"' else re.sub(r"[^\n]", " ", match[0])


def _whole(root: Node) -> Iterator[Carried]:
    """What goes for all rules and has no counterpart."""
    reasons = {
        "allowed": "what is in none of a list of pairs has no counterpart; say what files may import with `imports: {only: …}`",
        "extends": f"what is extended is not here; {_HINT}{_COMMAND.format(file=root.text.shown)}",
    }
    for key, reason in reasons.items():
        if key in root.entries:
            yield Carried(key, _line(root.entries[key]), (), (reason,))
    options = root.below("options")
    for key in ("exclude", "includeOnly", "webpackConfig", "babelConfig"):
        if key in options.entries:
            hint = "as `exclude`" if key in ("exclude", "includeOnly") else "as `[aliases]`"
            reason = f"it goes for all rules; say it in archlint.toml, {hint}"
            yield Carried(f"options.{key}", _line(options.entries[key]), (), (reason,))


def _line(node: Node) -> int:
    return node.text.origin(node.key_at).line


def _carried(node: Node, setting: _Setting, *, required: bool) -> Carried:
    name, line = str(node.below("name").value or "unnamed"), node.text.origin(node.at).line
    severity = node.below("severity").value
    if severity == "ignore":
        return Carried(name, line, (), ("it is switched off",))
    rule: dict[str, Written] = {"id": id_of(name)}
    rule["severity"] = severity_of(severity, _SEVERITY, Severity.WARNING).value
    if isinstance(node.below("comment").value, str):
        rule["why"] = " ".join(str(node.below("comment").value).split())
    try:
        made = _required(node, setting) if required else _forbidden(node, setting)
    except CannotCarryError as error:
        return Carried(name, line, (), (f"it was not carried over: {error}",))
    return Carried(name, line, ({**rule, **made},))


def _regexes(node: Node) -> tuple[str, ...]:
    return tuple(text for _, text in strings(node))


def _expect(node: Node, where: str, known: tuple[str, ...]) -> None:
    for key in node.entries:
        if key not in known:
            raise CannotCarryError(f"`{where}.{key}` has no counterpart")


def _captures(regexes: tuple[str, ...], users: tuple[str, ...]) -> dict[int, str]:
    """Names for the groups that the other end speaks of."""
    used = {int(number) for user in users for number in re.findall(r"\$(\d)", user)}
    groups = groups_of(regexes[0]) if len(regexes) == 1 else ()
    return {number: f"part{number}" for number in groups if number in used}


def _exempt(node: Node) -> dict[str, Written]:
    globs = tuple(globs_of(regex) for regex in _regexes(node.below("pathNot")) if "node_modules" not in regex)
    return {"ignores": globs} if globs else {}


def _files(node: Node, captures: Mapping[int, str]) -> Written:
    globs = tuple(globs_of(regex, captures) for regex in _regexes(node.below("path")))
    return globs or (_CODE,)


def _forbidden(node: Node, setting: _Setting) -> WrittenRule:
    """One of four: orphans, circles, what must be reached, and edges that are forbidden."""
    source, target = node.below("from"), node.below("to")
    _expect(source, "from", _FROM)
    _expect(target, "to", _TO)
    head = _exempt(source)
    if source.below("orphan").value is True:
        return {"files": _files(source, {}), **head, "imports": {"orphans": True, **setting.counting}}
    if target.below("circular").value is True:
        if set(target.entries) - {"circular", "dependencyTypesNot"}:
            raise CannotCarryError("a circle is judged as a whole, whatever it leads through")
        types = {} if setting.types and not _leaves_types(target) else {"types": False}
        return {"files": _files(source, {}), **head, "acyclic": types}
    if target.below("reachable").value is False:
        return _reached(source, target, setting)
    users = (*_regexes(target.below("path")), *_regexes(target.below("pathNot")))
    captures = _captures(_regexes(source.below("path")), users)
    ends, more = _ends(target, source, captures, setting)
    counting = {**setting.counting, **({"types": False} if _leaves_types(target) else {}), **more}
    reach: dict[str, Written] = {"reachable": True} if target.below("reachable").value is True else {}
    return {**head, "imports": {"from": _files(source, captures), "forbid": ends, **reach, **counting}}


def _leaves_types(target: Node) -> bool:
    left_out = set(_regexes(target.below("dependencyTypesNot")))
    if left_out - _TYPES:
        raise CannotCarryError(
            f"`to.dependencyTypesNot` with {', '.join(sorted(left_out - _TYPES))} has no counterpart"
        )
    return bool(left_out)


def _reached(source: Node, target: Node, setting: _Setting) -> WrittenRule:
    ways: dict[str, Written] = {
        "from": _files(target, {}),
        "imported-by": _files(source, {}),
        "reachable": True,
    }
    return {**_exempt(target), "imports": {**ways, **setting.counting}}


def _ends(
    target: Node, source: Node, captures: Mapping[int, str], setting: _Setting
) -> tuple[dict[str, Written], dict[str, Written]]:
    """What is forbidden, and how it is counted."""
    paths, types = _regexes(target.below("path")), set(_regexes(target.below("dependencyTypes")))
    exceptions = _regexes(target.below("pathNot"))
    ends: dict[str, Written] = {}
    more: dict[str, Written] = {}
    if target.below("couldNotResolve").value is True:
        ends["unresolved"] = "any"
    if _regexes(target.below("license")):
        ends["licences"] = tuple(f"/{regex}/" for regex in _regexes(target.below("license")))
    if "core" in types:
        ends["packages"], paths, types = _builtins(paths), (), types - {"core"}
    ends |= _declared(types, paths, setting)
    types -= _UNDECLARED | {"npm-dev", "local"}
    if types and set(types) <= set(_LINKS):
        more["links"] = tuple(_LINKS[each] for each in sorted(types))
        more["types"] = True
    elif types:
        raise CannotCarryError(f"dependencies of type {', '.join(sorted(types))} cannot be told apart")
    paths, exceptions = _others(_regexes(source.below("path")), paths, exceptions)
    ends |= _named(paths, captures) if paths else {}
    if not ends:
        ends = {"files": "**", "packages": "*"}
    ignored = tuple(name for regex in exceptions for name in _ignored(regex))
    return ({**ends, "ignore": ignored} if ignored else ends), more


def _declared(types: set[str], paths: tuple[str, ...], setting: _Setting) -> dict[str, Written]:
    """What a package's manifest says of a dependency. It is asked of all of them, whatever their paths."""
    found: dict[str, Written] = {}
    if types & _UNDECLARED:
        found["undeclared"] = "around" if setting.around else "nearest"
    if "npm-dev" in types:
        found["dev-only"] = True
    if found and paths:
        raise CannotCarryError("what a package.json declares is asked of all packages, not of some paths")
    if "local" in types and len(types) > 1:
        raise CannotCarryError("files and packages together are two rules")
    return found


def _others(
    own: tuple[str, ...], paths: tuple[str, ...], exceptions: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``^a/([^/]+)/`` but not ``^a/$1/``: there a name of its own stands for any other."""
    if len(own) == 1 == len(paths) and groups_of(paths[0]):
        same = re.sub(r"\(\[\^\\?/\]\+\)", "$1", paths[0], count=1)
        if same in exceptions:
            other = re.sub(r"\(\[\^\\?/\]\+\)", "$9", paths[0], count=1)
            return (other,), tuple(each for each in exceptions if each != same)
    if any("$" in each.rstrip("$)") for each in exceptions):
        raise CannotCarryError(
            "files but for those of the same name are told by `path` with a group and the same `pathNot` with $1"
        )
    return paths, exceptions


def _named(paths: tuple[str, ...], captures: Mapping[int, str]) -> dict[str, Written]:
    packages = [name for regex in paths for name in package_names(regex) or ()]
    files = [globs_of(regex, {**captures, 9: "other"}) for regex in paths if package_names(regex) is None]
    found: dict[str, Written] = {"files": tuple(files)} if files else {}
    return {**found, "packages": tuple(packages)} if packages else found


def _ignored(regex: str) -> tuple[str, ...]:
    return package_names(regex) or (f"/{regex}/",)


def _builtins(paths: tuple[str, ...]) -> Written:
    if not paths:
        return ("node:*",)
    return tuple(f"/^node:{_anchored(regex)}/" for regex in paths)


def _anchored(regex: str) -> str:
    """An expression for a builtin's bare name, behind ``node:``."""
    if not regex.startswith("^") or "|" in re.sub(r"\([^()]*\)", "", regex):
        raise CannotCarryError(f"the expression '{regex}' for builtins does not begin with ^")
    return regex.removeprefix("^")


def _required(node: Node, setting: _Setting) -> WrittenRule:
    module, target = node.below("module"), node.below("to")
    _expect(module, "module", ("path", "pathNot"))
    _expect(target, "to", ("path", "reachable"))
    captures = _captures(_regexes(module.below("path")), _regexes(target.below("path")))
    reach: dict[str, Written] = {"reachable": True} if target.below("reachable").value is True else {}
    ends = _named(_regexes(target.below("path")), captures)
    return {
        **_exempt(module),
        "imports": {"from": _files(module, captures), "require": ends, **reach, **setting.counting},
    }
