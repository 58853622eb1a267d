"""Conformance: the corpus of cases, and the command that other people's runners call."""
