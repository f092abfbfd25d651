"""What the token of a workflow may do."""

from archlint.kinds.workflow import Options
from tests.workflow.wirings.trees import FILES, RUN, Tree, ci

READ_ONLY = Options(files=FILES, permissions={"contents": "read"})

SOUND: dict[str, tuple[Tree, Options]] = {
    "permissions to read": (ci(RUN, head="permissions: { contents: read }\n"), READ_ONLY),
    "no permissions": (ci(RUN, head="permissions: {}\n"), READ_ONLY),
    "permissions of every job": (ci(RUN, job="permissions: { contents: none }\n"), READ_ONLY),
    "read-all where it is allowed": (
        ci(RUN, head="permissions: read-all\n"),
        Options(files=FILES, permissions={"*": "read"}),
    ),
}

BROKEN: dict[str, tuple[Tree, Options, list[tuple[str, str]]]] = {
    "permissions to write": (
        ci(RUN, head="permissions: { contents: write }\n"),
        READ_ONLY,
        [("`contents: write` is more than `contents: read`", "write")],
    ),
    "permissions of another scope": (
        ci(RUN, head="permissions: { contents: read, packages: read }\n"),
        READ_ONLY,
        [("`packages: read` is more than `contents: read`", "read")],
    ),
    "permissions to write all": (
        ci(RUN, head="permissions: write-all\n"),
        READ_ONLY,
        [("`permissions: write-all` is more than `contents: read`", "permissions")],
    ),
    "permissions of a job": (
        ci(RUN, head="permissions: {}\n", job="permissions: { id-token: write }\n"),
        READ_ONLY,
        [("`id-token: write` is more than `contents: read`", "write")],
    ),
    "permissions that are not stated": (
        ci(RUN),
        READ_ONLY,
        [
            (
                "job `test` has no `permissions`, so it has the repository's default, which may be to write",
                "test",
            )
        ],
    ),
}
