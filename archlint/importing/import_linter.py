"""Imports the contracts of import-linter: https://import-linter.readthedocs.io/en/stable/contract_types/."""

import configparser
from collections.abc import Callable, Iterator, Mapping

import msgspec

from archlint.config.checked import Checked
from archlint.config.reading.text import Text
from archlint.config.reading.toml import parse_toml
from archlint.config.reading.tree import Node, plain
from archlint.importing.carrying import CannotCarryError, Carried, Surroundings, Written, WrittenRule, id_of
from archlint.importing.modules import Modules, package_of

_SECTION = "importlinter"
_KNOWN = {
    "layers": ("layers", "containers", "exhaustive", "exhaustive_ignores"),
    "forbidden": ("source_modules", "forbidden_modules", "allow_indirect_imports", "as_packages"),
    "independence": ("modules",),
    "protected": ("protected_modules", "allowed_importers", "as_packages"),
    "acyclic_siblings": ("ancestors",),
}
_HEADER = ("id", "name", "type", "broken_contract_guidance", "unmatched_ignore_imports_alerting")


class _Contract(msgspec.Struct, frozen=True):
    """A contract as it is written, the line it stands in, and what goes for all of them."""

    line: int
    options: Mapping[str, tuple[str, ...]]
    modules: Modules
    types: bool

    def one(self, key: str, usual: str = "") -> str:
        """The value of an option that has one."""
        return " ".join(self.options.get(key, (usual,)))

    def says(self, key: str, *, usual: bool) -> bool:
        """The value of an option that is true or false."""
        return self.one(key, str(usual)).lower() in ("true", "1", "yes", "on")

    def globs(self, key: str) -> tuple[str, ...]:
        """The files of the modules that an option names."""
        as_packages = self.says("as_packages", usual=True)
        place = self.modules.glob if as_packages else self.modules.alone
        return tuple(place(module) for module in self.options.get(key, ()))


def import_contracts(text: Text, around: Surroundings) -> Checked[tuple[Carried, ...]]:
    """One entry for each contract of ``.importlinter``, ``setup.cfg`` or ``pyproject.toml``."""
    settings: Mapping[str, tuple[str, ...]]
    if text.shown.endswith(".toml"):
        settings, contracts = yield from _of_toml(text)
    else:
        settings, contracts = yield from _of_ini(text)
    roots = (*settings.get("root_package", ()), *settings.get("root_packages", ()))
    if not roots:
        yield text.mistake(0, "no root_package: import-linter names there the package that it judges")
        return ()
    types = " ".join(settings.get("exclude_type_checking_imports", ())).lower() != "true"
    found = (_Contract(line, options, Modules(roots, around), types) for line, options in contracts)
    return tuple(_carried(contract) for contract in found)


_Options = Mapping[str, tuple[str, ...]]
_Read = tuple[_Options, tuple[tuple[int, _Options], ...]]


def _of_toml(text: Text) -> Checked[_Read]:
    root = yield from parse_toml(text)
    section = root.below("tool", _SECTION) if root else None
    if section is None:
        return {}, ()
    contracts = tuple(
        (text.origin(node.at).line, _options(node)) for node in section.below("contracts").items
    )
    return _options(section), contracts


def _options(node: Node) -> _Options:
    found: dict[str, tuple[str, ...]] = {}
    for key, entry in node.entries.items():
        if key != "contracts":
            values = (
                [plain(item) for item in entry.items] if isinstance(entry.value, tuple) else [plain(entry)]
            )
            found[key] = tuple(str(value) for value in values)
    return found


def _of_ini(text: Text) -> Checked[_Read]:
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text.content)
    except configparser.Error as error:
        line = getattr(error, "lineno", None) or next((line for line, _ in getattr(error, "errors", ())), 1)
        yield text.mistake(_offset(text, line), f"not INI: {str(error).splitlines()[0]}")
        return {}, ()
    settings: _Options = {}
    contracts: list[tuple[int, _Options]] = []
    for name in parser.sections():
        options = {key: tuple(_values(value)) for key, value in parser[name].items()}
        if name == _SECTION:
            settings = options
        elif name.startswith(f"{_SECTION}:"):
            line = text.origin(text.content.index(f"[{name}]")).line
            contracts.append((line, {"id": (name.split(":")[-1],), **options}))
    return settings, tuple(contracts)


def _offset(text: Text, line: int) -> int:
    return sum(len(each) + 1 for each in text.content.split("\n")[: line - 1])


def _values(value: str) -> Iterator[str]:
    lines = (line.strip() for line in value.strip().split("\n"))
    yield from (line for line in lines if line and not line.startswith(("#", ";")))


def _carried(contract: _Contract) -> Carried:
    name = contract.one("name") or contract.one("id") or f"contract in line {contract.line}"
    kind = contract.one("type")
    if kind not in _CARRY:
        known = ", ".join(_CARRY)
        return Carried(
            name, contract.line, (), (f"contracts of type '{kind}' are not known; known: {known}",)
        )
    try:
        rules = tuple(_CARRY[kind](contract))
    except CannotCarryError as error:
        return Carried(name, contract.line, (), (f"it was not carried over: {error}",))
    head = {"id": id_of(contract.one("id") or name)}
    tail: dict[str, Written] = {"why": f"import-linter: {name}."} if contract.one("name") else {}
    if contract.one("broken_contract_guidance"):
        tail["fix"] = contract.one("broken_contract_guidance")
    made = tuple({**head, **tail, **rule} for rule in rules)
    return Carried(name, contract.line, made, tuple(_left_out(contract, kind)))


def _left_out(contract: _Contract, kind: str) -> Iterator[str]:
    ignored = contract.options.get("ignore_imports", ())
    if ignored and not _splits(contract, kind):
        hint = "write `# archlint: allow <rule> -- reason` at each of them"
        yield f"imports that are ignored are judged ({', '.join(ignored)}); {hint}"
    if kind == "acyclic_siblings":
        yield (
            "circles are looked for between files other than `__init__.py`; siblings that form one only "
            "as packages are not found"
        )
    unknown = set(contract.options) - {*_KNOWN[kind], *_HEADER, "ignore_imports"}
    yield from (f"`{key}` has no counterpart" for key in sorted(unknown))


def _counting(contract: _Contract) -> dict[str, Written]:
    return {} if contract.types else {"types": False}


# --- one function for each type of contract ---------------------------------------------------------------


def _layers(contract: _Contract) -> Iterator[WrittenRule]:
    containers = tuple(contract.modules.folder(each) for each in contract.options.get("containers", ()))
    order = tuple(
        _layer(contract, text, within=bool(containers)) for text in contract.options.get("layers", ())
    )
    layers: dict[str, Written] = {"containers": containers} if containers else {}
    yield {"layers": {**layers, "order": order, **_counting(contract)}}
    if contract.says("exhaustive", usual=False):
        yield _coverage(contract, containers)


def _layer(contract: _Contract, text: str, *, within: bool) -> str:
    """``a | b`` as it is; ``a : b``, which may know each other, as one layer."""
    if "|" not in text and ":" in text:
        names = [name.strip().strip("()").strip() for name in text.split(":")]
        globs = [_layer_glob(contract, name, within=within) for name in names]
        is_optional = all(name.strip().startswith("(") for name in text.split(":"))
        return f"({{{','.join(globs)}}})" if is_optional else f"{{{','.join(globs)}}}"
    parts: list[str] = []
    for part in (each.strip() for each in text.split("|")):
        glob = _layer_glob(contract, part.strip("()").strip(), within=within)
        parts.append(f"({glob})" if part.startswith("(") else glob)
    return " | ".join(parts)


def _layer_glob(contract: _Contract, name: str, *, within: bool) -> str:
    return f"{name.replace('.', '/')}{{.py,/**}}" if within else contract.modules.glob(name)


def _coverage(contract: _Contract, containers: tuple[str, ...]) -> WrittenRule:
    names = [
        part.strip().strip("()").strip()
        for text in contract.options.get("layers", ())
        for part in text.replace(":", "|").split("|")
    ]
    names += contract.options.get("exhaustive_ignores", ())
    paths = [name.replace(".", "/") for name in names]
    inside = ",".join(place for path in paths for place in (f"{path}.py", f"{path}/**"))
    zones = tuple(f"{each}/{{{inside}}}" for each in containers)
    places = tuple(f"{each}/**/*.py" for each in containers)
    own = tuple(f"{each}/__init__.py" for each in containers)
    stem = id_of(contract.one("id") or contract.one("name"))
    return {"id": f"{stem}-exhaustive", "files": places, "ignores": own, "coverage": {"zones": zones}}


def _forbidden(contract: _Contract) -> Iterator[WrittenRule]:
    sources, goals = contract.globs("source_modules"), contract.options.get("forbidden_modules", ())
    own = tuple(each for each in goals if contract.modules.is_own(each))
    packages = tuple(dict.fromkeys(package_of(each) for each in goals if each not in own))
    ends: dict[str, Written] = {}
    if own:
        place = contract.modules.glob if contract.says("as_packages", usual=True) else contract.modules.alone
        ends["files"] = tuple(map(place, own))
    if packages:
        ends["packages"] = packages
    reachable: dict[str, Written] = (
        {} if contract.says("allow_indirect_imports", usual=False) else {"reachable": True}
    )
    allowed = _allowed_imports(contract) if _splits(contract, "forbidden") else {}
    exempt: dict[str, Written] = {"ignores": tuple(allowed)} if allowed else {}
    rest = {**reachable, **_counting(contract)}
    yield {**exempt, "imports": {"from": sources, "forbid": ends, **rest}}
    for source, targets in allowed.items():
        if set(packages) - set(targets) or own:
            goal = {**ends, "ignore": targets}
            yield {"files": source, "imports": {"from": sources, "forbid": goal, **rest}}


def _splits(contract: _Contract, kind: str) -> bool:
    """Whether ignored imports can be left out: of direct ones, each by its own rule."""
    sources = [each.split("->")[0].strip() for each in contract.options.get("ignore_imports", ())]
    is_plain = all("*" not in each for each in sources)
    return kind == "forbidden" and is_plain and contract.says("allow_indirect_imports", usual=False)


def _allowed_imports(contract: _Contract) -> dict[str, tuple[str, ...]]:
    """What each file may import nevertheless."""
    found: dict[str, tuple[str, ...]] = {}
    for each in contract.options.get("ignore_imports", ()):
        source, _, target = (part.strip() for part in each.partition("->"))
        is_own = contract.modules.is_own(target)
        name = contract.modules.alone(target) if is_own else package_of(target)
        file = contract.modules.alone(source)
        found[file] = (*found.get(file, ()), name)
    return found


def _independence(contract: _Contract) -> Iterator[WrittenRule]:
    parts: list[str] = []
    own: list[str] = []
    for module in contract.options.get("modules", ()):
        if module.endswith(".*") and "*" not in module[:-2]:
            folder = contract.modules.folder(module[:-2])
            parts += [f"{folder}/{{name}}/**", f"{folder}/{{name}}.py"]
            own.append(f"{folder}/__init__.py")
        else:
            parts.append(contract.modules.glob(module))
    exempt: dict[str, Written] = {"ignores": tuple(own)} if own else {}
    yield {**exempt, "independent": {"of": tuple(parts), **_counting(contract)}}


def _protected(contract: _Contract) -> Iterator[WrittenRule]:
    protected, allowed = contract.globs("protected_modules"), contract.globs("allowed_importers")
    ways: dict[str, Written] = {"forbid": protected, **_counting(contract)}
    yield {"files": "**/*.py", "ignores": (*protected, *allowed), "imports": ways}


def _acyclic(contract: _Contract) -> Iterator[WrittenRule]:
    folders = contract.options.get("ancestors", ())
    places = tuple(f"{contract.modules.folder(each)}/**/*.py" for each in folders)
    yield {"files": places, "ignores": "**/__init__.py", "acyclic": _counting(contract)}


_CARRY: dict[str, Callable[[_Contract], Iterator[WrittenRule]]] = {
    "layers": _layers,
    "forbidden": _forbidden,
    "independence": _independence,
    "protected": _protected,
    "acyclic_siblings": _acyclic,
}
