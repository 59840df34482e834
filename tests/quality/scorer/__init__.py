"""Holds what the engine reads against what the generator wrote. docs/quality.md defines every figure."""
