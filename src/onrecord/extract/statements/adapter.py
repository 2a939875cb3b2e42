"""The trained tagger as an attributor: readable passages in, attributions out."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.statements.combine import DOUBTFUL, combined
from onrecord.extract.statements.page import Page
from onrecord.extract.statements.polish import polished
from onrecord.extract.statements.rules import RuleAttributor
from onrecord.types import READ_ROLES, Attribution, Mark, Parsed, Span, state_told


def regions(parsed: Parsed) -> list[Span]:
    """Readable passages as characters, neighbours with nothing but white space between them merged."""
    found: list[Span] = []
    for p in parsed.passages:
        if p.role not in READ_ROLES or p.language not in (None, "en"):
            continue
        if found and not parsed.article.text[found[-1].end : p.start].strip():
            found[-1] = Span(found[-1].start, p.end)
        else:
            found.append(Span(p.start, p.end))
    return found


@dataclass(frozen=True)
class Sides:
    """Where an article names states, bodies of states, or people of theirs."""

    told: tuple[tuple[int, str], ...]
    """(character, ISO3 or id of a body) in text order."""

    @classmethod
    def of(cls, parsed: Parsed) -> Sides:
        told = [(p.start, p.country) for p in parsed.places if p.country]
        for mention in parsed.mentions:
            state = state_told(mention)
            if state:
                told.append((mention.start, state.removeprefix("state:")))
            for one in (mention.actor, *mention.members):
                actor = parsed.actors.get(one) if one else None
                if actor and (actor.country or actor.sector in ("IGO", "REB")):
                    told.append((mention.start, actor.country or actor.id))
        return cls(tuple(sorted(set(told))))

    def are_two(self, span: Span) -> bool:
        """Whether a span, with what stands before it in reach of a pronoun, names two sides."""
        near = {side for at, side in self.told if span.start - BACK <= at < span.end}
        return len(near) >= 2


BACK = 2000
"""Characters before a window in which those may be named whom it tells by pronouns and titles."""


class TaggerAttributor:
    """The attributor called `tagger`: onrecord's own model, weighed by the rules and set right by the parse.

    Raises:
        MissingPart: the weights are not installed or their hash is wrong.
    """

    def __init__(self) -> None:
        from onrecord.extract.statements.tagger import Tagger  # the one door to onnxruntime

        self._tagger = Tagger(threshold=DOUBTFUL)
        self._rules = RuleAttributor()
        self._last: tuple[str, tuple[Mark, ...]] | None = None

    def attributions(self, parsed: Parsed) -> list[Attribution]:
        """Attributions of one article in text order."""
        page = Page.of(parsed)
        model, marks = self._tagger.read(parsed.article.text, regions(parsed), Sides.of(parsed).are_two)
        self._last = (parsed.article.id, tuple(marks))
        return polished(page, combined(model, self._rules.found(page)))

    def marks(self, parsed: Parsed) -> tuple[Mark, ...]:
        """Marks of dealings; those of the article read last are kept, since one pass finds both."""
        if self._last is None or self._last[0] != parsed.article.id:
            self.attributions(parsed)
        assert self._last is not None
        return self._last[1]
