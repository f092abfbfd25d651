"""Regular expressions over paths, as globs that mean the same; what has no such glob is refused."""

import re
from collections.abc import Mapping

import msgspec

from archlint.importing.carrying import CannotCarryError

# Stands for `**`, which must not come of two wildcards side by side. A character no path holds.
_SPANS = "\ue001"
_MOST = 64
_TOKEN = re.compile(
    r"(?P<segment>\[\^(?:\\?/|\\\\)+\])(?P<many>[+*])(?!\?)|(?P<reach>\.[*+])(?!\?)|\$(?P<back>\d)"
    r"|\\(?P<escaped>[./_@$^+()\[\]-])|(?P<start>\((?:\?:)?\^\|/\))|(?P<end>\((?:\?:)?(?:/\|\$|\$\|/)\))"
    r"|\[(?P<set>[\w.@-]+)\]|(?P<open>\((?:\?:)?)(?!\?)|(?P<mark>[|)?^$])|(?P<plain>[\w./@# ~=-])"
)
_PACKAGE = re.compile(
    r"(?:\^|/|\(\^\|/\)|\(\?:\^\|/\))?node_modules(?:/(?P<names>\(?[\w@./|\\-]+\)?))?(?P<end>/|\$|\(/\|\$\)|\(\$\|/\))?"
)


def globs_of(regex: str, names: Mapping[int, str] | None = None) -> str:
    """A glob for the paths in which the expression finds something. ``names`` are captures, by number.

    Raises ``CannotCarryError``.
    """
    reader = _Reader(regex, _tokens(regex), dict(names or {}))
    found = tuple(dict.fromkeys(_tidy(each) for each in reader.read()))
    if len(found) > _MOST:
        raise CannotCarryError(f"the expression '{regex}' stands for too many globs")
    return _joined(found)


def groups_of(regex: str) -> tuple[int, ...]:
    """The numbers of the groups that stand for one name in a path: ``([^/]+)``."""
    groups = list(re.finditer(r"(?<!\\)\((?!\?)", regex))
    return tuple(
        n for n, each in enumerate(groups, 1) if re.match(r"\(\[\^\\?/\]\+\)", regex[each.start() :])
    )


def package_names(regex: str) -> tuple[str, ...] | None:
    """Patterns for the packages below node_modules that are meant; None if none are. Raises ``CannotCarryError``."""
    if "node_modules" not in regex:
        return None
    match = _PACKAGE.fullmatch(regex)
    if match is None:
        raise CannotCarryError(f"the expression '{regex}' means parts of packages")
    if not match["names"]:
        return ("*",)
    names = match["names"].strip("()").replace("\\", "").split("|")
    ends = "" if match["end"] or match["names"].endswith("/") else "*"
    return tuple(
        name.rstrip("/") + ("/*" if name.count("/") == 1 and name.endswith("/") and name[0] == "@" else ends)
        for name in names
    )


def _tokens(regex: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    at = 0
    while at < len(regex):
        match = _TOKEN.match(regex, at)
        if match is None:
            raise CannotCarryError(f"the expression '{regex}' is no glob at '{regex[at : at + 10]}'")
        found.append(match)
        at = match.end()
    return found


class _Reader(msgspec.Struct):
    """Reads tokens from the left. What is read is a list of alternatives."""

    regex: str
    tokens: list[re.Match[str]]
    names: dict[int, str]
    at: int = 0
    group: int = 0

    def read(self) -> list[str]:
        """The whole expression, anchored or not."""
        found: list[str] = []
        while self.at <= len(self.tokens):
            found += self._anchored()
            self.at += 1  # over the `|`
        return found

    def _anchored(self) -> list[str]:
        head = self._head()
        body = self._row()
        tail = self._tail(body)
        return self._product(self._product(head, body), tail)

    def _head(self) -> list[str]:
        token = self._peek()
        if token is not None and (token["mark"] == "^" or token["start"]):
            self.at += 1
            return [""] if token["mark"] else [f"{_SPANS}/"]
        if token is not None and token["reach"]:
            self.at += 1
        return [f"{_SPANS}/*"]

    def _tail(self, body: list[str]) -> list[str]:
        token = self._peek()
        if token is not None and token["mark"] == "$":
            self.at += 1
            self._expect_end()
            return [""]
        if token is not None and token["end"]:
            self.at += 1
            self._expect_end()
            return ["", f"/{_SPANS}"]
        self._expect_end()
        if all(each.endswith("/") for each in body):
            return [_SPANS]
        return ["*", f"*/{_SPANS}"]

    def _expect_end(self) -> None:
        token = self._peek()
        if token is not None and token["mark"] != "|":
            raise self._refusal()

    def _row(self) -> list[str]:
        """Up to `|`, `)`, `$` or the end."""
        row = [""]
        while (token := self._peek()) is not None and token["mark"] is None and not token["end"]:
            self.at += 1
            part = self._part(token)
            following = self._peek()
            if following is not None and following["mark"] == "?":
                self.at += 1
                part = ["", *part]
            row = self._product(row, part)
        return row

    def _part(self, token: re.Match[str]) -> list[str]:
        if token["segment"]:
            return ["?*" if token["many"] == "+" else "*"]
        if token["reach"]:
            return ["?*" if token["reach"] == ".+" else "*", f"*/{_SPANS}/*"]
        if token["back"]:
            return [self._named(int(token["back"]))]
        if token["set"]:
            return self._set(token["set"])
        if token["open"]:
            return self._group(captures=token["open"] == "(")
        if token["start"]:
            raise self._refusal()
        text = token["escaped"] or token["plain"]
        return ["?"] if token["plain"] == "." else [text]

    def _set(self, characters: str) -> list[str]:
        if "-" in characters.strip("-"):
            raise self._refusal()
        return list(characters)

    def _named(self, number: int) -> str:
        if number not in self.names:
            raise CannotCarryError(f"${number} of '{self.regex}' is no whole name between slashes")
        return f"{{{self.names[number]}}}"

    def _group(self, *, captures: bool) -> list[str]:
        self.group += captures
        number = self.group
        found: list[str] = []
        while True:
            found += self._row()
            token = self._peek()
            if token is None or token["mark"] not in ("|", ")"):
                raise self._refusal()
            self.at += 1
            if token["mark"] == ")":
                break
        return [self._named(number)] if captures and found == ["?*"] and number in self.names else found

    def _product(self, heads: list[str], tails: list[str]) -> list[str]:
        if len(heads) * len(tails) > _MOST:
            raise CannotCarryError(f"the expression '{self.regex}' stands for too many globs")
        return [head + tail for head in heads for tail in tails]

    def _peek(self) -> re.Match[str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _refusal(self) -> CannotCarryError:
        return CannotCarryError(f"the expression '{self.regex}' is no glob")


def _tidy(glob: str) -> str:
    glob = re.sub(r"\*+", "*", glob)
    glob = re.sub(r"\*\?\*", "?*", glob)
    glob = re.sub(r"(?<=/)\?\*(?=/|$)", "*", glob)
    return re.sub(rf"{_SPANS}(?:/{_SPANS})+", _SPANS, glob).replace(_SPANS, "**")


def _joined(globs: tuple[str, ...]) -> str:
    """One glob for all."""
    if len(globs) == 1:
        return globs[0]
    first, last = min(globs), max(globs)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    head = first[: first.rfind("/", 0, same) + 1]
    head = "" if "{" in head else head
    return f"{head}{{{','.join(each[len(head) :] for each in globs)}}}"
