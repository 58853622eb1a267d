"""Turns schemas into dataclasses, codecs, member names, a bundle, the reference; run as ``python -m codegen``."""
