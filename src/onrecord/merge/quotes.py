"""The same words in several articles: statements whose quoted words repeat each other, drift included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz import fuzz

from onrecord.merge.ground import Ground, key_of
from onrecord.types import Actor, SameQuote, Statement, row_id

MIN_WORDS = 5
"""Shorter words are said again and again by chance."""
SHINGLE = 4
"""Words of a shingle; two quotes are compared only when they share one."""
MIN_LIKENESS = 88.0
"""rapidfuzz's partial ratio of the normalised words, 0 … 100, at which a quote counts as the same."""
MIN_ALIKE = 7
"""Words from which on the very same words of two people of one family name are one quotation."""
MIN_REORDERED = 10
"""Words from which on a quotation in another order of words is still told by them."""
MIN_GIST = 3
"""Stems from which on the very same ones, in order, are one short quotation told twice (`salt is dearer than
gold`, `salt is dearer even than gold`); with one more they may stand inside a longer one."""
MAX_DAYS = 31
"""Days between two articles at most that tell one quotation by its stems alone: what is said again later in
such words may have been said again."""
COMMON = 60
"""A shingle in more different quotes than this is a phrase, not a quote, and opens no block."""

_QUOTED = re.compile(r"[\"“„«]([^\"”“»]+)(?:[\"”»]|$|(?=“))")
"""Words between quotation marks; a content may end before the closing one, or open another one instead."""
_MARKS = str.maketrans("", "", '"“”„«»')
_WORD = re.compile(r"[\w']+")
_SHORT = re.compile(
    r"n't\b|(?<=\w)'(?:re|m|ve|ll|d)\b|(?<=\bit)'s\b|(?<=he)'s\b|(?<=that)'s\b|(?<=there)'s\b"
)
_LONG = {"n't": " not", "'re": " be", "'m": " be", "'s": " be", "'ve": " have", "'ll": " will", "'d": " will"}
_FORMS = {
    **dict.fromkeys(("am", "is", "are", "was", "were", "been", "being"), "be"),
    **dict.fromkeys(("has", "had", "having"), "have"),
    **dict.fromkeys(("shall", "would", "should"), "will"),
    **dict.fromkeys(("no", "never", "nor", "neither", "cannot", "none"), "not"),
    "could": "can", "ca": "can", "wo": "will", "did": "do", "does": "do", "an": "a",
}  # fmt: skip
"""Forms in which one quotation is told by two articles, or translated by them."""
_SLIGHT = frozenset(
    {
        "be", "have", "will", "can", "do", "may", "might", "must", "a", "the", "this", "that", "these",
        "those", "i", "me", "my", "we", "us", "our", "you", "your", "he", "him", "his", "she", "her", "it",
        "its", "they", "them", "their", "there", "here", "who", "which", "what", "and", "but", "or", "so",
        "yet", "as", "than", "of", "to", "in", "on", "at", "for", "from", "with", "by", "into", "even",
        "only", "also", "just", "very", "too", "then", "said", "says", "told", "tell", "tells",
    }
)  # fmt: skip
"""Words that come and go when one quotation is told twice; never a `not`."""
STEM = 5


@dataclass(frozen=True)
class Quote:
    article: str
    statement: str
    speaker: str | None
    family: str
    """The last word of a person's name."""
    words: tuple[str, ...]
    told: str
    """The words as they stand in the article, without quotation marks."""
    day: int | None = None
    """When the article was written, as an ordinal."""
    partly: bool = False
    """Whether only few of the words stand between quotation marks."""

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Words with their auxiliaries in one form, contractions written out."""
        full = _SHORT.sub(lambda m: _LONG[m.group()], " ".join(self.words)).split()
        return tuple(_FORMS.get(w, w).removesuffix("'s") for w in full)

    @cached_property
    def gist(self) -> tuple[str, ...]:
        """Stems of the words that carry it, in order."""
        return tuple(w[:STEM] for w in self.plain if w not in _SLIGHT)

    @property
    def place(self) -> tuple[int, str, str]:
        """Orders quotes, the longest first."""
        return (-len(self.words), self.article, self.statement)


def merge(
    rows: Iterable[tuple[str, Statement]], ground: Ground, common: Container[int] | None = None
) -> tuple[SameQuote, ...]:
    """Statements that repeat another article's words, by group; the group is named by its first statement.

    `common` are the blocks that hold too many different quotes; None: counted among these rows.
    """
    quotes = sorted((q for a, s in rows if (q := quote_of(a, s, ground))), key=lambda q: q.place)
    common = _common(quotes) if common is None else common
    groups: list[list[Quote]] = []
    index: dict[int, list[int]] = {}
    for quote in quotes:
        shingles = [s for s in blocks(quote) if s not in common]
        near = sorted({n for s in shingles for n in index.get(s, ())})
        home = next((n for n in near if likeness(quote, groups[n][0]) >= MIN_LIKENESS), None)
        if home is not None:
            groups[home].append(quote)
            continue
        for shingle in shingles:
            index.setdefault(shingle, []).append(len(groups))
        groups.append([quote])
    return tuple(sorted((s for g in groups for s in _linked(g)), key=lambda s: (s.group, s.statement)))


def _common(quotes: Iterable[Quote]) -> frozenset[int]:
    """Blocks that hold too many different quotes."""
    count = Counter(key for words in {q.words: q for q in quotes}.values() for key in blocks(words))
    return frozenset(key for key, times in count.items() if times > COMMON)


def quote_of(article: str, statement: Statement, ground: Ground) -> Quote | None:
    """The words in quotation marks, or all of them for direct speech and for a few quoted within others."""
    quote = _with_marks(statement.quote)
    inner = " ".join(m.group(1) for m in _QUOTED.finditer(quote)).strip()
    if statement.speech == "direct" and len(_WORD.findall(inner)) < MIN_WORDS:
        inner = quote  # a mark is missing, or stands alone
    if partly := statement.speech == "mixed" and len(_WORD.findall(inner)) < MIN_WORDS:
        inner = quote.removeprefix("that ")  # the ink of the paper "was but water"
    words = _words(inner)
    told = " ".join(inner.translate(_MARKS).split()).strip(" ,")
    if len(words) < MIN_WORDS:
        return None
    actor = ground.actors.get(statement.speaker or "")
    written = ground.written(article)
    day = written.start.toordinal() if written and written.start else None
    of = family(actor) if actor else ""
    return Quote(article, statement.id, statement.speaker, of, words, told, day, partly)


def _with_marks(text: str) -> str:
    """Quotation marks as agencies type them, ``so'' or ''so'', as others print them."""
    opened = "``" in text
    return text.replace("``", "“").replace("''", "”" if opened else '"') if opened or "''" in text else text


def family(actor: Actor) -> str:
    """The last word of a person's name; empty for everybody else."""
    return actor.name.split()[-1].casefold() if actor.kind == "person" and actor.name.split() else ""


def _words(told: str) -> tuple[str, ...]:
    """Words in lower case, without what stands in brackets."""
    return tuple(_WORD.findall(re.sub(r"\[[^\]]*\]", " ", told).replace("’", "'").lower()))


def blocks(quote: Quote) -> list[int]:
    """Keys of a quote's runs of `SHINGLE` words, and of `MIN_GIST` stems."""
    words, gist = quote.plain, quote.gist
    runs = [" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]
    runs += ["gist " + " ".join(gist[i : i + MIN_GIST]) for i in range(len(gist) - MIN_GIST + 1)]
    return [key_of(run) for run in dict.fromkeys(runs)]


def likeness(quote: Quote, longer: Quote) -> float:
    """How like two quotes are, 0 … 100."""
    if (quote.partly or longer.partly) and not (quote.speaker == longer.speaker and quote.speaker):
        return 0.0
    if quote.partly and longer.partly:
        return 0.0  # two accounts in the articles' own words
    if quote.speaker and longer.speaker and quote.speaker != longer.speaker:
        # one name that two articles were read to mean two people: only the very same words are one quotation
        alike = quote.family and quote.family == longer.family and len(quote.words) >= MIN_ALIKE
        return 100.0 if alike and quote.words == longer.words else 0.0
    one, other = " ".join(quote.words), " ".join(longer.words)
    straight = fuzz.partial_ratio(one, other)
    if straight < MIN_LIKENESS and _is_of_one_gist(quote, longer):
        return max(straight, MIN_LIKENESS)
    if straight >= MIN_LIKENESS or len(quote.words) < MIN_REORDERED:
        return straight
    # translated twice: the same words in another order
    return fuzz.token_sort_ratio(one, other)


def _is_of_one_gist(one: Quote, other: Quote) -> bool:
    """One speaker, within a month, the very same stems in order: `we count ships`, `we're counting ships`."""
    if not one.speaker or one.speaker != other.speaker or one.day is None or other.day is None:
        return False
    less, more = sorted((one.gist, other.gist), key=len)
    if len(less) < MIN_GIST or abs(one.day - other.day) > MAX_DAYS:
        return False
    if less == more or len(less) == MIN_GIST:
        return less == more
    return any(more[i : i + len(less)] == less for i in range(len(more) - len(less) + 1))


def drift(words: str, fullest: str) -> str | None:
    """How words differ from others, word for word: `the [-wide-] sea {+is enough+}`; None where they do not.

    Capitals, marks and what is cut off at either end do not count as drift.
    """
    mine, full = words.split(), fullest.split()
    a, b = ([_bare(w) for w in told] for told in (full, mine))
    steps = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    if steps and steps[0][0] == "delete":
        steps = steps[1:]
    if steps and steps[-1][0] == "delete":
        steps = steps[:-1]
    if all(tag == "equal" for tag, *_ in steps):
        return None
    told = []
    for tag, i, j, k, n in steps:
        if tag == "equal":
            told.append(" ".join(full[i:j]))
            continue
        told += [f"[-{' '.join(full[i:j])}-]"] if j > i else []
        told += [f"{{+{' '.join(mine[k:n])}+}}"] if n > k else []
    return " ".join(told)


def _bare(word: str) -> str:
    return word.lower().replace("’", "'").strip(".,;:!?–—-…")


def _linked(group: Sequence[Quote]) -> list[SameQuote]:
    """Members of a group that reaches over two articles."""
    if len({q.article for q in group}) < 2:
        return []
    first = group[0]
    name = row_id("q", "", first.statement)
    return [
        SameQuote(
            statement=q.statement,
            group=name,
            similarity=round(likeness(q, first) / 100 if q != first else 1, 3),
            drift=drift(q.told, first.told) if q != first else None,
        )
        for q in group
    ]
