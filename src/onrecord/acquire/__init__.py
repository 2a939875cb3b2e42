"""Files, HTML, JSON lines → Article | Reject: text as received, passages labelled, metadata found."""

from onrecord.acquire.reading import read

__all__ = ["read"]
