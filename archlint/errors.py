"""What is the user's to put right before a run can judge anything. Always with a place."""

import msgspec

from archlint.model import Origin


class Mistake(msgspec.Struct, frozen=True):
    """One mistake in the arguments (no origin), the configuration or a rule file."""

    message: str
    hint: str = ""
    origin: Origin | None = None
    page: str = ""
    """What ``archlint docs`` is to print, with its anchor, for what may stand there; '' if no page says it."""

    def __str__(self) -> str:
        """``rules/web.yml:7:3: unknown kind "valeu"`` and, after a semicolon, the hint."""
        place = f"{self.origin.path}:{self.origin.line}:{self.origin.column}: " if self.origin else ""
        return place + self.message + (f"; {self.hint}" if self.hint else "")


class ConfigError(Exception):
    """Every mistake found, at once. Nothing has been judged."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes
