# Generated from schemas/ by `python -m codegen`. Do not edit.
