"""The model and the rules together: what both see is likelier, and the rules add what only they see.

The rules (`rules`) read syntax, the model reads word-pieces; their errors differ. On held-out articles an
attribution of the model that a rule shares is right more often than its confidence says, one that no rule
shares less often.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from onrecord.extract.statements.colon import TURN
from onrecord.extract.statements.signed import SIGNED
from onrecord.types import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

DOUBTFUL = 0.12
"""Confidence from which on the model's finds are laid beside those of the rules."""
LEAST = 0.31
"""Confidence from which on a find is kept. On held-out articles 0.333 brings 0.2 F1 more and finds
0.7 points less of indirect and mixed speech; 0.40 loses 3 points of it."""
SHARED, ALONE = 0.1, 0.03
"""Added where a rule shares the find (times the rule's own confidence), taken off where none does.

Attribution F1 on held-out articles 72.6 → 73.3, tokens of content 90.3 → 90.8 (weights of an earlier run);
0.2 is no better."""
RELIABILITY = (
    (0.0, 0.0), (0.381, 0.383), (0.504, 0.469), (0.621, 0.506), (0.722, 0.716), (0.837, 0.773),
    (0.932, 0.889), (0.963, 0.901), (0.99, 0.903), (1.04, 0.975), (1.069, 0.982), (1.1, 0.99),
)  # fmt: skip
"""(weighed confidence, share that agreed with an annotator), of twelve equal parts of the finds on held-out
articles, made to rise: what is told."""
SURE = 0.9
"""A quotation beside a verb of speech that the model passed over is kept from here on."""
GUESS = 0.2
"""A statement within a statement that the rules hold for less likely is left to lie."""
LAID_OUT = frozenset({SIGNED, TURN})
"""Rules that read the page's layout, which word-pieces in windows do not show."""
NESTED = ", nested"
"""How the rules mark a statement within a statement, in `why`."""


def combined(model: Sequence[Attribution], rules: Sequence[Attribution]) -> list[Attribution]:
    """Attributions of the model weighed by the rules, then those of the rules that nothing contradicts.

    Args:
        model: finds with a confidence of `DOUBTFUL` or more.
        rules: finds of the rules; `why` names the rule.
    """
    printed = [one for one in rules if one.why in LAID_OUT]
    weighed = [(_weighed(one, rules), one) for one in model if not _overruled(one, printed)]
    kept = [msgspec.structs.replace(one, confidence=_told(score)) for score, one in weighed if score >= LEAST]
    cues = [span for one in kept for span in one.cue]
    told = [span for one in kept for span in one.content]
    added = [
        one
        for one in rules
        if not _meet(one.cue, cues)
        and (one in printed or _sure_quotation(one, told) or _within_another(one, kept))
    ]
    return sorted([*kept, *added], key=lambda a: (a.content, a.cue, a.source))


def _overruled(one: Attribution, printed: Iterable[Attribution]) -> bool:
    """The page's layout says who speaks there: what else shares the words is the model's guess.

    A statement whose cue stands within what is said is another matter.
    """
    rivals = (other.content for other in printed if _meet(one.content, other.content))
    return any(not _inside(one.cue, content) for content in rivals)


def _weighed(one: Attribution, rules: Iterable[Attribution]) -> float:
    shared = [r.confidence for r in rules if _meet(r.cue, one.cue) and _meet(r.content, one.content)]
    return one.confidence + (SHARED * max(shared) if shared else -ALONE)


def _told(score: float) -> float:
    """The weighed confidence as the share that was right, to three digits."""
    (low, down), (high, up) = next(
        ((a, b) for a, b in pairwise(RELIABILITY) if score <= b[0]), (RELIABILITY[-1], RELIABILITY[-1])
    )
    return round(down + (up - down) * (score - low) / (high - low) if high > low else up, 3)


def _sure_quotation(one: Attribution, told: Sequence[Span]) -> bool:
    return one.why.startswith("quotation") and one.confidence >= SURE and not _meet(one.content, told)


def _within_another(one: Attribution, kept: Sequence[Attribution]) -> bool:
    """Marked by the rules as nested, and wholly inside what another is said to have said."""
    if not one.why.endswith(NESTED) or not one.source or one.confidence < GUESS:
        return False
    spans = (*one.cue, *one.content, *one.source)
    return any(_inside(spans, other.content) for other in kept)


def _inside(spans: Iterable[Span], content: Sequence[Span]) -> bool:
    return all(any(part.contains(span) for part in content) for span in spans)


def _meet(some: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in some for b in others)
