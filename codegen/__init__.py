"""Turns the schemas into dataclasses, codecs, member names and a bundle; run as ``python -m codegen``."""
