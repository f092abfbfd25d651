"""A program as source text, with the places of its literals."""

import re
from collections.abc import Iterable

from tests.following.programs.model import (
    Array,
    Assign,
    Block,
    Branch,
    Call,
    Change,
    Class,
    Declare,
    Default,
    Enum,
    Export,
    Expression,
    File,
    Function,
    Import,
    Index,
    Joined,
    Loop,
    Member,
    Name,
    Object,
    Pair,
    Pattern,
    Program,
    Required,
    Routine,
    Sink,
    Slot,
    Space,
    Spread,
    Statement,
    Text,
    This,
    Values,
    Wrapped,
)  # fmt: skip

Spot = tuple[str, int, int]
"""Path, line, column of the first character between the quotes."""
_MARK = re.compile("\x01(\\d+)\x02")
_WRAPPINGS = {
    "parens": "({})",
    "const": "({} as const)",
    "freeze": "Object.freeze({})",
    "satisfies": "({} satisfies unknown)",
    "bang": "({})!",
    "await": "(await {})",
}
_PLAIN = _WRAPPINGS | {"const": "({})", "satisfies": "({})", "bang": "({})"}
_CHANGES = {
    "bump": "{}++;",
    "delete": "delete {};",
    "assign": "Object.assign({}, unknown());",
    "computed": "{}[unknown()] = unknown();",
}
_SINKS = {
    "property": "use({{ {0}: {1} }});",
    "argument": "{0}({1});",
    "compare": "if ({0} === ({1})) unknown();",
    "return": "function {0}() {{ return {1}; }}",
    "query": "get(`/p?{0}=${{{1}}}&z=1`);",
    "set": "params.set('{0}', {1});",
    "params": "new URLSearchParams({1});",
}


def rendered(program: Program, *, is_plain: bool = False) -> tuple[dict[str, str], dict[int, Spot]]:
    """The files, and where each literal stands. ``is_plain``: JavaScript in which each sink notes what it gets."""
    texts: dict[str, str] = {}
    spots: dict[int, Spot] = {}
    for file in program.files:
        writer = _Writer(is_plain=is_plain)
        texts[file.path] = _unmarked(file.path, writer.file(file), spots)
    return texts, spots


def _unmarked(path: str, marked: str, spots: dict[int, Spot]) -> str:
    lines = marked.split("\n")
    for number, line in enumerate(lines, start=1):
        while match := _MARK.search(line):
            spots[int(match[1])] = (path, number, match.start() + 2)
            line = line[: match.start()] + line[match.end() :]  # noqa: PLW2901 -- the line without the mark
        lines[number - 1] = line
    return "\n".join(lines)


class _Writer:
    def __init__(self, *, is_plain: bool) -> None:
        self._is_plain = is_plain

    def file(self, file: File) -> str:
        if file.form == "json":
            assert isinstance(file.body[0], Default)
            return self._json(file.body[0].value)
        self._is_common = file.form == "common"
        return self.block(file.body)

    def _json(self, value: Expression) -> str:
        match value:
            case Text(text, number):
                return f'\x01{number}\x02"{text}"'
            case Object(parts):
                pairs = [
                    f'"{part.key}": {self._json(part.value)}' for part in parts if isinstance(part, Pair)
                ]
                return "{\n" + ",\n".join(pairs) + "\n}"
            case Array(items):
                return f"[{', '.join(self._json(item) for item in items if not isinstance(item, Spread))}]"
        raise AssertionError(value)

    def block(self, body: Iterable[Statement]) -> str:
        return "\n".join(self.statement(each) for each in body) + "\n"

    # --- expressions ---

    def value(self, value: Expression) -> str:  # noqa: PLR0911, C901, PLR0912 -- one line for each form
        match value:
            case Text(text, number):
                return f"\x01{number}\x02'{text}'"
            case Name(name):
                return name
            case Member(base, key, is_quoted):
                return f"{self._base(base)}['{key}']" if is_quoted else f"{self._base(base)}.{key}"
            case Index(base, position):
                return f"{self._base(base)}[{position}]"
            case Object(parts):
                return "{ " + ", ".join(map(self._part, parts)) + " }"
            case Array(items):
                return "[" + ", ".join(map(self._item, items)) + "]"
            case Branch("?", (one, other)):
                return f"(flag() ? {self.value(one)} : {self.value(other)})"
            case Branch("&&", (one,)):
                return f"(flag() && {self.value(one)})"
            case Branch(operator, (one, other)):
                return f"({self.value(one)} {operator} {self.value(other)})"
            case Wrapped(form, inner):
                return (_PLAIN if self._is_plain else _WRAPPINGS)[form].format(self.value(inner))
            case Joined(parts, "plus"):
                return "(" + " + ".join(map(self.value, parts)) + ")"
            case Joined(parts, _):
                return "`" + "".join(f"${{{self.value(part)}}}" for part in parts) + "`"
            case Function():
                return self._function(value)
            case Call(callee):
                return f"{self._base(callee)}()"
            case Values(of):
                return f"Object.values({self.value(of)})"
            case Required(_, specifier, "require"):
                return f"require('{specifier}')"
            case Required(_, specifier, _):
                return f"(await import('{specifier}'))"
            case This():
                return "this"
            case _:
                return "unknown()"

    def _base(self, value: Expression) -> str:
        written = self.value(value)
        return f"({written})" if isinstance(value, Object | Function | Text) else written

    def _item(self, item: Expression | Spread) -> str:
        return f"...{self.value(item.value)}" if isinstance(item, Spread) else self.value(item)

    def _part(self, part: Pair | Spread) -> str:
        if isinstance(part, Spread):
            return self._item(part)
        value = self.value(_body(part.value, part.form))
        forms = {
            "plain": "{0}: {1}",
            "quoted": "'{0}': {1}",
            "computed": "['{0}']: {1}",
            "short": "{0}",
            "method": "{0}() {{ return {1}; }}",
            "getter": "get {0}() {{ return {1}; }}",
            "hidden": "[unknown()]: {1}",
        }
        return forms[part.form].format(part.key, value)

    def _function(self, function: Function) -> str:
        value = self.value(function.value)
        forms = {
            "arrow": "(() => ({0}))",
            "block": "(() => {{ return {0}; }})",
            "expression": "(function {1}() {{ return {0}; }})",
        }
        return forms[function.form].format(value, function.name)

    def pattern(self, pattern: Pattern) -> str:
        if isinstance(pattern, str):
            return pattern
        slots = [self._slot(slot, is_array=pattern.is_array) for slot in pattern.slots]
        if pattern.is_array:
            by_position = {slot.key: text for slot, text in zip(pattern.slots, slots, strict=True)}
            width = 1 + max((key for key in by_position if isinstance(key, int)), default=-1)
            slots = [by_position.get(position, "") for position in range(width)]
        slots += [f"...{pattern.rest}"] * bool(pattern.rest)
        inner = ", ".join(slots)
        return f"[{inner}]" if pattern.is_array else f"{{ {inner} }}"

    def _slot(self, slot: Slot, *, is_array: bool) -> str:
        target = self.pattern(slot.target)
        default = f" = {self.value(slot.default)}" if slot.default is not None else ""
        is_short = is_array or slot.target == slot.key
        return f"{target}{default}" if is_short else f"{slot.key}: {target}{default}"

    # --- statements ---

    def statement(self, statement: Statement) -> str:  # noqa: PLR0911, C901, PLR0912 -- one line for each form
        match statement:
            case Declare(kind, target, value, exported):
                initial = f" = {self.value(value)}" if value is not None else ""
                return f"{'export ' * exported}{kind} {self.pattern(target)}{initial};"
            case Assign(target, value):
                left = self.value(target) if isinstance(target, Member | Index) else self.pattern(target)
                return f"({left} = {self.value(value)});"
            case Change(form, target):
                return _CHANGES[form].format(self.value(target))
            case Loop(kind, target, value, body):
                head = f"{kind} {self.pattern(target)}".strip()
                return f"for ({head} of {self.value(value)}) {{\n{self.block(body)}}}"
            case Block():
                return self._block(statement)
            case Routine():
                return self._routine(statement)
            case Enum(name, members, exported):
                inner = ", ".join(f"{key} = {self.value(value)}" for key, value in members)
                return f"{'export ' * exported}enum {name} {{ {inner} }}"
            case Class():
                return self._class(statement)
            case Space(name, body, exported):
                return f"{'export ' * exported}namespace {name} {{\n{self.block(body)}}}"
            case Import() | Export():
                return _port(statement)
            case Default(value, name) if self._is_common:
                left = "module.exports" if name == "default" else f"exports.{name}"
                return f"{left} = {self.value(value)};"
            case Default(value, _):
                return f"export default {self.value(value)};"
            case Sink():
                return self._sink(statement)

    def _block(self, block: Block) -> str:
        body = self.block(block.body)
        match block.form:
            case "try":
                return f"try {{ unknown(); }} catch ({block.name}) {{\n{body}}}"
            case "switch":
                return f"switch (unknown()) {{ default:\n{body}}}"
            case "for":
                assert block.value is not None
                return f"for (let {block.name} = {self.value(block.value)}; flag(); ) {{\n{body}}}"
        return f"{{\n{body}}}"

    def _routine(self, routine: Routine) -> str:
        parameters = ", ".join(
            self.pattern(target) + (f" = {self.value(default)}" if default is not None else "")
            for target, default in routine.parameters
        )
        result = f"return {self.value(routine.result)};\n" if routine.result is not None else ""
        export = {"": "", "export": "export ", "default": "export default "}[routine.export]
        head = f"{export}function {routine.name}({parameters})"
        called = f"\nattempt({routine.name});" if self._is_plain else ""
        return f"{head} {{\n{self.block(routine.body) if routine.body else ''}{result}}}{called}"

    def _class(self, statement: Class) -> str:
        forms = {
            "static": "static readonly {0} = {1};",
            "method": "static {0}() {{ return {1}; }}",
            "getter": "static get {0}() {{ return {1}; }}",
            "readonly": "readonly {0} = {1};",
            "private": "#{0} = {1};",
        }
        members = [
            forms[form].format(key, self.value(_body(value, form))) for key, form, value in statement.members
        ]
        if self._is_plain:
            members = [member.replace("readonly ", "") for member in members]
        method = f"run() {{\n{self.block(statement.body)}}}" if statement.body else ""
        inner = "\n".join((*members, method))
        called = f"\nattempt(() => new {statement.name}().run());" if self._is_plain else ""
        return f"{'export ' * statement.exported}class {statement.name} {{\n{inner}\n}}{called}"

    def _sink(self, sink: Sink) -> str:
        value = self.value(sink.value)
        if self._is_plain:
            return f"note('{sink.name}', () => ({value}));"
        return _SINKS[sink.form].format(sink.name, value)


def _body(value: Expression, form: str) -> Expression:
    """What a method returns; any other value itself."""
    return value.value if form == "method" and isinstance(value, Function) else value


def _port(statement: Import | Export) -> str:
    if isinstance(statement, Import) and statement.whole:
        return f"import * as {statement.whole} from '{statement.specifier}';"
    if isinstance(statement, Export) and statement.names[0][0] == "*":
        alias = statement.names[0][1]
        return f"export *{f' as {alias}' if alias else ''} from '{statement.specifier}';"
    inner = ", ".join(one if one == other else f"{one} as {other}" for one, other in statement.names)
    if isinstance(statement, Import):
        if statement.names[0][0] == "default" and len(statement.names) == 1 and statement.names[0][1] < "m":
            return f"import {statement.names[0][1]} from '{statement.specifier}';"
        return f"import {{ {inner} }} from '{statement.specifier}';"
    source = f" from '{statement.specifier}'" if statement.specifier else ""
    return f"export {{ {inner} }}{source};"
