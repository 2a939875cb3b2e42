"""One person told by whom he deals with or by his state: "her host", "the visitor", "the Polish minister"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.link import titles
from onrecord.link.cast import Cast
from onrecord.link.coreference import GENDER, Seen, ranked
from onrecord.link.scene import SUBJECTS, Scene
from onrecord.link.stage import Stage
from onrecord.link.titles import Link
from onrecord.types import Mention

RELATIONS = frozenset({"colleague", "counterpart", "guest", "host", "visitor", "interlocutor", "homologue"})
"""Nouns for somebody by whom he deals with."""
ANYBODY = RELATIONS | {
    "official", "diplomat", "leader", "envoy", "man", "woman", "politician", "negotiator", "statesman",
    "national", "representative", "delegate", "emissary", "chief", "head",
}  # fmt: skip
"""Nouns that fit whoever deals for a state, whatever his office."""
_PAST = re.compile(r"(?:the )?(?:former|then|ex|late)\b")
_LIKE = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?([A-Za-z]+(?:\s+and\s+[a-z]+)?)")


class Asked(NamedTuple):
    """A description with what is read off it."""

    mention: Mention
    noun: str
    state: str
    """ISO3 of the state told in it, empty where none is."""
    here: int
    """Number of its sentence."""


def is_of_a_thing(mention: Mention, scene: Scene) -> bool:
    """Whether "of" leads from a bare relation to what is no side ("the host of a radio show")."""
    bare = not titles.role_of(mention)[1] and mention.text.lower().startswith("the ")
    return bare and scene.text[mention.end : mention.end + 4] == " of "


def state_told(mention: Mention, before: Sequence[Seen], scene: Scene, cast: Cast) -> str:
    """ISO3 of the state that a description tells, itself or by "its" and "their"; empty where none."""
    _, owner = titles.role_of(mention)
    if owner.startswith("state:"):
        return owner.removeprefix("state:")
    if mention.text.lower().startswith(("its ", "their ")):
        return _owning(mention, before, scene, cast)
    return _said_again(mention, before, scene)


def resolve(
    mention: Mention,
    before: Sequence[Seen],
    order: Sequence[str],
    scene: Scene,
    cast: Cast,
    states: frozenset[str],
    speakers: frozenset[str],
) -> Link:
    """Whom a description means by relation or state.

    `states`: ISO3 of those that the article names; `speakers`: who is named in the sentence behind, and may
    say the description in quotation marks ("My colleague", said …).
    """
    noun, _ = titles.role_of(mention)
    state = state_told(mention, before, scene, cast)
    asked = Asked(mention, noun, state, scene.sentence[scene.index(mention.start)])
    stage = Stage(before, cast)
    possessor = _possessor(mention, before, scene, cast)
    barred = frozenset({possessor} if possessor else ()) | beside(mention, before, scene)
    if mention.text.lower().startswith(("my ", "our ")):
        barred |= speakers
    if noun in RELATIONS:
        return _related(asked, stage, possessor, barred)
    if state:
        return _of_state(asked, stage, barred, scene, order)
    found = _the_one(asked, stage, barred)
    return found if found.actor else _among(asked, states, stage, scene, found)


def _said_again(mention: Mention, before: Sequence[Seen], scene: Scene) -> str:
    """ISO3 of somebody unnamed of whom the same noun was said before: "Peru's minister … The minister"."""
    noun, _ = titles.role_of(mention)
    unnamed = (one for one in reversed(before) if one.gender is not None and len(one.members) == 1)
    found = next((one for one in unnamed if scene.tokens[one.place].lower_ == noun), None)
    return found.members[0].removeprefix("state:") if found is not None else ""


def _owning(mention: Mention, before: Sequence[Seen], scene: Scene, cast: Cast) -> str:
    """ISO3 of the state whose minister "its minister" is: the one told last, a sentence back at most."""
    here = scene.sentence[scene.index(mention.start)]
    near = (one for one in reversed(before) if here - one.sentence <= 1)
    actors = (cast.actors.get(one.actor) for one in near)
    found = next((a for a in actors if a is not None and a.kind in ("state", "government")), None)
    return (found.country or "") if found is not None else ""


def _possessor(mention: Mention, before: Sequence[Seen], scene: Scene, cast: Cast) -> str | None:
    """Whose counterpart or guest is spoken of, where a pronoun tells it."""
    word = mention.text.lower().partition(" ")[0]
    if word not in ("his", "her"):
        return None
    found = ranked(mention, list(before), scene, cast, gender=GENDER[word])
    return found[0] if found else None


def beside(mention: Mention, before: Sequence[Seen], scene: Scene) -> frozenset[str]:
    """The subjects of the description's own clause and of those above it: they are others than it."""
    token, here = scene.head(mention), scene.sentence[scene.index(mention.start)]
    above = {a.i for a in token.ancestors}
    own = token.head.i if token.dep_ in SUBJECTS else -1
    return frozenset(
        one.actor
        for one in before
        if one.actor and one.sentence == here and one.role == "subject"
        and scene.head_at(one.place).i not in above
        and scene.head_at(one.place).head.i in above and scene.head_at(one.place).head.i != own
    )  # fmt: skip


def _related(asked: Asked, stage: Stage, possessor: str | None, barred: frozenset[str]) -> Link:
    """The one across from a possessor, or from whoever the sentence speaks of."""
    people = [a for a in stage.told(asked.here) if a not in barred]
    theirs = {stage.side(a) for a in barred if stage.side(a)}
    if asked.state:
        return (
            _by_side(asked, people, stage, barred)
            or _by_portfolio(asked, possessor, stage)
            or _open(asked, stage)
        )
    foreign = [a for a in people if stage.deals(a) and stage.side(a) not in {"", *theirs}] if theirs else []
    open_ = [a for a in people if stage.deals(a) and stage.side(a) not in theirs]
    is_told_apart = asked.noun != "colleague" and (barred or len(open_) == 1)
    chosen = foreign or (open_ if is_told_apart else [])
    if chosen:
        return Link(chosen[0], f"the {asked.noun}: the other one spoken of")
    later = [a for a in stage.cast.figures if a not in people and a not in barred and stage.deals(a)]
    later = [a for a in later if not theirs or stage.side(a) not in theirs]
    if len(later) == 1:
        return Link(later[0], f"the {asked.noun}: the only other one named, below")
    return Link(None, f"a {asked.noun} who is not told apart")


def _of_state(asked: Asked, stage: Stage, barred: frozenset[str], scene: Scene, order: Sequence[str]) -> Link:
    people = [a for a in stage.told(asked.here) if a not in barred]
    found = _by_side(asked, people, stage, barred)
    if found:
        return found
    past = _PAST.match(asked.mention.text.lower())
    for way in () if past else _offices(asked, scene):
        if held := holder(way, asked.state, stage.cast):
            return held
    return (None if past else _by_portfolio(asked, order[-1] if order else None, stage)) or _open(
        asked, stage
    )


def _offices(asked: Asked, scene: Scene) -> list[str]:
    """Ways to tell the office that a description names: "mines minister" for "the minister of mines", too."""
    after = _LIKE.match(scene.text, asked.mention.end)
    words = asked.mention.text.lower().split()
    ways = [" ".join(words[n:]) for n in range(len(words) - 1)]
    return [w for w in ways if " " in w] + ([f"{after[1].lower()} {asked.noun}"] if after else [])


def _among(asked: Asked, states: frozenset[str], stage: Stage, scene: Scene, none: Link) -> Link:
    """The holder of an office that one alone of the states named in the article has a holder of."""
    if not asked.mention.text.lower().startswith("the ") or _PAST.match(asked.mention.text.lower()):
        return none
    for way in _offices(asked, scene):
        held = [h for s in sorted(states) if (h := holder(way, s, stage.cast))]
        if held:
            return held[0] if len(held) == 1 else none
    return none


def _by_side(asked: Asked, people: Sequence[str], stage: Stage, barred: frozenset[str]) -> Link | None:
    """Somebody of the state told, named before or, where it is the only one, below."""
    named = [a for a in people if a in stage.cast.figures]
    fit = [a for a in named if stage.side(a) == asked.state and _role_fits(asked.noun, a, stage)]
    if fit:
        return Link(fit[0], "the person of that state spoken of")
    later = [a for a in stage.cast.figures if a not in people and a not in barred]
    fit = [a for a in later if stage.side(a) == asked.state and _role_fits(asked.noun, a, stage)]
    if len(fit) == 1 and stage.deals(fit[0]):
        return Link(fit[0], "the only person of that state named, below")
    open_ = [a for a in named if not stage.side(a)]
    if asked.noun in RELATIONS and len(open_) == 1 and all(map(stage.side, barred)):
        return Link(open_[0], "the only one spoken of whose state is not told elsewhere")
    return None


def _role_fits(noun: str, actor: str, stage: Stage) -> bool:
    """Whether what is told of somebody allows the noun of a description."""
    if noun in ANYBODY:
        return stage.deals(actor)
    figure = stage.cast.figures[actor]
    told = {w for role, _ in figure.roles for w in role.replace("-", " ").split()}
    held = {w for t in stage.cast.registry.offices(actor) for w in t.office.replace("-", " ").split()}
    return noun in told | held or (not told and not held)


def _by_portfolio(asked: Asked, whose: str | None, stage: Stage) -> Link | None:
    """Who holds in the state told the office that somebody else holds in his own."""
    cast = stage.cast
    if whose is None or cast.at is None:
        return None
    offices = [t.office for t in cast.registry.offices(whose) if t.range.overlaps(cast.at)]
    offices = [o for o in offices if asked.noun in RELATIONS or asked.noun in o.split()]
    return next((held for o in offices if (held := holder(o, asked.state, cast))), None)


def holder(office: str, state: str, cast: Cast) -> Link | None:
    """The one holder of an office, told by its own words, in a state at the article's date."""
    if cast.at is None:
        return None
    titled = [
        t.office for t in cast.registry.titles.get(office, ()) if not t.countries or state in t.countries
    ]
    for way in (office, *titled):
        terms = titles.holders(way, state, cast.at, cast)
        if len({t.actor for t in terms}) == 1:
            actor = cast.registry.actor(terms[0].actor, cast.at)
            assert actor is not None
            cast.enter(actor, actor.name)
            return Link(actor.id, terms[0].basis)
    return None


def _open(asked: Asked, stage: Stage) -> Link:
    """Nobody, of whom the article tells the state alone."""
    stage.cast.add(stage.cast.registry.state(asked.state))
    return Link(None, f"somebody of state:{asked.state}; no name fits")


def _the_one(asked: Asked, stage: Stage, barred: frozenset[str]) -> Link:
    """The only person told so far, where nothing told of him speaks against the words."""
    word = stage.cast.registry.words.get(asked.noun)
    if word is None or word.sector != "GOV":
        return Link(None, "nobody named before fits the title")
    people = [a for a in stage.told(asked.here) if a in stage.cast.figures]
    if len(people) == 1 and people[0] not in barred and _role_fits(asked.noun, people[0], stage):
        return Link(people[0], "the only person told so far")
    if not people:
        below = [a for a in stage.cast.figures if stage.deals(a) and _role_fits(asked.noun, a, stage)]
        if len(below) == 1:
            return Link(below[0], "the only person of such an office, named below")
    return Link(None, "nobody named before fits the title")
