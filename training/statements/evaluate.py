r"""Figures for the model card: agreement with the first annotator, with bootstrap intervals over articles.

Definitions: token = `\w+|[^\w\s]`; an attribution matches when contents have Jaccard ≥ 0.5 over tokens and
sources overlap or are both empty (one-to-one, maximum matching); strict = all three roles equal after
trimming to letters and digits; exact spans = trimmed contiguous spans by role, each once an article; passages
that annotators set aside do not count.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.extract.statements import decode
from onrecord.extract.statements.windows import Encode, cut_windows
from onrecord.types import Attribution
from training.statements.data import Article, Spans, Version
from training.statements.tune import TOKEN

DOUBLE, SINGLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb', "'\u2018\u2019`"
Roles = tuple[Spans, Spans, Spans]
Edges = list[list[int]]


class Text:
    """Token indices and trimmed spans of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [m.start() for m in TOKEN.finditer(text)]

    def tokens(self, spans: Spans) -> set[int]:
        """Indices of the tokens that begin within the spans."""
        return {i for i, at in enumerate(self.starts) if any(s <= at < e for s, e in spans)}

    def trimmed(self, spans: Spans) -> tuple[tuple[int, int], ...]:
        """Without white space and punctuation at their ends; merged where nothing else lies between."""
        out: list[tuple[int, int]] = []
        for span in sorted(spans):
            start, end = span
            while start < end and not self.text[start].isalnum():
                start += 1
            while end > start and not self.text[end - 1].isalnum():
                end -= 1
            if start >= end:
                continue
            if out and not any(c.isalnum() for c in self.text[out[-1][1] : start]):
                out[-1] = (out[-1][0], max(out[-1][1], end))
            else:
                out.append((start, end))
        return tuple(out)


def quote_type(text: str, content: Spans) -> str:
    """direct, mixed or indirect, by the quotation marks in and at the ends of the content."""
    low, high = min(content)[0], max(content)[1]
    body = " ".join(text[s:e] for s, e in sorted(content))
    begin, end = text[max(0, low - 1) : low + 1], text[high - 1 : high + 1]
    marked = [any(c in DOUBLE for c in edge) for edge in (begin, end)]
    doubled = body.startswith(("''", "``")) and body.endswith("''")
    if all(marked) or (body[:1] in SINGLE and body[-1:] in SINGLE) or doubled:
        return "direct"
    inner = any(c in DOUBLE for c in body) or "''" in body or "``" in body
    return "mixed" if inner or any(marked) else "indirect"


def matching(edges: Edges, size: int) -> dict[int, int]:
    """Maximum one-to-one matching of gold (rows) with predictions (Kuhn)."""
    owner = [-1] * size

    def place(gold: int, seen: set[int]) -> bool:
        for one in edges[gold]:
            if one not in seen:
                seen.add(one)
                if owner[one] < 0 or place(owner[one], seen):
                    owner[one] = gold
                    return True
        return False

    for gold in range(len(edges)):
        place(gold, set())
    return {gold: one for one, gold in enumerate(owner) if gold >= 0}


def counts(text: str, version: Version, found: Sequence[Attribution]) -> Counter[tuple[str, str]]:
    """(measure, tp | pred | gold) → count, for one article."""
    view = Text(text)
    dropped = view.tokens(version.discard)

    def kept(all_roles: list[Roles]) -> list[tuple[Roles, list[set[int]], tuple[object, ...]]]:
        out = []
        for roles in all_roles:
            sets = [view.tokens(spans) for spans in roles]
            whole = set().union(*sets)
            if sets[2] and len(whole & dropped) * 2 <= len(whole):
                out.append((roles, sets, tuple(view.trimmed(spans) for spans in roles)))
        return out

    gold = kept([g.roles for g in version.attributions])
    made = kept([(list(a.source), list(a.cue), list(a.content)) for a in found])
    tally: Counter[tuple[str, str]] = Counter()

    def add(measure: str, tp: int, pred: int, want: int) -> None:
        for kind, number in (("tp", tp), ("pred", pred), ("gold", want)):
            tally[measure, kind] += number

    for at, role in enumerate(decode.ROLES):
        want = set().union(*(s[at] for _, s, _ in gold)) - dropped if gold else set()
        have = set().union(*(s[at] for _, s, _ in made)) - dropped if made else set()
        add(f"tokens {role}", len(want & have), len(have), len(want))
        add("tokens micro", len(want & have), len(have), len(want))
        spans = [{span for _, _, t in part for span in t[at]} for part in (gold, made)]  # type: ignore[attr-defined]
        add(f"exact {role}", len(spans[0] & spans[1]), len(spans[1]), len(spans[0]))
    loose, strict = edges(gold, made)
    matched, same = matching(loose, len(made)), matching(strict, len(made))
    add("attribution", len(matched), len(made), len(gold))
    add("strict", len(same), len(made), len(gold))
    for at, (roles, _, _) in enumerate(gold):
        kind = quote_type(text, roles[2])
        add(f"recall {kind}", int(at in matched), 0, 1)
    return tally


def edges(gold: list, made: list) -> tuple[Edges, Edges]:  # type: ignore[type-arg]
    """For each gold attribution, which predictions match it, and which equal it."""
    loose: Edges = []
    strict: Edges = []
    for _, want, trimmed in gold:
        strict.append([i for i, (_, _, t) in enumerate(made) if t == trimmed])
        row = []
        for i, (_, have, _) in enumerate(made):
            shared = len(want[2] & have[2])
            sources = want[0] & have[0] or not (want[0] or have[0])
            if shared and shared * 2 >= len(want[2] | have[2]) and sources:
                row.append((-shared / len(want[2] | have[2]), i))
        loose.append([i for _, i in sorted(row)])
    return loose, strict


def f1(tally: Counter[tuple[str, str]], measure: str) -> float:
    """In percent; recall, for measures of recall."""
    tp, pred, gold = (tally[measure, kind] for kind in ("tp", "pred", "gold"))
    if measure.startswith("recall"):
        return 100 * tp / gold if gold else 0.0
    return 200 * tp / (pred + gold) if pred + gold else 0.0


def figures(
    articles: Sequence[Article],
    backend: decode.Backend,
    encode: Encode,
    settings: decode.Settings,
    *,
    draws: int = 1000,
) -> dict[str, object]:
    """Every measure with its 95 % interval, and attribution F1 by publisher."""
    tallies: list[Counter[tuple[str, str]]] = []
    groups: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for article in articles:
        cut = cut_windows(article.text, [(0, len(article.text))], encode)
        found = decode.attributions(cut, article.text, backend, settings)
        tally = counts(article.text, article.versions[0], found)
        tallies.append(tally)
        groups[article.name.split("_", 1)[0]].update(tally)
    whole = total(tallies)
    rng = random.Random(7)
    samples = [total(rng.choices(tallies, k=len(tallies))) for _ in range(draws)]
    table = {}
    for measure in sorted({measure for measure, _ in whole}):
        spread = sorted(f1(sample, measure) for sample in samples)
        low, high = spread[round(0.025 * draws)], spread[round(0.975 * draws) - 1]
        table[measure] = [round(x, 1) for x in (f1(whole, measure), low, high)]
    by = {name: round(f1(group, "attribution"), 1) for name, group in sorted(groups.items())}
    return {"articles": len(articles), "measures": table, "attribution by publisher": by}


def total(tallies: Sequence[Counter[tuple[str, str]]]) -> Counter[tuple[str, str]]:
    """Sum of counts."""
    out: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        out.update(tally)
    return out
