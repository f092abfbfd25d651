"""Every target, in one list."""

from tests.fuzz.target import Target
from tests.fuzz.targets import (
    comments,
    documents,
    edits,
    globs,
    ignoring,
    kept,
    markup,
    modules,
    patterns,
    scripts,
    settings,
    shell,
    texts,
    trees,
)

_ALL: tuple[Target, ...] = (
    *scripts.TARGETS,
    *markup.TARGETS,
    *documents.TARGETS,
    *shell.TARGETS,
    *texts.TARGETS,
    *comments.TARGETS,
    *modules.TARGETS,
    *patterns.TARGETS,
    *settings.TARGETS,
    *kept.TARGETS,
    *globs.TARGETS,
    *ignoring.TARGETS,
    *edits.TARGETS,
    *trees.TARGETS,
)
TARGETS = {target.name: target for target in _ALL}
