"""The part of SARIF 2.1.0 that archlint writes, as values. Names and sections are the standard's.

Absent means default (§3.5.1): a field that holds its default is not written.
"""

import msgspec

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class _Object(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    pass


class Message(_Object, frozen=True):
    """§3.11."""

    text: str
    markdown: str | None = None


class ArtifactLocation(_Object, frozen=True):
    """§3.4."""

    uri: str | None = None
    uri_base_id: str | None = None
    description: Message | None = None


class Region(_Object, frozen=True):
    """§3.30. Without ``end_column`` a region ends with its last line (§3.30.8)."""

    start_line: int
    start_column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


class PhysicalLocation(_Object, frozen=True):
    """§3.29."""

    artifact_location: ArtifactLocation
    region: Region


class Location(_Object, frozen=True):
    """§3.28. A message links to it by ``id`` (§3.11.6)."""

    physical_location: PhysicalLocation
    id: int | None = None
    message: Message | None = None


class ThreadFlowLocation(_Object, frozen=True):
    """§3.38."""

    location: Location


class ThreadFlow(_Object, frozen=True):
    """§3.37."""

    locations: list[ThreadFlowLocation]


class CodeFlow(_Object, frozen=True):
    """§3.36."""

    thread_flows: list[ThreadFlow]


class Suppression(_Object, frozen=True):
    """§3.35."""

    kind: str
    status: str
    justification: str | None = None
    location: Location | None = None


class Result(_Object, frozen=True):
    """§3.27."""

    rule_id: str
    level: str
    message: Message
    locations: list[Location]
    rule_index: int | None = None
    related_locations: list[Location] = []
    code_flows: list[CodeFlow] = []
    partial_fingerprints: dict[str, str] = {}
    suppressions: list[Suppression] | None = None
    """§3.27.23: none in all results of a run, or a list in each."""


class ReportingConfiguration(_Object, frozen=True):
    """§3.50."""

    level: str


class RuleProperties(_Object, frozen=True):
    """What GitHub reads of a rule's property bag."""

    tags: list[str]
    precision: str
    problem_severity: str = msgspec.field(name="problem.severity")


class ReportingDescriptor(_Object, frozen=True):
    """§3.49."""

    id: str
    name: str
    short_description: Message
    full_description: Message
    help: Message
    default_configuration: ReportingConfiguration | None = None
    properties: RuleProperties | None = None


class ToolComponent(_Object, frozen=True):
    """§3.19. ``rules`` is written even when empty."""

    name: str
    semantic_version: str
    rules: list[ReportingDescriptor]
    notifications: list[ReportingDescriptor]


class Tool(_Object, frozen=True):
    """§3.18."""

    driver: ToolComponent


class DescriptorReference(_Object, frozen=True):
    """§3.52."""

    id: str
    index: int


class Notification(_Object, frozen=True):
    """§3.58."""

    descriptor: DescriptorReference
    level: str
    message: Message
    locations: list[Location] = []


class Invocation(_Object, frozen=True):
    """§3.20."""

    execution_successful: bool
    tool_execution_notifications: list[Notification]


class RunProperties(_Object, frozen=True):
    """What a run was, for readers of the file; GitHub does not read it."""

    complete: bool
    results_in_all: int
    results_left_out: int


class Run(_Object, frozen=True):
    """§3.14."""

    tool: Tool
    invocations: list[Invocation]
    original_uri_base_ids: dict[str, ArtifactLocation]
    column_kind: str
    results: list[Result]
    properties: RunProperties


class Log(_Object, frozen=True):
    """§3.13."""

    schema: str = msgspec.field(name="$schema")
    version: str
    runs: list[Run]
