"""Who else was in the room: people told to have been there too, and aides without a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.extract.meetings.grouping import Encounter
from onrecord.extract.scene import Scene
from onrecord.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

_AIDES = frozenset(
    {
        "interpreter", "translator", "aide", "adviser", "advisor", "note-taker", "notetaker", "assistant",
        "stenographer", "expert", "bodyguard", "official",
    }
)  # fmt: skip
_COMPANY = frozenset({"include", "accompany", "join", "attend", "flank", "involve"})
_ROOM = re.compile(
    r"\b(?:others?|those|also|anybody|anyone)\b[^.;]{0,40}?"
    r"\b(?:in the room|present|at the table|attended|attending|took part|taking part|on hand)\b"
    r"|\b(?:was|were) (?:also )?(?:present|in the room|at the table)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|nobody|no one|n['’]t|without)\b", re.IGNORECASE)


class Company(NamedTuple):
    """Actors told to have been there too, others in the article's words, and the sentences that say so."""

    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


def company_of(scene: Scene, encounter: Encounter) -> Company:
    """What the sentences of an encounter, and the one right behind each, tell of who was there too."""
    people: list[str] = []
    others: list[str] = []
    spans: list[Span] = []
    told = {t.span for t in encounter.tellings}
    for at, sentence in enumerate(scene.sentences):
        here = scene.span_of(sentence)
        behind = at > 0 and scene.span_of(scene.sentences[at - 1]) in told
        if behind and here not in told and _ROOM.search(sentence.text) and not _NOT.search(sentence.text):
            named = [a for m in scene.parsed.mentions_in(here.start, here.end) for a in scene.ids(m)]
            people += [a for a in named if (x := scene.actor(a)) and x.kind == "person"]
            others += _aides(scene, sentence, list(sentence))
            spans.append(here)
        elif here in told:
            others += _aides(scene, sentence, _under_company(sentence))
    return Company(tuple(dict.fromkeys(people)), tuple(dict.fromkeys(others)), tuple(spans))


def _under_company(sentence: Run) -> list[Token]:
    """Tokens below `which included …`, `accompanied by …`."""
    return [t for v in sentence if v.pos_ == "VERB" and v.lemma_ in _COMPANY for t in v.subtree]


def _aides(scene: Scene, sentence: Run, within: list[Token]) -> list[str]:
    """`two interpreters`: noun phrases of aides whom no mention names."""
    inside = {t.i for t in within}
    return [
        chunk.text
        for chunk in scene.chunks
        if sentence.start <= chunk.start < sentence.end
        and chunk.root.i in inside
        and chunk.root.lemma_.lower() in _AIDES
        and not any(t.ent_type_ == "PERSON" for t in chunk)
    ]
