"""Settings for every test."""

import os

from hypothesis import settings

# The same examples on every run: a test that fails must fail for everyone. ARCHLINT_FUZZ=1 looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("fuzz", max_examples=2000, deadline=None)
settings.load_profile("fuzz" if os.environ.get("ARCHLINT_FUZZ") else "repeatable")
