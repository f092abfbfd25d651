"""Settings for every test."""

import os
import signal

from hypothesis import settings

from tests import forking

# The same examples on every run: a test that fails must fail for everyone. ARCHLINT_FUZZ=1 looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("fuzz", max_examples=2000, deadline=None)
settings.load_profile("fuzz" if os.environ.get("ARCHLINT_FUZZ") else "repeatable")

# A shell has what it starts in the background ignore SIGINT, and so would every command that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    # What is imported here, each worker of each check finds there.
    forking.preload()


def pytest_unconfigure() -> None:
    forking.close()
