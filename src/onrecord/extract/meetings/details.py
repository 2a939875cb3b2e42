"""When, where, on what occasion and for how long an encounter took place, by syntax around its trigger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from onrecord.extract.meetings import words
from onrecord.extract.meetings.people import GUESSED
from onrecord.extract.meetings.pointing import is_second_of, is_where_clause
from onrecord.extract.scene import BEARERS, Scene
from onrecord.facts.happenings import Happening
from onrecord.types import Article, MeetingStatus, Mention, Range

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

GATHERINGS = frozenset(
    {
        "summit", "sideline", "margin", "conference", "forum", "session", "assembly", "visit", "talk",
        "meeting", "trip", "tour", "stop", "day", "morning", "afternoon", "evening", "night", "week",
        "month", "hour", "minute", "end", "beginning", "start", "stopover", "ceremony", "dinner",
        "lunch", "round", "series", "city", "capital", "resort", "town", "hotel", "palace", "residence",
        "outskirt", "half", "part", "host", "fringe",
    }
)  # fmt: skip
"""Nouns that may stand between an encounter and its day or place: `on the sidelines of a summit in …`."""

_HALL = re.compile(
    r"\b(?:House|Office|Kremlin|Palace|Palais|Hall|Hotel|Embassy|Castle|Residence|Airport|Camp|Villa|Ministry"
    r"|Headquarters|Mansion|Estate|Resort|Base|Centre|Center|Club|Chancellery|Pentagon|Château|Lodge|Mar-a-Lago)\b"
)
_ROOMS = frozenset(
    {"office", "ministry", "embassy", "headquarters", "residence", "palace", "parliament", "villa", "hotel"}
)
"""Common nouns of the house in which an encounter takes place: `in the minister's office in Lima`."""
_TOWNS = frozenset({"town", "city", "capital", "port", "resort", "village"})
_COURSE = frozenset({"hold", "take", "last", "end", "begin", "open"})
_CALLING = frozenset({"call", "urge", "ask", "demand", "vow", "threaten", "promise"})
_FIXED = frozenset({"plan", "schedule", "arrange", "fix", "set"})
_IN = frozenset({"in", "at", "near", "outside", "aboard", "inside"})
_CAPITALS = re.compile(r"([A-Z][A-Z .'’-]+[A-Z])(?:,|\s*[-–—(])")
_CLOCK = re.compile(r"T(\d\d:\d\d)")
_OCCASION = re.compile(
    r"(?<!\w)(?:(?:"
    + "|".join(re.escape(o) for o in sorted(words.OCCASIONS, key=len, reverse=True))
    + r")(?:\s+\([^)]{2,12}\))?"
    r"(?:\s+(?:economic|leaders['’]?|foreign ministers['’]?|annual|security|finance|ministerial))*"
    r"(?:\s+(?:summit|meeting|conference|forum|ministerial|session|gathering))?"
    r"|(?:state|official|working) visit)(?!\w)"
)


class Place(NamedTuple):
    name: str
    hall: bool


def _path(token: Token, trigger: Token) -> list[Token] | None:
    """Tokens strictly between a token and a trigger on the way through their common ancestor."""
    up = [token, *token.ancestors]
    down = [trigger, *trigger.ancestors]
    common = next((t for t in up if t in down), None)
    if common is None:
        return None
    way = [*up[1 : up.index(common)], common, *down[1 : down.index(common)]]
    return [t for t in dict.fromkeys(way) if t.i not in (token.i, trigger.i)]


def belongs(token: Token, trigger: Token, taking_part: frozenset[int]) -> int | None:
    """Length of the way from a time or place to its trigger; None where something else owns it."""
    way = _path(token, trigger)
    if way is None:
        return None
    if _is_planned_for(token, trigger):
        return 2
    above = [trigger, *trigger.ancestors]
    verbs = 0
    for step in way:
        if step.pos_ in ("VERB", "AUX"):
            verbs += 1
            if step not in above and not _is_plan(step, trigger, taking_part):
                return None
        elif step.pos_ in ("NOUN", "PROPN") and step not in above:
            known = step.lemma_.lower() in GATHERINGS or step.i in taking_part
            known = known or (step.lemma_.lower() in BEARERS and trigger in step.ancestors)
            known = known or (step.lemma_.lower() in _ROOMS and step.head.lower_ in _IN)
            known = known or step.lower_ == "face"  # `face to face in Lima`
            known = known or (step.dep_ == "pobj" and step.head.lower_ == "of" and step.head.head == trigger)
            if any(c.dep_ == "poss" and c.pos_ == "PROPN" and c.i not in taking_part for c in step.children):
                return None  # `reminds of A's trip to Geneva in 1985`
            known = known or (step.dep_ == "pobj" and step.head.lower_ == "at" and step.head.head == trigger)
            if not known and step.ent_type_ not in ("DATE", "TIME", "GPE", "LOC", "FAC", "PERSON"):
                return None
        if step in above and step.dep_ == "xcomp" and step.head.lemma_ in _CALLING:
            return None  # `called on Wednesday to block the visit`
        if step in above and step.dep_ in ("ccomp", "relcl", "advcl", "acl") and token not in step.subtree:
            return None
    if (
        trigger.dep_ in ("ccomp", "relcl", "advcl")
        and trigger.pos_ == "VERB"
        and token not in trigger.subtree
    ):
        return None
    return len(way) + verbs


def _is_planned_for(token: Token, trigger: Token) -> bool:
    """`a meeting of A and B on two mills, which had been planned for May`."""
    verb = next((t for t in token.ancestors if t.pos_ == "VERB"), token)
    fixed = verb.dep_ == "relcl" and verb.lemma_ in _FIXED and verb.tag_ == "VBN"
    return fixed and trigger in verb.ancestors and trigger.pos_ == "NOUN"


def _is_plan(verb: Token, trigger: Token, taking_part: frozenset[int]) -> bool:
    """`the talks planned for May`, `a meeting of the ministers that was to take place in Arica`."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be":
        return verb.lemma_ in _COURSE and _is_plan(verb.head, trigger, taking_part)
    below = {c.lemma_ for c in verb.children if c.dep_ == "xcomp"} if verb.lemma_ == "be" else {verb.lemma_}
    if verb.dep_ not in ("acl", "relcl") or not below & (words.PLAN | _COURSE):
        return False
    of = verb.head  # the parser may hang `that was planned` on those who meet
    return of == trigger or of.i in taking_part or (of.lemma_ in BEARERS and trigger in of.ancestors)


def is_given_up(head: Token) -> bool:
    """`instead of June 5`, `rather than on Monday`."""
    lead = [t.lower_ for t in head.doc[max(head.sent.start, head.left_edge.i - 3) : head.left_edge.i]]
    return lead[-2:] == ["instead", "of"] or ("than" in lead[-2:] and "rather" in lead)


def places(scene: Scene, trigger: Token, taking_part: frozenset[int]) -> Iterator[Place]:
    """Named places of the encounter, nearest first: `in Reykjavik`, `the Helsinki summit`."""
    ranked = []
    for start, end, name, hall in _spots(scene, trigger.sent):
        root = scene.head_of(start, end)
        if root is None or (is_second_of(trigger) and root not in trigger.subtree):
            continue
        length: int | None
        prep = root.head
        planned = (prep.lower_ == "for" and prep.head.lemma_ in words.PLAN) or (
            prep.lower_ == "to" and prep.head == trigger and trigger.lemma_ in words.TRAVEL
        )
        if root.dep_ == "pobj" and is_where_clause(trigger) and trigger.head == root:
            length = 0  # `flew to Lima, where he met B`
        elif root.dep_ == "pobj" and (prep.lower_ in _IN or planned):
            length = belongs(root, trigger, taking_part)
        elif _is_town_of(root):
            length = belongs(prep.head, trigger, taking_part)
        elif _names_gathering(root, taking_part) and not hall:
            length = 0 if root.head == trigger else belongs(root.head, trigger, taking_part)
        elif root.dep_ == "dobj" and root.head.lemma_ == "visit" and trigger in root.head.subtree:
            length = 0 if root.head == trigger or trigger.head.lower_ == "for" else None
        else:
            continue
        if length is not None:
            ranked.append((length, root.i, Place(name, hall)))
    return (place for _, _, place in sorted(ranked))


def _names_gathering(root: Token, taking_part: frozenset[int]) -> bool:
    """`the Helsinki summit`, but not `the Colombia-Venezuela summit`."""
    front = root.dep_ in ("compound", "nmod") and root.head.lemma_.lower() in GATHERINGS
    return front and root.i not in taking_part


def _is_town_of(root: Token) -> bool:
    """`in the border town of Jimani`."""
    town = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "of" else None
    return town is not None and town.lemma_.lower() in _TOWNS and town.head.lower_ in _IN


def dateline(scene: Scene, sentence: Run) -> str | None:
    """The city of the dateline, for `here` and for a hall that stands without a city."""
    lines = [p for p in scene.parsed.passages if p.role == "dateline" and p.start <= sentence.end_char]
    for line in lines[-1:]:
        told = scene.text[line.start : line.end]
        known = next(iter(scene.parsed.places_in(line.start, line.end)), None)
        found = _CAPITALS.match(told.strip())
        return known.name if known else found[1].title() if found else None
    return None


def is_here(trigger: Token) -> bool:
    """`met here on Monday`, `talks in this border town`: where the dateline says."""
    here = (t for t in trigger.subtree if t.lower_ == "here" or _is_this_town(t))
    return any(t.head == trigger or trigger in t.ancestors for t in here)


def _is_this_town(token: Token) -> bool:
    return token.lemma_.lower() in _TOWNS and any(c.lower_ == "this" for c in token.children)


def _spots(scene: Scene, sentence: Run) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, name, whether a hall) of all places named in a sentence; no person's name is one."""
    span = scene.span_of(sentence)
    known = list(scene.parsed.places_in(span.start, span.end))
    yield from ((p.start, p.end, p.name, False) for p in known)
    for chunk in scene.chunks:  # halls that the entity recogniser takes for something else
        if chunk.start < sentence.start or chunk.end > sentence.end:
            continue
        if chunk.root.pos_ != "PROPN" or not (chunk.root.head.lower_ in _IN or _is_town_of(chunk.root)):
            continue
        if _HALL.search(chunk.text):
            yield chunk.start_char, chunk.end_char, bare(chunk.text), True
        elif chunk.root.head.lower_ in ("in", "of") and _is_unknown_name(scene, chunk.root):
            yield chunk.start_char, chunk.end_char, bare(chunk.text), False
        elif chunk.root.head.lower_ == "at" and _is_unknown_name(scene, chunk.root):
            yield chunk.start_char, chunk.end_char, bare(chunk.text), True  # `at Wisma Putra`
    for run in sentence.ents:
        name = bare(run.text)
        built = bool(_HALL.search(name))
        town = len(run) == 1 and run.root.head.lower_ == "in"  # `in Maribor`, taken for a building
        hall = (run.label_ == "FAC" and not town) or (
            run.label_ in ("ORG", "LOC", "GPE", "PERSON", "FAC") and built
        )
        if not name or any(p.start < run.end_char and run.start_char < p.end for p in known):
            continue
        mention = scene.mention_of.get(run.root.i)
        person = mention and any(a.kind == "person" for i in scene.ids(mention) if (a := scene.actor(i)))
        if person and not (run.label_ == "GPE" and len(run) == 1 and _is_doubtful(mention)):
            continue
        if hall or run.label_ in ("GPE", "LOC", "FAC"):
            yield run.start_char, run.end_char, name, hall


def _is_unknown_name(scene: Scene, root: Token) -> bool:
    """A capitalised name after `in` that neither table nor recogniser knows: a town, as a rule."""
    timed = any(t.start <= root.idx < t.end for t in scene.parsed.times)
    placed = any(p.start <= root.idx < p.end for p in scene.parsed.places)
    # towns that are not known are often taken for people or peoples
    labelled = root.ent_type_ not in ("", "PERSON", "ORG", "NORP", "PRODUCT")
    mention = scene.mention_of.get(root.i)
    one_word = not any(c.dep_ == "compound" for c in root.children)
    doubtful = one_word and _is_doubtful(mention)
    return not (labelled or timed or placed) and (mention is None or doubtful)


def _is_doubtful(mention: Mention | None) -> bool:
    """A name taken for a person's for want of anything better: behind `in` it is a town."""
    return mention is not None and (mention.reason or "").startswith(GUESSED)


def is_hall(name: str) -> bool:
    """`the Hotel Astoria`, `City Hall`: a house, not a town."""
    return bool(_HALL.search(name))


def bare(name: str) -> str:
    """A name without its article and possessive."""
    return re.sub(r"^(?:the|a|an)\s+|['’]s$", "", name.strip(), flags=re.IGNORECASE)


def occasion(trigger: Token, taking_part: frozenset[int]) -> str | None:
    """The gathering on whose sidelines the encounter stands, in the article's words."""
    sentence: Run = trigger.sent
    for match in _OCCASION.finditer(sentence.text):
        run = sentence.char_span(*match.span(), alignment_mode="expand")
        if run is None or trigger.i in range(run.start, run.end):
            continue
        if belongs(run.root, trigger, taking_part) is not None or trigger in run.root.ancestors:
            return match.group()
    return None


def start(scene: Scene, trigger: Token, taking_part: frozenset[int]) -> str | None:
    """The time of day at which an encounter began, as HH:MM, where its words tell one."""
    for time in scene.times_of(trigger.sent):
        clock = _CLOCK.search(time.value) if time.type == "TIME" else None
        head = scene.head_of(time.start, time.end) if clock else None
        if clock and head is not None and belongs(head, trigger, taking_part) is not None:
            return clock.group(1)
    return None


class Dated(NamedTuple):
    """A date, what it rests on, and the place that comes with it."""

    range: Range | None
    basis: str | None
    place: str | None = None


def from_table(
    told: Iterable[Happening],
    *,
    article: Article,
    date: Range | None,
    place: str | None,
    status: MeetingStatus,
) -> Dated | None:
    """The one happening that an encounter's words name, if place and day leave only one."""
    kinds = ("summit", "state_visit", "talks", "call", "convention")
    able = [h for h in dict.fromkeys(told) if h.kind in kinds]
    if date and date.start and date.end:
        able = [h for h in able if h.range.overlaps(date)]
    if place:
        able = [h for h in able if not h.place or _same_name(h.place, place)]
    written = article.published_range
    if not date and written and written.start and written.end:
        if status == "held":
            able = [h for h in able if h.start <= written.end]
        else:
            able = [h for h in able if h.end >= written.start]
    if len(able) != 1:
        return None
    row = able[0]
    days = date.days if date else None
    if days is not None and date and days <= (row.range.days or 1):
        return None  # the words are at least as exact as the table
    return Dated(row.range, f"table of happenings: {row.id}", row.place)


def _same_name(one: str, other: str) -> bool:
    a, b = one.casefold(), other.casefold()
    return a in b or b in a
