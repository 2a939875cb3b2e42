"""What stands after a pronoun and tells whom it means, or whom it cannot mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from onrecord.link.cast import Cast
from onrecord.link.coreference import GENDER, Seen
from onrecord.link.scene import SUBJECTS, Scene
from onrecord.types import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

PeopleAt = Callable[["Token"], Sequence[str]]
"""Ids of those whom a name at a token may mean."""


def named_after(
    mention: Mention, before: Sequence[Seen], scene: Scene, cast: Cast, people_at: PeopleAt
) -> str | None:
    """Whom a clause before its main clause speaks of: "Even as *he* accused them, Lind would not …".

    None inside quotations, and where the sentence names somebody before the pronoun.
    """
    token = scene.tokens[scene.index(mention.start)]
    clause, main = token.head, token.head.head
    if token.dep_ not in SUBJECTS or clause.dep_ != "advcl" or not token.i < clause.i < main.i:
        return None
    here = scene.sentence[token.i]
    if scene.quoted(mention.start) is not None or any(one.sentence == here for one in before):
        return None
    subject = next((c for c in main.children if c.dep_ in SUBJECTS and c.i > clause.i), None)
    gender = GENDER[mention.text.lower()]
    called = people_at(subject) if subject is not None else ()
    fitting = [a for a in called if cast.figures[a].gender in ("", gender)]
    return fitting[0] if len(fitting) == 1 else None


def objects_beside(mention: Mention, scene: Scene, people_at: PeopleAt) -> frozenset[str]:
    """Who is the object of the pronoun's own verb, or joined to it, and so not the pronoun.

    "He told *Lind*", "he and *Lind* agreed".
    """
    token = scene.tokens[scene.index(mention.start)]
    joined = [c for c in token.conjuncts if c.i > token.i]
    if token.dep_ not in SUBJECTS:
        return frozenset(a for o in joined for a in people_at(o))
    objects = [c for c in token.head.children if c.dep_ in ("dobj", "dative") and c.i > token.i]
    return frozenset(a for o in (*objects, *joined) for a in people_at(o))
