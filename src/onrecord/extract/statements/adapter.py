"""The trained tagger as an attributor: readable passages in, attributions out."""

from __future__ import annotations

from onrecord.extract.statements.combine import DOUBTFUL, combined
from onrecord.extract.statements.page import Page
from onrecord.extract.statements.polish import polished
from onrecord.extract.statements.rules import RuleAttributor
from onrecord.types import READ_ROLES, Attribution, Mark, Parsed, Span


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
        model, marks = self._tagger.read(parsed.article.text, regions(parsed))
        self._last = (parsed.article.id, tuple(marks))
        return polished(page, combined(model, self._rules.found(page)))

    def marks(self, parsed: Parsed) -> tuple[Mark, ...]:
        """Marks of dealings; those of the article read last are kept, since one pass finds both."""
        if self._last is None or self._last[0] != parsed.article.id:
            self.attributions(parsed)
        assert self._last is not None
        return self._last[1]
