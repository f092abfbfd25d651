"""What a SARIF log says of each rule, and of each sort of notification."""

import re

from archlint.model import RuleCard, Severity
from archlint.reporters.escape import markdown, well_formed
from archlint.reporters.sarif.log import Message, ReportingConfiguration, ReportingDescriptor, RuleProperties

# GitHub, "SARIF support for code scanning": descriptions up to 1,024 characters, names up to 255, and of at
# most 20 tags the first 10 are shown.
_DESCRIPTION = 1024
_NAME = 255
_TAGS = 10
_PROBLEM_SEVERITY = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "recommendation",
}


def rule(card: RuleCard) -> ReportingDescriptor:
    """The descriptor of a rule. Its id is public and never changes; its name is the id in Pascal case."""
    identifier = well_formed(card.id)
    short = sentence(card.summary or card.id)
    return ReportingDescriptor(
        id=identifier,
        name=_pascal_case(identifier),
        short_description=Message(clipped(short, _DESCRIPTION)),
        full_description=Message(clipped(sentence(card.why) if card.why.strip() else short, _DESCRIPTION)),
        help=_help(card, short),
        default_configuration=ReportingConfiguration(card.severity.value),
        properties=RuleProperties(
            tags=_tags(card),
            precision="very-high",
            problem_severity=_PROBLEM_SEVERITY[card.severity],
        ),
    )


def notification(identifier: str, short: str, full: str) -> ReportingDescriptor:
    """The descriptor of a sort of notification; the Multitool's GH2012 wants it to have every text."""
    return ReportingDescriptor(
        id=identifier,
        name=_pascal_case(identifier),
        short_description=Message(short),
        full_description=Message(full),
        help=Message(full),
    )


def sentence(text: str) -> str:
    """``text`` on one line and with an end: GitHub shows a message's first sentence where space is short."""
    line = well_formed(" ".join(text.split()))
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def clipped(text: str, limit: int) -> str:
    """``text``, cut where it is longer than ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _help(card: RuleCard, short: str) -> Message:
    parts = [("Why", card.why), ("Fix", card.fix), ("Enforces", ", ".join(card.enforces))]
    said = [(label, text) for label, text in parts if text.strip() and sentence(text) != short]
    return Message(
        text="\n".join([short, *(f"{label}: {sentence(text)}" for label, text in said)]),
        markdown="\n\n".join([markdown(short), *(f"**{label}:** {markdown(text)}" for label, text in said)]),
    )


def _tags(card: RuleCard) -> list[str]:
    tags = ("architecture", card.kind, *card.enforces)
    return [well_formed(tag) for tag in dict.fromkeys(tags) if tag][:_TAGS]


def _pascal_case(identifier: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", identifier)
    return "".join(word[0].upper() + word[1:] for word in words)[:_NAME] or "Rule"
