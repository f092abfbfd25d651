"""What gives an expression's value a name: declarations, parameters, loops, exports."""

from archlint.languages.ecmascript.following.arrivals import Bind, Lend, Step
from archlint.languages.ecmascript.following.loads import Load
from archlint.languages.ecmascript.following.objects import Shapes
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.paths import Path, is_field, text
from archlint.members import ELEMENT


def declared(path: Path, load: Load, _shapes: Shapes) -> Step:
    """``const x = …``, ``(x = …) =>``."""
    pattern = path[-2].child_by_field_name("name") or path[-2].child_by_field_name("pattern")
    if pattern is not None and is_field(path[-2], "value", path[-1]):
        yield Bind((*path[:-1], pattern), load)


def defaulted(path: Path, load: Load, _shapes: Shapes) -> Step:
    """``{ x = … }``, ``[x = …]``."""
    left = path[-2].child_by_field_name("left")
    if left is not None and is_field(path[-2], "right", path[-1]):
        yield Bind((*path[:-1], left), load)


def looped(path: Path, load: Load, _shapes: Shapes) -> Step:
    """``for (const x of xs)``: each element is held in turn."""
    left, operator = path[-2].child_by_field_name("left"), path[-2].child_by_field_name("operator")
    rest = load.read(ELEMENT) if is_field(path[-2], "right", path[-1]) else None
    if left is not None and operator is not None and operator.type == "of" and rest is not None:
        yield Bind((*path[:-1], left), rest)


def assigned(path: Path, load: Load, _shapes: Shapes) -> Step:
    """``module.exports = …``, ``exports.x = …``; other names that are assigned to are no constants."""
    left = path[-2].child_by_field_name("left")
    if left is None or not is_field(path[-2], "right", path[-1]):
        return
    head, _, member = text(left).removeprefix("module.").partition(".")
    if text(left) == "module.exports":
        yield Lend("=", load, path)
    elif head == "exports" and member.isidentifier():
        yield Lend("=", load.under(member, path[0].id), path)


def exported(path: Path, load: Load, _shapes: Shapes) -> Step:
    """``export default …``, ``export = …``."""
    if path[-1].type == "export_specifier":
        return
    is_module = any(child.type == "=" for child in path[-2].children)
    if is_module or is_field(path[-2], "value", path[-1]):
        yield Lend("=" if is_module else "default", load, path)


def listed(path: Path, load: Load, _shapes: Shapes) -> Step:
    """``export { x as y }``."""
    name = path[-2].child_by_field_name("alias") or path[-1]
    yield Lend(constant(name) or text(name), load, path)
