"""Draws programs of several files that import from each other."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from tests.following.programs.generator import DARK, LETTERS, TEXT, Frame, Shape
from tests.following.programs.model import (
    Array,
    Declare,
    Default,
    Export,
    Expression,
    File,
    Import,
    Name,
    Object,
    Pair,
    Program,
    Required,
    Statement,
)  # fmt: skip
from tests.following.programs.writing import Lender, Writer

_MOST_FILES = 4
CONFIGURATION = {
    "package.json": '{ "name": "root", "workspaces": ["packages/*"] }',
    "packages/lib/package.json": '{ "name": "@acme/lib", "main": "src/index.ts" }',
    "tsconfig.json": '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } }',
}


class Linker(Writer):
    """Draws the files of a program, each with what it lends to all of them."""

    def program(self) -> Program:
        count = self.one(range(1, _MOST_FILES + 1))
        forms = [self._form(number, count) for number in range(count)]
        lenders: list[Lender] = []
        files: list[File] = []
        for number, form in enumerate(forms):
            path, specifiers = self._named(number, form)
            body, exports = self._file(number, form, lenders)
            lenders.append(Lender(form, specifiers, tuple(exports.items())))
            files.append(File(path, form, body))
        files = [self._looped(number, file, lenders) for number, file in enumerate(files)]
        return Program(tuple(files), self.texts)

    def _looped(self, number: int, file: File, lenders: list[Lender]) -> File:
        """The file with an import of a later one, which may import it in turn."""
        later = [at for at in range(number + 1, len(lenders)) if lenders[at].exports]
        if file.form != "module" or not later or not self.chance(35):
            return file
        other = self.one(later)
        name, shape = self.one(lenders[other].exports)
        value: Expression = Name(f"w{number}")
        while shape.kind not in ("text", "unknown"):
            value, shape = self.deeper(value, shape)
        imported = Import(other, self.one(lenders[other].specifiers), ((name, f"w{number}"),))
        return replace(file, body=(*file.body, imported, self.sink(value)))

    def _form(self, number: int, count: int) -> str:
        if number == count - 1:
            return "module"
        return self.one(("module",) if self.is_plain else ("module", "module", "module", "common", "json"))

    def _named(self, number: int, form: str) -> tuple[str, tuple[str, ...]]:
        if self.is_plain:
            return f"src/f{number}.mjs", (f"./f{number}.mjs",)
        if form == "json":
            return f"src/f{number}.json", (f"@/f{number}.json",)
        if form == "common":
            return f"src/f{number}.cjs", (f"@/f{number}.cjs",)
        if number == 1:
            return "packages/lib/src/index.ts", ("@acme/lib",)
        return f"src/f{number}.ts", (f"@/f{number}",)

    def _file(
        self, number: int, form: str, lenders: list[Lender]
    ) -> tuple[tuple[Statement, ...], dict[str, Shape]]:
        if form == "json":
            value, shape = self._data(2)
            return (Default(value),), {"default": shape, **dict(shape.members)}
        frame = Frame(is_function=True)
        self.frames = [frame]
        statements = self._imports(number, form, lenders)
        for _ in range(self.one(range(2, 7))):
            statements.extend(self.statements(2))
        again, exports = self._exports(form, frame)
        statements.extend(again)
        if form == "module" and lenders and self.chance(40):
            statements.extend(self._again(number, lenders, exports))
        return tuple(statements), exports

    def _data(self, depth: int) -> tuple[Expression, Shape]:
        parts, members = [], []
        for key in LETTERS[: self.one((1, 2, 3))]:
            value, shape = self._data(depth - 1) if depth and self.chance(30) else (self.text(), TEXT)
            parts.append(Pair(key, value, "quoted"))
            members.append((key, shape))
        if self.chance(20):
            items = (self.text(), self.text())
            parts.append(Pair("d", Array(items), "quoted"))
            members.append(("d", Shape("array", (("0", TEXT), ("1", TEXT)))))
        return Object(tuple(parts)), Shape("object", tuple(members))

    # --- imports ---

    def _imports(self, number: int, form: str, lenders: list[Lender]) -> list[Statement]:
        found: list[Statement] = []
        for other, lender in enumerate(lenders):
            if other != number and self.chance(80):
                found.append(
                    self._required(other, lender) if form == "common" else self._import(other, lender)
                )
        return found

    def _import(self, other: int, lender: Lender) -> Statement:
        specifier, exports = self.one(lender.specifiers), dict(lender.exports)
        # In Node, modules that await each other wait for ever.
        form = self.one(("names", "names", "names", "whole", "whole" if self.is_plain else "dynamic"))
        if form == "dynamic":
            value = Required(other, specifier, "import")
            whole = Shape("object", lender.exports)
            return Declare("const", self.pattern(whole, "const"), value)
        if form == "whole" or not exports:
            local = self.fresh()
            self.hold(local, Shape("object", lender.exports))
            return Import(other, specifier, whole=local)
        names = []
        for name in self.one([tuple(exports), tuple(exports)[:1], tuple(exports)[-1:]]):
            local = self._local(name)
            self.hold(local, exports[name])
            names.append((name, local))
        return Import(other, specifier, tuple(names))

    def _local(self, name: str) -> str:
        taken = self.frames[-1].taken
        if name != "default" and name not in taken and self.chance(60):
            taken.add(name)
            return name
        return self.fresh()

    def _required(self, other: int, lender: Lender) -> Statement:
        value = Required(other, self.one(lender.specifiers), "require")
        exports = dict(lender.exports)
        shape = Shape("object", lender.exports)
        if lender.form != "module" and exports.get("default", DARK).kind == "object":
            shape = exports["default"]
        return Declare("const", self.pattern(shape, "const"), value)

    # --- exports ---

    def _exports(self, form: str, frame: Frame) -> tuple[list[Statement], dict[str, Shape]]:
        exports: dict[str, Shape] = {}
        found: list[Statement] = []
        if form == "common":
            return self._common()
        if frame.names and self.chance(85):
            names = []
            for name in sorted(frame.names):
                exported = self.one((name, name, *LETTERS, "default"))
                if exported not in exports and name in frame.taken and self.chance(75):
                    names.append((name, exported))
                    exports[exported] = frame.names[name]
            if names:
                found.append(Export(tuple(names)))
        if "default" not in exports and self.chance(40):
            value, exports["default"] = self.expression()
            found.append(Default(value))
        return found, exports

    def _common(self) -> tuple[list[Statement], dict[str, Shape]]:
        if self.chance(60):
            value, shape = self.expression()
            return [Default(value)], {
                "default": shape,
                **dict(shape.members if shape.kind == "object" else ()),
            }
        exports: dict[str, Shape] = {}
        found: list[Statement] = []
        for key in LETTERS[: self.one((1, 2))]:
            value, exports[key] = self.expression()
            found.append(Default(value, key))
        return found, exports

    def _again(self, number: int, lenders: list[Lender], exports: dict[str, Shape]) -> list[Statement]:
        """Exports of what other files export."""
        other = self.one([at for at in range(len(lenders)) if at != number] or [0])
        lender = lenders[other]
        specifier, lent = self.one(lender.specifiers), dict(lender.exports)
        form = self.one(("names", "all", "space"))
        if form == "all":
            for name, shape in lent.items():
                if name != "default":
                    exports.setdefault(name, shape)
            return [Export((("*", ""),), other, specifier)]
        if form == "space" or not lent:
            alias = self.one([name for name in LETTERS if name not in exports] or ["z"])
            exports[alias] = Shape("object", lender.exports)
            return [Export((("*", alias),), other, specifier)]
        names = []
        for name, shape in lent.items():
            exported = self.one((name, *LETTERS, "default"))
            if exported not in exports:
                names.append((name, exported))
                exports[exported] = shape
        return [Export(tuple(names), other, specifier)] if names else []


@st.composite
def programs(draw: Callable[[st.SearchStrategy[object]], object], *, is_plain: bool = False) -> Program:
    """A program; ``is_plain`` of ES modules without what only TypeScript has."""
    return Linker(draw, is_plain=is_plain).program()
