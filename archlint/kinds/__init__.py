"""Every kind of rule, in one list. A rule file names a kind by its key."""

from typing import Any

from archlint.extend import Kind
from archlint.kinds import (
    acyclic,
    coverage,
    document,
    files,
    imports,
    independent,
    layers,
    parity,
    public_api,
    single_source,
    size,
    text,
    value,
    workflow,
)

# Any: each kind has its own options type, and a list of them has no common one.
KINDS: tuple[Kind[Any], ...] = (
    value.KIND,
    single_source.KIND,
    text.KIND,
    size.KIND,
    files.KIND,
    workflow.KIND,
    document.KIND,
    parity.KIND,
    imports.KIND,
    layers.KIND,
    independent.KIND,
    acyclic.KIND,
    public_api.KIND,
    coverage.KIND,
)
KIND_OF = {kind.name: kind for kind in KINDS}
