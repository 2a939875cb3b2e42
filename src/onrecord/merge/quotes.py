"""The same words in several articles: statements whose quoted words repeat each other, drift included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz

from onrecord.merge import retold
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
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w'’]+")
_WORD = re.compile(r"[\w']+")
_SHE = frozenset({"he", "she", "they", "it", "his", "her", "their", "who"})
_SAYING = re.compile(
    r"\b(?:remark|phrase|words?|line|sentence|saying|quip|joke|comment|simile|image|metaphor|statement|pledge"
    r"|promise|boast|claim|vow|warning|complaint|assertion|dictum|formula|expression)s?\b"
)
"""Names of what was said: a statement about somebody else's."""
_TURN = "turn of a transcript"
"""In a statement's `why`: words that need no quotation marks."""
FEW = 10
"""Quoted words up to which those around them may be the speaker's too: `that a wall has a gate,
"and a guard"`."""
RETOLD = 4
"""Stems that two wordings of one speaker's must share, in order, to be one quotation in other words.

All but one of them must be no name and no word that everybody uses."""
ALIKE_SHARE = 0.7
"""As much of the gists of two quotes must agree whose letters do."""
RETOLD_OPEN = 5
"""As many where the speaker of one of them is not sure, or more than a month lies between."""
RETOLD_SHARE = 0.6
"""Of the stems from the first to the last in common; as much of the shorter wording must be shared."""


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

    open: bool = False
    """Whether somebody else may have spoken: told by a pronoun, unnamed, or as another's words."""
    relays: bool = False
    """Whether it tells of another's words: `the minister's remark that …`."""
    around: tuple[str, ...] = ()
    """All words of a statement that quotes only some of them, where those are few."""

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Words with their auxiliaries in one form, contractions written out."""
        return retold.plain(self.words)

    @cached_property
    def gist(self) -> tuple[str, ...]:
        """Stems of the words that carry it, in order."""
        return retold.gist(self.plain)

    @cached_property
    def wide(self) -> tuple[str, ...]:
        """As `gist`, of the words around as well."""
        return retold.gist(retold.plain(self.around)) if self.around else self.gist

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of words with a capital in the middle of a sentence."""
        return frozenset(retold.gist(retold.plain(_words(" ".join(_NAME.findall(self.told))))))

    @property
    def cut(self) -> bool:
        """Whether it begins in the middle of a sentence."""
        return not self.told[:1].isupper()

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
    index: dict[int, list[tuple[int, Quote]]] = {}
    for quote in quotes:
        shingles = [s for s in blocks(quote) if s not in common]
        # only with those that share a block, as where a record is merged again: not with all of their group
        near = {other.statement: (n, other) for s in shingles for n, other in index.get(s, ())}
        alike = [(likeness(quote, other), -n) for n, other in near.values()]
        best, home = max(alike, default=(0.0, 0))
        if best < MIN_LIKENESS:
            home = -len(groups)
            groups.append([])
        groups[-home].append(quote)
        for shingle in shingles:
            index.setdefault(shingle, []).append((-home, quote))
    return tuple(sorted((s for g in groups for s in _linked(g)), key=lambda s: (s.group, s.statement)))


def _common(quotes: Iterable[Quote]) -> frozenset[int]:
    """Blocks that hold too many different quotes."""
    count = Counter(key for _, key in {(q.words, key) for q in quotes for key in blocks(q)})
    return frozenset(key for key, times in count.items() if times > COMMON)


def quote_of(article: str, statement: Statement, ground: Ground) -> Quote | None:
    """The words in quotation marks, or all of them for direct speech and for a few quoted within others."""
    quote = _with_marks(statement.quote)
    inner = " ".join(m.group(1) for m in _QUOTED.finditer(quote)).strip()
    marked = len(_WORD.findall(inner))
    if marked < MIN_WORDS and (statement.speech == "direct" or statement.why == _TURN):
        inner = quote  # a mark is missing, or stands alone; transcripts have none
    mixed = statement.speech == "mixed"
    if partly := mixed and marked < MIN_WORDS:
        inner = quote.removeprefix("that ")  # the ink of the paper "was but water"
    words = _words(inner)
    told = " ".join(inner.translate(_MARKS).split()).strip(" ,")
    if len(words) < MIN_WORDS:
        return None
    actor = ground.actors.get(statement.speaker or "")
    written = ground.written(article)
    day = written.start.toordinal() if written and written.start else None
    return Quote(
        article,
        statement.id,
        statement.speaker,
        family(actor) if actor else "",
        words,
        told,
        day,
        partly,
        open=(relays := mixed and _relays(quote)) or _is_open(statement, actor),
        relays=relays,
        around=_words(quote) if mixed and not partly and marked < FEW else (),
    )


def _is_open(statement: Statement, actor: Actor | None) -> bool:
    """Whether somebody else than its speaker may have spoken: a pronoun, a state or nobody stands for him."""
    return actor is None or actor.kind != "person" or statement.source_text.lower() in _SHE


def _relays(quote: str) -> bool:
    """Whether what stands around the quoted words names them as words, so another's."""
    return bool(_SAYING.search(_QUOTED.sub(" ", quote)))


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
    """Keys of a quote's runs of `SHINGLE` words, and of the stems that carry it and stand side by side."""
    words = quote.plain
    runs = [" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]
    for gist in dict.fromkeys((quote.gist, quote.wide)):
        runs += ["gist " + " ".join(sorted(pair)) for pair in pairwise(retold.weighty(gist))]
    return [key_of(run) for run in dict.fromkeys(runs)]


def likeness(quote: Quote, longer: Quote) -> float:
    """How like two quotes are, 0 … 100; 0 where one says yes and the other no."""
    straight, told = _straight(quote, longer), _retold(quote, longer)
    if max(straight, told) >= MIN_LIKENESS and _are_opposed(quote, longer):
        return 0.0
    return max(straight, told)


def _are_opposed(one: Quote, other: Quote) -> bool:
    """One says yes and the other no; in another order of words only the count of each `not` tells."""
    if len(one.words) >= MIN_REORDERED and sorted(one.gist) == sorted(other.gist):
        return False
    return retold.is_opposite(one.plain, other.plain, cut=one.cut or other.cut)


def _retold(one: Quote, other: Quote) -> float:
    """The likeness of words told otherwise: `MIN_LIKENESS` where enough of them are the same, in order."""
    if one.partly or other.partly:
        return 0.0  # accounts in the articles' own words
    same = one.speaker == other.speaker and one.speaker is not None
    if not (same or one.open or other.open):
        return 0.0
    pairs = {(one.gist, other.gist)}
    if same or one.relays or other.relays:
        pairs |= {(one.wide, other.gist), (one.gist, other.wide)}
    if any(retold.is_reordered(*pair, least=RETOLD) for pair in pairs):
        return MIN_LIKENESS
    near = one.day is not None and other.day is not None and abs(one.day - other.day) <= MAX_DAYS
    needed = RETOLD if same and near else RETOLD_OPEN
    names = one.names | other.names
    for found in (retold.match(*pair) for pair in pairs):
        held = len(retold.weighty(found.stems)) - len(names & set(found.stems))
        if (
            min(found.share, found.cover) >= RETOLD_SHARE
            and len(found.stems) >= needed
            and held >= RETOLD - 1
        ):
            return MIN_LIKENESS
        # all of a short one whose speaker nobody names
        unnamed = near and None in (one.speaker, other.speaker) and held >= RETOLD
        if unnamed and found.cover == 1 and found.share >= retold.REORDERED:
            return MIN_LIKENESS
    return 0.0


def _straight(quote: Quote, longer: Quote) -> float:
    """The likeness of the very words."""
    if (quote.partly or longer.partly) and not (quote.speaker == longer.speaker and quote.speaker):
        return 0.0
    if quote.partly and longer.partly:
        return 0.0
    if quote.speaker and longer.speaker and quote.speaker != longer.speaker:
        # one name that two articles were read to mean two people: only the very same words are one quotation
        alike = quote.family and quote.family == longer.family and len(quote.words) >= MIN_ALIKE
        return 100.0 if alike and quote.words == longer.words else 0.0
    one, other = " ".join(quote.words), " ".join(longer.words)
    straight = fuzz.partial_ratio(one, other)
    if straight < MIN_LIKENESS and _is_of_one_gist(quote, longer):
        return max(straight, MIN_LIKENESS)
    if straight >= MIN_LIKENESS:
        return straight if _is_of_alike_gist(quote, longer) else 0.0
    if len(quote.words) < MIN_REORDERED:
        return straight
    # translated twice: the same words in another order
    return fuzz.token_sort_ratio(one, other)


def _is_of_alike_gist(one: Quote, other: Quote) -> bool:
    """Few words apart, not the one that counts: `we shall (keep, close) the consulate`."""
    found = retold.match(one.gist, other.gist)
    return min(len(one.gist), len(other.gist)) < MIN_GIST or found.share >= ALIKE_SHARE


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
