"""The trained tagger as an attributor: readable passages in, attributions out."""

from __future__ import annotations

from onrecord.types import READ_ROLES, Attribution, Parsed, Span


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
    """The attributor called `tagger`: onrecord's own model.

    Raises:
        MissingPart: the weights are not installed or their hash is wrong.
    """

    def __init__(self) -> None:
        from onrecord.extract.statements.tagger import Tagger  # the one door to onnxruntime

        self._tagger = Tagger()

    def attributions(self, parsed: Parsed) -> list[Attribution]:
        """Attributions of one article as the model finds them."""
        found: list[Attribution] = self._tagger.attributions(parsed.article.text, regions(parsed))
        return found
