"""What is no event between political actors: commerce, markets, what nobody political does to nobody.

Measured on newswire of 1987 about earnings, grain, shipping, money and take-overs, where there should be few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.extract.events.coder import Candidate
from onrecord.extract.events.lexicon import hyphenated
from onrecord.extract.events.named import Ids
from onrecord.extract.events.who import Who
from onrecord.facts.plover import EventType, Ontology
from onrecord.types import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

COMPANY = re.compile(
    r"\b(?:inc|corp|corporation|co|company|ltd|plc|llc|lp|ag|sa|spa|nv|bv|ab|gmbh|kk|bhd|pte|holdings?|"
    r"industries|airlines?|airways|lines?|motors?|bancorp|securities|stores?|products|systems|partners|"
    r"associates|shipping|brothers|bros|exchange|analysts?|depositors?|traders|brokers|dealers|owners?|"
    r"shareholders?|investors?|economists?|experts?|customers?)\b\.?",
    re.I,
)
"""Names of firms and of people who speak of markets rather than act for a side."""
BODIES = frozenset({"state", "government", "armed_group"})
WORDS_ONLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
FORCE = frozenset({"PROTEST", "COERCE", "ASSAULT", "MOBILIZE", "RETREAT", "SANCTION"})
ALONE = 2.6
"""Score that an act in words needs when nobody is on the receiving end."""
QUARRELS = frozenset({"PROTEST", "COERCE", "ASSAULT", "RETREAT", "ACCUSE", "REQUEST", "REJECT", "THREATEN"})
"""Types that commerce seldom brings, so that they may stand where no side has a country."""
VERBAL_TOO = frozenset({"attack", "hit", "blast", "assault", "slam", "strike", "pound", "bash", "savage"})
"""Words for blows that single people mostly exchange in speech."""
WEAPONRY = frozenset(
    {"gun", "knife", "bomb", "rifle", "pistol", "weapon", "shot", "bullet", "machete", "stone", "fist", "axe",
     "grenade", "missile", "rocket", "hammer", "kill", "wound", "injure", "dead", "death"}
)  # fmt: skip
GAME_WORDS = 2
PLAYED = frozenset(
    {"ASSAULT", "RETREAT", "THREATEN", "SUPPORT", "AGREE", "CONSULT", "AID", "REQUEST", "CONCEDE", "REJECT"}
)
"""Types whose words sport uses; a boycott, a ban or an arrest is one in sport too."""
NOWHERE = 2.5
"""Score that such an event needs."""
UNKNOWN = 2.4
"""Score with which people and bodies that no table knows may act."""
PERHAPS = 2.4
"""Score that a hypothetical event needs."""


def of_sport(sentence: Iterable[Token], known: Ontology) -> bool:
    """Whether a sentence speaks of a game: one noun that nothing else uses, or two that little else does."""
    sure, perhaps = (known.classes.get(c, frozenset()) for c in ("sport", "sport_perhaps"))
    nouns = (t for t in sentence if t.pos_ in ("NOUN", "PROPN") or t.lemma_ in ("draw", "score"))
    words = {t.lemma_.lower() for t in nouns} | {w for t in sentence if (w := hyphenated(t))}
    return not words.isdisjoint(sure) or len(words & perhaps) >= GAME_WORDS


def tells_event(candidate: Candidate, actors: Ids, recipients: Ids, who: Who, kind: EventType) -> bool:
    """Whether a candidate with these sides is worth a row; where no side has a country, it must be surer."""
    doers, others = _known(actors, who), _known(recipients, who)
    nowhere = not any(who.country(i) for i in (*actors, *recipients))
    if nowhere and (kind.id not in QUARRELS or candidate.score < NOWHERE):
        return False
    if others and all(commercial(a) for a in others) and kind.id in WORDS_ONLY:
        return False
    if candidate.status == "hypothetical" and (candidate.score < PERHAPS or not (doers and others)):
        return False
    if not any(political(a) or _somebody(a, candidate) for a in (*doers, *others)):
        return False
    abroad = any(a.kind in BODIES for a in others)
    if doers and all(commercial(a) for a in doers) and not abroad and kind.id not in FORCE:
        return False
    if (
        kind.id == "AID"
        and candidate.mode != "asylum"
        and (_private(others) or (_private(doers) and not others))
    ):
        return False
    if not doers:
        if candidate.type == "COERCE" and candidate.mode == "restrict":
            return False  # what weather and accidents close
        return kind.id in FORCE or candidate.score >= ALONE
    if kind.id in WORDS_ONLY:
        if not others:
            return candidate.score >= ALONE and any(
                _body(a) or kind.id in ("AGREE", "REJECT", "THREATEN") for a in doers
            )
        if kind.id == "REQUEST" and all(a.kind == "medium" for a in others):
            return False
    if abroad and kind.id in QUARRELS:
        return True
    return any(political(a) or _somebody(a, candidate) for a in doers) or kind.id in FORCE


def in_words(candidate: Candidate, actors: Ids, recipients: Ids, who: Who) -> bool:
    """Whether an attack is one in words: politicians, parties or media "attacked", no weapon told."""
    doers, others = _known(actors, who), _known(recipients, who)
    bare = candidate.type == "ASSAULT" and candidate.head.lemma_.lower() in VERBAL_TOO
    if not bare or not all(_speaks(a) for a in doers):
        return False
    if not doers and not (others and all(a.kind == "person" for a in others)):
        return False
    return all(a.kind not in BODIES for a in others) and not any(
        t.lemma_.lower() in WEAPONRY for t in candidate.head.subtree
    )


def _speaks(actor: Actor) -> bool:
    """Whether somebody attacks in words as a rule: a person, a party, a medium, and nobody with arms."""
    if actor.sector in ("MIL", "REB", "COP", "SPY", "CRM", "UAF", "SEP", "PRE", "TER"):
        return False
    return actor.kind in ("person", "medium") or actor.sector in ("PTY", "LEG", "MED", "OPP")


def _private(actors: list[Actor]) -> bool:
    """Whether all are single people: what one gives to another, or to a campaign, is no aid."""
    return bool(actors) and all(a.kind == "person" for a in actors)


def _somebody(actor: Actor, candidate: Candidate) -> bool:
    """Whether somebody of whom nothing is known may count, since the words are sure."""
    return actor.kind in ("person", "organisation") and not commercial(actor) and candidate.score >= UNKNOWN


def political(actor: Actor) -> bool:
    """Whether an actor can stand on a side: a state or what acts for one, an organisation of states, a
    movement.
    """
    if actor.kind in BODIES:
        return True
    if commercial(actor) or actor.kind == "medium":
        return False
    return bool(actor.country or actor.role or (actor.sector and actor.kind != "group"))


def commercial(actor: Actor) -> bool:
    """Whether an actor's name or sector is that of a firm, or of people in a market."""
    if actor.sector == "BUS":
        return True
    return actor.kind in ("organisation", "group", "person") and COMPANY.search(actor.name) is not None


def _body(actor: Actor) -> bool:
    if actor.kind in BODIES or (actor.sector or "BUS") not in ("BUS", "MED", "CVL", "LEG"):
        return True
    return actor.kind in ("organisation", "group") and actor.country is not None


def _known(actors: Ids, who: Who) -> list[Actor]:
    return [a for i in actors if (a := who.known(i)) is not None]
