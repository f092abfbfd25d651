"""Options of a shell: whether a failing command ends the text, and a failing part of a pipeline fails it."""

import re
import shlex

import msgspec
from msgspec.structs import replace


class Mode(msgspec.Struct, frozen=True):
    """Options of a shell. ``errexit_off`` is what switched ``-e`` off, as written; '' where it is on."""

    errexit_off: str = ""
    pipefail: bool = False


SH_C = Mode(errexit_off=";")
"""``sh -c``: after a ``;``, what came before may have failed."""

# https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
_MODES = {
    "": Mode(),
    "bash": Mode(pipefail=True),
    "sh": Mode(),
}
SHELLS = frozenset({"bash", "dash", "ksh", "sh", "zsh"})


def mode_of(shell: str) -> Mode | None:
    """How a step's ``shell`` runs its text; None for another language, such as PowerShell or Python."""
    if shell in _MODES:
        return _MODES[shell]
    try:
        program, *options = shlex.split(shell)
    except ValueError:
        return None
    if re.split(r"[/\\]", program)[-1].removesuffix(".exe") not in SHELLS:
        return None
    errexit = any(re.fullmatch(r"-[a-z]*e[a-z]*", option) for option in options) or "errexit" in options
    return Mode(errexit_off="" if errexit else f"shell: {shell}", pipefail="pipefail" in options)


def after_set(mode: Mode, given: tuple[str | None, ...]) -> Mode:
    """The options after a command; ``set -euo pipefail`` and the like change them."""
    if given[:1] != ("set",):
        return mode
    written = " ".join(word or "…" for word in given)
    sign = ""
    for word in given[1:]:
        if word in ("errexit", "pipefail") and sign:
            mode = _switched(mode, word, sign == "-", written)
        sign = word[0] if word and word[0] in "-+" and word.endswith("o") else ""
        if word and word[0] in "-+" and "e" in word:
            mode = _switched(mode, "errexit", word[0] == "-", written)
    return mode


def _switched(mode: Mode, option: str, on: bool, written: str) -> Mode:  # noqa: FBT001 -- the option's state
    if option == "pipefail":
        return replace(mode, pipefail=on)
    return replace(mode, errexit_off="" if on else written)
