"""``python -m tests.fuzz [--minutes N] [--target NAME]… [--input FILE]``: looks for inputs that break a promise."""

import argparse
import sys
from pathlib import Path

from tests.fuzz.running import run
from tests.fuzz.targets import TARGETS
from tests.fuzz.trying import tried


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long to look; 10 if not said")
    parser.add_argument(
        "--target", action="append", choices=sorted(TARGETS), help="only this one; may be repeated"
    )
    parser.add_argument("--seed", type=int, default=0, help="another number looks elsewhere")
    parser.add_argument("--input", type=Path, help="try this file on the target, and nothing else")
    asked = parser.parse_args()
    names = tuple(asked.target or TARGETS)
    if asked.input:
        return _once(names, asked.input)
    return run([TARGETS[name] for name in names], asked.minutes * 60, asked.seed)


def _once(names: tuple[str, ...], path: Path) -> int:
    faults = 0
    for name in names:
        fault = tried(TARGETS[name], path.read_bytes()).fault
        print(f"{name}: {fault.told if fault else 'nothing is wrong'}")
        faults += fault is not None
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
