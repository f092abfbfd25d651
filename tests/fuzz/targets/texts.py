"""Makefiles, environment files and prose."""

from tests.fuzz.reading import Reader
from tests.fuzz.target import Target

_MAKE = (b":=", b"?=", b"+=", b"$(", b"${", b"$@", b"$$", b"\n\t", b"\n\t@", b"\n\t-", b".PHONY:", b"define a\n", b"endef\n", b"ifeq (", b"else\n", b"endif\n", b"include ", b"\\\n", b"::", b"|", b"%:")  # fmt: skip
TARGETS = (
    Target("makefile", Reader("Makefile", comment="# z", any_line_end=False), tokens=_MAKE),
    Target(
        "dotenv",
        Reader(".env", comment="# z"),
        tokens=(b"export ", b"=", b"'", b'"', b"#", b"${A}", b"$A", b"\\n"),
    ),
    Target("text", Reader("README.md")),
)
