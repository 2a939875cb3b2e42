"""What an encounter was about: issues in its sentences, and in the passage it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.extract.meetings.grouping import Encounter
from onrecord.extract.scene import Scene
from onrecord.facts.issues import Taxonomy

MIN_HITS = 2
"""Terms that the rest of an article must spend on an issue before it counts for its main encounter."""
MIN_SHARE = 0.04
"""… and its share of all issue terms there."""
MOST = 8

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
    main = _main(encounters)
    rest: Counter[str] = Counter()
    current: int | None = None
    for sentence in scene.sentences:
        start = scene.span_of(sentence).start
        found = Counter(hit.issue for hit in taxonomy.hits(sentence.text))
        if start in at:
            current = at[start]
            own[current] += found
        elif current is not None and any(t.lemma_ in _TOPIC and t.pos_ == "VERB" for t in sentence):
            own[current] += found
        if start not in at or at[start] == main:
            rest += found
    if main is not None:
        total = rest.total() or 1
        own[main] += Counter({i: n for i, n in rest.items() if n >= MIN_HITS and n / total >= MIN_SHARE})
    return [tuple(issue for issue, _ in counted.most_common(MOST)) for counted in own]


def _main(encounters: Sequence[Encounter]) -> int | None:
    """The encounter an article is about: told of more than any other; the one told first has a start."""
    told = sorted(((len(e.tellings) + 2 * (n == 0), -n) for n, e in enumerate(encounters)), reverse=True)
    if not told or (len(told) > 1 and told[0][0] == told[1][0]):
        return None
    return -told[0][1]
