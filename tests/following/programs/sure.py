"""The texts that expressions are for sure: by names and members, within one file."""

from tests.following.programs.model import Enum, Expression, Joined, Member, Name, Object, Pair, Text, Wrapped
from tests.following.programs.scopes import Held, Scope
from tests.following.programs.things import Things
from tests.following.programs.values import Thing

_SAME = ("parens", "satisfies", "bang", "const")
_PLAIN = ("plain", "quoted", "computed")


class Sure(Things):
    """Looks up texts. A name is sure if it is declared once, with its value, and nobody writes to a member of it."""

    def sure(self, value: Expression, scope: Scope) -> str | None:
        """The text that an expression always is; None if that cannot be told."""
        if isinstance(value, Joined):
            texts = [self.sure(part, scope) for part in value.parts]
            return None if None in texts else "".join(text for text in texts if text is not None)
        try:
            found = self._definition(value, scope)
        except RecursionError:  # two names that are declared as each other
            return None
        if found is None:
            return None
        node, around = found
        return self.sure(node, around) if isinstance(node, Joined) else _text(node)

    def _definition(self, value: Expression, scope: Scope) -> "tuple[Expression | Enum, Scope] | None":
        match value:
            case Wrapped(form, inner) if form in _SAME:
                return self._definition(inner, scope)
            case Name(name):
                return self._of_name(name, scope)
            case Member(base, key):
                holder = self._definition(base, scope)
                return self._part(*holder, key) if holder is not None else None
        return value, scope

    def _of_name(self, name: str, scope: Scope) -> "tuple[Expression | Enum, Scope] | None":
        holder = scope.find(name)
        declared = holder.names[name] if holder is not None else []
        if holder is None or len(declared) != 1 or name in holder.written or name in holder.changed:
            return None
        match declared[0]:
            case Held(value, around, (), False) if value is not None:
                return self._definition(value, around)
            case Enum():
                return declared[0], self._outlines[holder.file].bodies[id(declared[0])]
        return None

    def _part(
        self, holder: Expression | Enum, scope: Scope, key: str
    ) -> "tuple[Expression | Enum, Scope] | None":
        if isinstance(holder, Enum):
            return self._of_name(key, scope) if key in dict(holder.members) else None
        if (
            not isinstance(holder, Object)
            or {(Thing(holder, scope), each) for each in (key, "*")} & self._spoilt
        ):
            return None
        for part in reversed(holder.parts):
            if not isinstance(part, Pair) or part.form == "hidden":
                return None
            if part.key == key:
                return self._definition(part.value, scope) if part.form in _PLAIN else None
        return None


def _text(node: Expression | Enum) -> str | None:
    return node.value if isinstance(node, Text) else None
