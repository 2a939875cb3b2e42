"""Unnamed groups: officials, leaders, governments, residents, police."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotate.names.spans import Found, settle

if TYPE_CHECKING:
    from spacy.tokens import Doc

GROUPS = frozenset(
    "official officials leader leaders government governments administration residents analysts analyst experts expert "
    "police troops forces lawmakers diplomats diplomat negotiators negotiator authorities critics supporters "
    "activists protesters rebels militants investigators prosecutors witnesses ministers presidents sides parties "
    "countries nations spokesman spokeswoman spokesperson spokesmen aides aide adviser advisers sources source "
    "voters republicans democrats senators military army ministry ministries campaign delegation".split()
)
_DETERMINERS = frozenset(
    "the a an his her their its this that these those both some many several two three one".split()
)


def find(doc: Doc, found: list[Found]) -> list[Found]:
    """The finds with group descriptions added, each with its country where one is told before it."""
    by_token: dict[int, int] = {}
    at_token = {token.idx: token.i for token in doc}
    for n, f in enumerate(found):
        i = at_token.get(f.start)
        while i is not None and i < len(doc) and doc[i].idx < f.end:
            by_token[i] = n
            i += 1
    groups = []
    for token in doc:
        if token.lower_ not in GROUPS or token.i in by_token or token.pos_ not in ("NOUN", "PROPN"):
            continue
        left, owner = token.i, None
        while left > 0:
            before = doc[left - 1]
            if (left - 1) in by_token:
                keys = found[by_token[left - 1]].keys
                owner = owner or next((k for k in keys if k != "org:?" and not k.startswith("office:")), None)
            elif before.lower_ in _DETERMINERS:
                left -= 1
                if before.lower_ not in ("two", "three"):
                    break
                continue
            elif before.pos_ not in ("ADJ", "NOUN", "PROPN") and before.lower_ not in ("'s", "’s", "-"):
                break
            left -= 1
        whose = (owner or "").removeprefix("state:").replace(":", "-")
        key = f"group:{whose}-{token.lower_}" if whose else f"group:{token.lower_}"
        groups.append(Found(doc[left].idx, token.idx + len(token), "group", (key,), 3, "group"))
    return settle(found + groups)
