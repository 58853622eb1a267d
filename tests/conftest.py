"""Profiles of the property tests."""

from __future__ import annotations

from hypothesis import settings

# Deadlines would make slow machines fail; reproducibility in CI comes from derandomising.
settings.register_profile("default", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("default")
