"""Reads what a comment says to archlint: ``allow RULE[, RULE] -- reason [until YYYY-MM-DD] [#ticket]``."""

import re
from collections.abc import Collection
from datetime import date

import msgspec

from archlint.model import Place
from archlint.suppression import Comment, Suppression

# What people write who come from other tools, and slips of the pen.
_VERB = re.compile(r"(?P<verb>[\w-]+)(?![\w-])[:\s]*(?P<rest>.*)", re.DOTALL)
_REASON = re.compile(r"(?:^|[\s,;])--+(?:\s|$)|\s[\u2013\u2014]\s")  # people's editors turn -- into a dash
_TICKET = re.compile(r"(?:^|\s)(?P<ticket>#[\w/.#-]*\w)\.?$")
_UNTIL = re.compile(
    r"(?:^|[\s,(;])until[:\s]\s*(?P<date>\d{4}-\d+-\d+|\d+[./]\d+[./]\d+)\)?\.?$", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_RULE = re.compile(r"[A-Za-z0-9_-]+")


class Misspoken(msgspec.Struct, frozen=True):
    """A comment that means to allow something and does not."""

    place: Place
    message: str


def parsed(path: str, comment: Comment, known: Collection[str]) -> Suppression | Misspoken | None:
    """What a comment allows, or why it allows nothing; None if it speaks of something else.

    ``known`` are the ids of rules: who writes one after another word than ``allow`` means to allow it.
    """
    place = Place(path, comment.span)
    said = _VERB.match(comment.text)
    if said is None:
        return None
    head, reason = _split(said["rest"])
    rules = tuple(dict.fromkeys(_RULE.findall(head)))
    if said["verb"] != "allow":
        means_it = any(rule in known for rule in rules)
        text = f"'archlint: {said['verb']}' is not understood, so nothing is allowed; write 'archlint: allow'"
        return Misspoken(place, text) if means_it else None
    if not rules:
        return Misspoken(place, "no rule is named; write 'archlint: allow RULE -- reason'")
    if _RULE.sub("", head).strip(" \t,"):
        return Misspoken(
            place, f"'{head}' is not a list of rules; write 'archlint: allow RULE, RULE -- reason'"
        )
    return _dated(place, comment, rules, reason)


def _split(text: str) -> tuple[str, str]:
    parts = _REASON.split(text, maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""


def _dated(place: Place, comment: Comment, rules: tuple[str, ...], reason: str) -> Suppression | Misspoken:
    """With the date and the ticket at the end of the reason, in either order, taken off it."""
    until, ticket = "", ""
    while True:
        if not ticket and (match := _TICKET.search(reason)):
            ticket = match["ticket"]
        elif not until and (match := _UNTIL.search(reason)):
            until = match["date"]
        else:
            break
        reason = reason[: match.start()].rstrip(" ,;(")
    day = day_of(until) if until else None
    if until and day is None:
        return Misspoken(place, f"'{until}' is no date; write 'until YYYY-MM-DD'")
    return Suppression(
        rules, reason, place, day, ticket, last_line=comment.last_line, heads_file=comment.heads_file
    )


def day_of(text: str) -> date | None:
    """The day that ``YYYY-MM-DD`` means; None if there is none."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
