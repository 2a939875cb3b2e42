"""What forms of a word share, for telling whether two subjects are one."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_LONGEST = 6
"""Characters of a stem: `inspec` of inspectors and inspection, `electr` of electric and electricity."""
_FUNCTION = frozenset(
    {
        "a", "about", "above", "after", "again", "against", "all", "also", "an", "and", "any", "are",
        "as", "at", "be", "because", "been", "before", "being", "below", "between", "both", "but", "by",
        "can", "could", "did", "do", "does", "done", "down", "during", "each", "either", "every", "few",
        "for", "from", "further", "had", "has", "have", "he", "her", "here", "hers", "him", "his", "how",
        "i", "if", "in", "into", "is", "it", "its", "itself", "last", "least", "less", "many", "may",
        "me", "might", "more", "most", "much", "must", "my", "neither", "new", "next", "no", "nor", "not",
        "of", "off", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "per",
        "same", "shall", "she", "should", "since", "so", "some", "still", "such", "than", "that", "the",
        "their", "them", "then", "there", "these", "they", "this", "those", "three", "through", "till",
        "to", "too", "two", "under", "until", "up", "upon", "us", "very", "was", "we", "were", "what",
        "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with",
        "within", "without", "would", "yet", "you", "your",
    }
)  # fmt: skip
"""English words of closed classes."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """`ferri` of `ferry` and `ferries`."""
    low = word.lower().removesuffix("'s").removesuffix("’s")
    if low.endswith("ies") and len(low) > 4:
        return low[:-2][:_LONGEST]
    return (low[:-1] if low.endswith("s") and not low.endswith("ss") else low).replace("y", "i")[:_LONGEST]


def stems(text: str) -> frozenset[str]:
    """The stems of all words of a text but those of closed classes."""
    return frozenset(stem(w) for w in _WORD.findall(text) if w.lower() not in _FUNCTION and len(w) > 1)
