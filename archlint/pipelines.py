"""What one file states about what CI executes: workflows, actions, scripts, and the commands in them.

Plain facts, as those in ``facts.py``: true of the file's bytes alone.
"""

import msgspec

from archlint.model import WHOLE_FILE, Span


class Command(msgspec.Struct, frozen=True, array_like=True):
    """One command that a shell text would execute."""

    words: tuple[str | None, ...]
    """Program and arguments, quotes and ``VAR=x`` prefixes gone; None for a word only the run time knows."""
    span: Span
    softened: str = ""
    """What keeps its failure from failing the step, as written (``|| true``), or ''."""
    conditional: bool = False
    """Whether shell control flow (``if``, ``case``, ``||``, a function body) decides if it runs."""
    templates: tuple[tuple[int, str, bool], ...] = ()
    """Of words that are None, by position: the text with ``${{ … }}`` in it (``$X`` is ``${{ env.X }}``), and
    whether what it becomes is split at white space."""
    folder: str | None = ""
    """The folder that ``cd`` before it leads to, from where the text starts, as a template; None if nobody can tell."""
    assigned: tuple[tuple[str, str | None], ...] = ()
    """Its ``VAR=x`` prefixes; None for a value only the run time knows."""
    exported: tuple[tuple[str, str | None], ...] = ()
    """What it adds to the environment of later steps (``echo VAR=x >> $GITHUB_ENV``), as templates; None as above."""


class Located(msgspec.Struct, frozen=True, array_like=True):
    """A scalar of a document and its place."""

    text: str
    span: Span


Named = tuple[str, Located]


class WorkflowStep(msgspec.Struct, frozen=True):
    """A step of a workflow job, or of a composite action."""

    index: int
    span: Span
    name: str = ""
    uses: Located | None = None
    run: Located | None = None
    shell: str = ""
    commands: tuple[Command, ...] = ()
    """Empty for a shell whose language is not shell."""
    is_understood: bool = True
    """Whether its text is shell: what PowerShell, ``cmd``, Python or Perl would run is not known."""
    condition: Located | None = None
    continue_on_error: Located | None = None
    inputs: tuple[Named, ...] = ()
    """The entries of ``with``."""
    env: tuple[Named, ...] = ()
    working_directory: str = ""
    """Its own, or the default of its job or workflow."""


class Permissions(msgspec.Struct, frozen=True):
    """What a token may do. ``every`` is ``read-all``, ``write-all`` or ''; what is not granted is refused."""

    span: Span
    every: str = ""
    granted: tuple[Named, ...] = ()


class Matrix(msgspec.Struct, frozen=True):
    """What is constant of a job's matrix. A value is its keys and texts: ``app`` or, of a mapping, ``app.name``."""

    axes: tuple[tuple[str, tuple[tuple[tuple[str, str], ...], ...]], ...] = ()
    include: tuple[tuple[tuple[str, str], ...], ...] = ()
    exclude: tuple[tuple[tuple[str, str], ...], ...] = ()


class WorkflowJob(msgspec.Struct, frozen=True):
    """A job of a workflow. One that ``uses`` another workflow has no steps of its own."""

    id: str
    span: Span
    name: str = ""
    needs: tuple[str, ...] = ()
    condition: Located | None = None
    continue_on_error: Located | None = None
    steps: tuple[WorkflowStep, ...] = ()
    uses: Located | None = None
    inputs: tuple[Named, ...] = ()
    """The entries of ``with``."""
    env: tuple[Named, ...] = ()
    matrix: Matrix = Matrix()
    permissions: Permissions | None = None


class Filter(msgspec.Struct, frozen=True):
    """``branches``, ``paths-ignore`` and the like of a trigger. ``span`` is the key's."""

    name: str
    span: Span
    patterns: tuple[Located, ...]


class Trigger(msgspec.Struct, frozen=True):
    """An event that starts a workflow."""

    event: str
    span: Span
    filters: tuple[Filter, ...] = ()
    defaults: tuple[tuple[str, Located | None], ...] = ()
    """The inputs it takes, and the constants that they are by default."""


class Workflow(msgspec.Struct, frozen=True):
    """A CI workflow as its file states it."""

    jobs_span: Span
    """The ``jobs`` key, or the whole file where there is none."""
    name: str = ""
    jobs: tuple[WorkflowJob, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    triggers_span: Span = WHOLE_FILE
    """The ``on`` key."""
    env: tuple[Named, ...] = ()
    permissions: Permissions | None = None


class Action(msgspec.Struct, frozen=True):
    """A composite action as its file states it; one that is written in JavaScript has no steps."""

    span: Span
    defaults: tuple[tuple[str, Located | None], ...] = ()
    """Its inputs, and the constants that they are by default."""
    steps: tuple[WorkflowStep, ...] = ()


class Script(msgspec.Struct, frozen=True):
    """Commands with a name: a script of a package, a target of a Makefile; '' for a shell script's own."""

    name: str
    span: Span
    commands: tuple[Command, ...] = ()
    requires: tuple[str, ...] = ()
    """The scripts that run before it."""


class Scripts(msgspec.Struct, frozen=True):
    """The scripts of a file, in order."""

    package: str = ""
    """The name of the package they belong to, or ''."""
    depends: tuple[str, ...] = ()
    """The names of the packages that it is made of."""
    scripts: tuple[Script, ...] = ()
    includes: tuple[str, ...] = ()
    """The files whose scripts are its own too, as written."""
    span: Span = WHOLE_FILE
    """The key that holds them."""
    is_whole: bool = True
    """Whether there can be no scripts but these."""
