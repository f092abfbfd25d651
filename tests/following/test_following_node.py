"""The interpreter that following is compared with agrees with Node on what the programs really do."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from tests.following.programs.linking import programs
from tests.following.programs.meaning import Meaning
from tests.following.programs.model import Program
from tests.following.programs.rendering import rendered
from tests.following.programs.things import MurkyError
from tests.following.programs.values import UNKNOWN, Const

_NODE = shutil.which("node")
# Runs every program, and notes the texts that get to each sink; what throws has gone as far as it got.
_RUNNER = """
import { readdirSync, writeSync } from 'node:fs';
let turn = 0, seen = {};
globalThis.flag = () => turn++ % 2 === 0;
globalThis.unknown = () => undefined;
globalThis.attempt = (run) => { try { run(); } catch {} };
globalThis.note = (name, run) => attempt(() => {
  let value = run();
  if (value && typeof value === 'object' && name in value) value = value[name];
  for (const text of [value].flat(9)) if (typeof text === 'string') (seen[name] ??= []).push(text);
});
const all = [];
for (const program of readdirSync('.').filter((name) => /^\\d+$/.test(name)).sort((a, b) => a - b)) {
  seen = {};
  const files = readdirSync(`${program}/src`).sort().reverse();
  for (const file of files) { try { await import(`./${program}/src/${file}`); } catch {} }
  all.push(seen);
}
writeSync(1, JSON.stringify(all));
"""


def _observed(batch: list[Program]) -> list[dict[str, list[str]]]:
    with tempfile.TemporaryDirectory() as folder:
        for number, program in enumerate(batch):
            for path, text in rendered(program, is_plain=True)[0].items():
                target = Path(folder, str(number), path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text)
        Path(folder, "run.mjs").write_text(_RUNNER)
        command = [_NODE or "node", "run.mjs"]
        ran = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=60)
    return list(json.loads(ran.stdout))


@pytest.mark.skipif(_NODE is None, reason="node is not installed")
@settings(max_examples=settings().max_examples // 30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(programs(is_plain=True), min_size=10, max_size=10))
def test_what_really_reaches_a_sink_is_what_the_interpreter_says_may(batch: list[Program]) -> None:
    try:
        meant = [{sink.name: atoms for sink, atoms in Meaning(program).reached()} for program in batch]
    except MurkyError:
        reject()

    for atoms_by_sink, texts_by_sink in zip(meant, _observed(batch), strict=True):
        for name, texts in texts_by_sink.items():
            may = {atom.text for atom in atoms_by_sink[name] if isinstance(atom, Const)}
            assert UNKNOWN in atoms_by_sink[name] or set(texts) <= may
