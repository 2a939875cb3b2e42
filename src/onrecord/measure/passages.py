"""What of a page is read as its article, against strings that belong to it and strings that do not.

As in the evaluation of trafilatura: a string of the article that is found in what is kept is right, one of
the furniture wrong; white space does not count.
"""

from __future__ import annotations

from collections.abc import Iterable


def count(within: Iterable[str], without: Iterable[str], kept: str) -> list[int]:
    """[right, kept, due, right strings of furniture, strings of furniture] of one page."""
    told = " ".join(kept.split())
    theirs, others = ([" ".join(s.split()) for s in side] for side in (within, without))
    right, wrong = (sum(s in told for s in side) for side in (theirs, others))
    return [right, right + wrong, len(theirs), len(others) - wrong, len(others)]
