"""What an encounter was about: issues in its sentences, and in the passage it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.extract.meetings.grouping import Encounter
from onrecord.extract.scene import Scene, is_negated
from onrecord.facts.issues import Taxonomy

if TYPE_CHECKING:
    from spacy.tokens import Span as Run

MIN_HITS = 2
"""Terms that the rest of an article must spend on an issue before it counts for its main encounter."""
MIN_SHARE = 0.04
"""… and its share of all issue terms there."""
MOST = 8
FOLLOW = 8
"""Sentences behind an encounter's last telling in which `they discussed` is still about it."""
EARLY = 4
"""An encounter told once counts for its whole article only within this many first sentences."""

_TOPIC = frozenset(
    {
        "discuss", "raise", "address", "focus", "talk", "cover", "press", "debate", "broach", "mention",
        "tackle", "concern", "include", "dominate", "centre", "center", "stress", "review", "exchange",
        "bring", "touch",
    }
)  # fmt: skip


def agendas(scene: Scene, encounters: Sequence[Encounter], taxonomy: Taxonomy) -> list[tuple[str, ...]]:
    """Issue ids of each encounter, weightiest first.

    An encounter's own sentences count; sentences with a verb of discussion go to the encounter told last
    before them; the encounter told of more than any other stands for the article.
    """
    if not encounters:
        return []
    own: list[Counter[str]] = [Counter() for _ in encounters]
    at = {t.span.start: n for n, e in enumerate(encounters) for t in e.tellings}
    main = _main(scene, encounters)
    rest: Counter[str] = Counter()
    current, last = None, 0
    for number, sentence in enumerate(scene.sentences):
        start = scene.span_of(sentence).start
        found = _on_the_table(sentence, taxonomy)
        if start in at:
            current, last = at[start], number
            own[current] += found
        elif (
            current is not None
            and number - last <= FOLLOW
            and any(t.lemma_ in _TOPIC and t.pos_ == "VERB" for t in sentence)
        ):
            own[current] += found
        if start not in at or at[start] == main:
            rest += found
    if main is not None:
        total = rest.total() or 1
        own[main] += Counter({i: n for i, n in rest.items() if n >= MIN_HITS and n / total >= MIN_SHARE})
    return [tuple(issue for issue, _ in counted.most_common(MOST)) for counted in own]


def _on_the_table(sentence: Run, taxonomy: Taxonomy) -> Counter[str]:
    """Issues that a sentence names, but for those it says were not raised: `did not even mention X`."""
    silent = [
        (t.idx, max(b.idx + len(b) for b in t.subtree))
        for t in sentence
        if t.pos_ == "VERB" and t.lemma_ in _TOPIC and is_negated(t)
    ]
    return Counter(
        hit.issue
        for hit in taxonomy.hits(sentence.text)
        if not any(low <= sentence.start_char + hit.span.start < high for low, high in silent)
    )


def _main(scene: Scene, encounters: Sequence[Encounter]) -> int | None:
    """The encounter an article is about: told of more than any other; the one told first has a start."""
    told = sorted(((len(e.tellings) + 2 * (n == 0), -n) for n, e in enumerate(encounters)), reverse=True)
    if not told or (len(told) > 1 and told[0][0] == told[1][0]):
        return None
    main = encounters[-told[0][1]]
    starts = [scene.span_of(s).start for s in scene.sentences[:EARLY]]
    if len(main.tellings) < 2 and main.tellings[0].span.start not in starts:
        return None
    return -told[0][1]
