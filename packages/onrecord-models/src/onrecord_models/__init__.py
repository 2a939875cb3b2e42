"""Weights of onrecord's models, each in a folder of its own with manifest and card."""

from pathlib import Path


def folder(model: str) -> Path:
    """Where the files of a model lie, e.g. `statements`; it may not exist."""
    return Path(__file__).parent / model
