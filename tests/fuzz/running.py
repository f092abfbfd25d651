"""Runs targets in turns in a process of their own, whose death is a find like any other."""

import json
import mmap
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from tests.fuzz.minimising import minimised
from tests.fuzz.mutation import LARGEST, mutated, words
from tests.fuzz.target import Target
from tests.fuzz.trying import Fault, tried

OUT = Path("out/fuzz")
_TURN_S = 15.0
_SILENCE_S = 60.0
_MEMORY_BYTES = 2 << 30
_MOST_KEPT = 400


class Shared:
    """What parent and child both see: the input that is being tried, and the counts so far."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._map = mmap.mmap(-1, 64 * 1024)

    def begin(self, number: int, data: bytes) -> None:
        """The child tries this next."""
        record = json.dumps([number, data.hex()]).encode()
        self._map[0:8] = len(record).to_bytes(8, "big")
        self._map[8 : 8 + len(record)] = record

    def trying(self) -> tuple[Target, bytes]:
        """What the child tried last."""
        size = int.from_bytes(self._map[0:8], "big")
        number, text = json.loads(self._map[8 : 8 + size])
        return self._targets[number], bytes.fromhex(text)

    def count(self, number: int, *, rejected: bool) -> None:
        """One more execution."""
        at = 32_768 + 16 * number
        for place in (at, at + 8) if rejected else (at,):
            self._map[place : place + 8] = (int.from_bytes(self._map[place : place + 8], "big") + 1).to_bytes(
                8, "big"
            )

    def counts(self, number: int) -> tuple[int, int]:
        """Executions of a target, and how many of them said nothing."""
        at = 32_768 + 16 * number
        return int.from_bytes(self._map[at : at + 8], "big"), int.from_bytes(
            self._map[at + 8 : at + 16], "big"
        )


@dataclass
class Pool:
    """The seeds of a target, and the inputs that were found to do something else."""

    target: Target
    inputs: list[bytes] = field(default_factory=list)
    tokens: tuple[bytes, ...] = ()
    seen: set[str] = field(default_factory=set)

    @property
    def folder(self) -> Path:
        """Where inputs are kept from run to run."""
        return OUT / "pool" / self.target.name

    def fill(self) -> None:
        """Read what there is."""
        seeds = self.target.corpus()
        self.tokens = (*self.target.tokens, *words(seeds))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.inputs = [*seeds, *(path.read_bytes() for path in sorted(self.folder.iterdir()))]

    def learn(self, data: bytes, seen: frozenset[str]) -> None:
        """Keep an input that does what none did."""
        if seen <= self.seen:
            return
        self.seen |= seen
        if data not in self.inputs and len(self.inputs) < _MOST_KEPT:
            self.inputs.append(data)
            (self.folder / sha256(data).hexdigest()[:16]).write_bytes(data)


def run(targets: Sequence[Target], seconds: float, seed: int) -> int:
    """Look for so long, tell what is found, and count. 1 if anything was found, 0 if not."""
    with tempfile.TemporaryDirectory(prefix="archlint-fuzz-") as folder:
        tempfile.tempdir = folder  # what a child leaves behind goes with it
        return _looked(targets, seconds, seed)


def _looked(targets: Sequence[Target], seconds: float, seed: int) -> int:
    began, shared = time.monotonic(), Shared(targets)
    deaths = 0
    while time.monotonic() - began < seconds:
        left = seconds - (time.monotonic() - began)
        child = multiprocessing.get_context("fork").Process(
            target=_work, args=(targets, shared, left, seed + deaths)
        )
        child.start()
        try:
            if _survives(child, shared, targets):
                break
        except KeyboardInterrupt:
            child.kill()
            break
        deaths += 1
        target, data = shared.trying()
        _tell(
            target,
            data,
            Fault(f"{target.name}: died", f"the process ended with {child.exitcode}, or was silent"),
        )
    _summary(targets, shared, time.monotonic() - began)
    return int(any(OUT.glob("finds/*/*.txt")))


def _survives(child: multiprocessing.process.BaseProcess, shared: Shared, targets: Sequence[Target]) -> bool:
    """Wait for the child. False if it died, or did not get on and was killed."""
    total, heard = -1, time.monotonic()
    while child.is_alive():
        child.join(1.0)
        now = sum(shared.counts(number)[0] for number in range(len(targets)))
        if now != total:
            total, heard = now, time.monotonic()
        elif time.monotonic() - heard > _SILENCE_S:
            child.kill()
            child.join()
            return False
    return child.exitcode == 0


def _work(targets: Sequence[Target], shared: Shared, seconds: float, seed: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, hard))
    end, chance = time.monotonic() + seconds, Random(seed)
    pools = [Pool(target) for target in targets]
    while time.monotonic() < end:
        for number, pool in enumerate(pools):
            turn = min(end, time.monotonic() + max(1.0, min(_TURN_S, seconds / len(targets))))
            if not pool.inputs:
                pool.fill()
                for data in tuple(pool.inputs):
                    _try(number, pool, data, shared)
            while time.monotonic() < turn:
                _try(number, pool, mutated(chance, pool.inputs, pool.tokens), shared)
            done, rejected = shared.counts(number)
            said = f"{done:>9,} executions  {rejected:>9,} without a say  {len(pool.inputs):>4} inputs"
            print(f"{pool.target.name:<14}{said}", flush=True)
    os._exit(0)  # helpers such as node are not waited for


def _try(number: int, pool: Pool, data: bytes, shared: Shared) -> None:
    shared.begin(number, data[:LARGEST])
    result = tried(pool.target, data)
    shared.count(number, rejected=result.is_rejected)
    if result.fault is None:
        pool.learn(data, result.seen)
    elif result.fault.key not in pool.seen:
        pool.seen.add(result.fault.key)
        key = result.fault.key
        small = minimised(data, lambda kept: (tried(pool.target, kept).fault or Fault("", "")).key == key)
        _tell(pool.target, small, tried(pool.target, small).fault or result.fault)


def _tell(target: Target, data: bytes, fault: Fault) -> None:
    folder = OUT / "finds" / target.name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / sha256(fault.key.encode()).hexdigest()[:12]
    path.write_bytes(data)
    path.with_suffix(".txt").write_text(f"{fault.key}\n{fault.told}\n")
    print(f"\nFOUND by {target.name}: {fault.key}\n{fault.told}\n  input:     {path}", flush=True)
    print(f"  reproduce: python -m tests.fuzz --target {target.name} --input {path}\n", flush=True)


def _summary(targets: Sequence[Target], shared: Shared, seconds: float) -> None:
    print(f"\nin {seconds / 60:.1f} minutes, executions (and those without a say):")
    for number, target in enumerate(targets):
        done, rejected = shared.counts(number)
        print(f"  {target.name:<14}{done:>10,}  ({rejected:,})")
    total = sum(shared.counts(number)[0] for number in range(len(targets)))
    print(f"  {'all':<14}{total:>10,}")
    for path in sorted(OUT.glob("finds/*/*.txt")):
        print(f"find: {path.with_suffix('')}: {path.read_text().partition(chr(10))[0]}")
