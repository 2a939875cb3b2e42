"""How often those who take part in a dealing are resolved, however they are told ("both men", "her host").

    python -m evals.participants [--errors] [--gold FILE.txt --clusters FILE.toml]

The gold, `participants.txt`, names by hand whom some 330 phrases of `relationship/open5.toml` mean; its head
tells the form. A phrase is right where a mention at its head (`mentions`), or `Scene.named` of that head
(`named`), gives exactly those people; where the gold tells a state, an actor of that state is right.
`countries` is the share of persons rightly named in a phrase who have the country that the gold tells.
"""

from __future__ import annotations

import argparse
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evals.common import Figures, share
from onrecord.annotate import names, syntax, times
from onrecord.extract.scene import Scene
from onrecord.facts.actors import Registry
from onrecord.link import actors
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Acquired, Actor, Article, Parsed, Passage

GOLD = Path(__file__).with_suffix(".txt")
CLUSTERS = Path(__file__).parent / "relationship" / "open5.toml"
FORMS = ("all", "one", "several", "name", "pronoun", "description")
_PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "neither", "both"})


class Phrase(NamedTuple):
    """One line of the gold."""

    cluster: str
    article: str
    context: str
    """The words around the phrase, which stands in square brackets."""
    who: str

    @property
    def words(self) -> str:
        return self.context.partition("[")[2].partition("]")[0]

    @property
    def form(self) -> str:
        """`pronoun`, `name` where the phrase holds a name meant, else `description`."""
        if self.words.lower() in _PRONOUNS:
            return "pronoun"
        meant = re.split(r"[+/]", self.who)
        names_told = [w for w in meant if not w.isupper()]
        return "name" if any(plain(w) in plain(self.words) for w in names_told) else "description"


class Judged(NamedTuple):
    """A phrase with what was found for it."""

    phrase: Phrase
    mentioned: tuple[Actor, ...]
    named: tuple[Actor, ...]
    reason: str
    right: bool
    right_named: bool
    countries: tuple[bool, ...]
    """For each person rightly named, whether his country is the one the gold tells."""

    def line(self) -> str:
        p = self.phrase
        told = ", ".join(f"{a.id}@{a.country}" for a in self.mentioned) or "nobody"
        named = ", ".join(a.id for a in self.named) or "nobody"
        also = "" if self.mentioned == self.named else f"; named: {named}"
        return (
            f"{p.cluster[:14]:14} {p.article[:10]:10} {p.context} = {p.who} <> {told} [{self.reason}]{also}"
        )


def plain(words: str) -> str:
    """Words in small letters without accents, as names of one person are compared."""
    folded = unicodedata.normalize("NFKD", words.replace("ı", "i"))
    return "".join(c for c in folded if not unicodedata.combining(c)).lower()


def load(path: Path = GOLD) -> tuple[list[Phrase], dict[str, str]]:
    """The phrases, and the state (ISO3) of each family name."""
    cluster, phrases, states = "", [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(":"):
            states |= {plain(n): s for n, s in (p.split() for p in line[1:].split(","))}
        elif line.startswith("##"):
            cluster = line[2:].strip()
        elif line.strip() and not line.startswith("#"):
            article, context, who = (part.strip() for part in line.rsplit("|", 2))
            phrases.append(Phrase(cluster, article, context, who))
    return phrases, states


def articles(clusters: Iterable[dict[str, Any]]) -> Iterator[Acquired]:
    """Each article of the clusters as one passage, named `cluster/article`, with its day."""
    for cluster in clusters:
        for told in cluster["article"]:
            text = told["text"].strip()
            yield Acquired(
                article=Article(
                    id=f"{cluster['name']}/{told['id']}",
                    path=told["id"],
                    text=text,
                    published=date.fromisoformat(told["date"]),
                    published_basis="given",
                ),
                passages=(Passage(start=0, end=len(text), role="body"),),
            )


def is_right(found: Iterable[Actor], who: str) -> bool:
    """Whether some actors are exactly those of one of the gold's ways to tell them."""
    told = list({a.id: a for a in found}.values())
    return any(_matches(told, way.split("+")) for way in who.split("/"))


def _matches(told: list[Actor], wanted: list[str]) -> bool:
    if not wanted:
        return not told
    return len(told) == len(wanted) and any(
        _is(one, wanted[0]) and _matches([o for o in told if o is not one], wanted[1:]) for one in told
    )


def _is(actor: Actor, who: str) -> bool:
    if who.isupper():
        return actor.country == who
    return plain(who) in re.split(r"[\s-]+", plain(actor.name)) or plain(actor.name).endswith(plain(who))


def judged(gold: Path, clusters: Path) -> Iterator[Judged]:
    """Each phrase of the gold, with the actors found for it."""
    phrases, states = load(gold)
    told = tomllib.loads(clusters.read_text(encoding="utf-8"))["cluster"]
    registry = Registry.load((clusters.with_suffix(".csv"),))
    for parsed in syntax.parse(articles(told), LANGUAGE_MODEL):
        wanted = [p for p in phrases if f"{p.cluster}/{p.article}" == parsed.article.id]
        if wanted:
            resolved = actors.resolve(names.find(times.recognise(parsed), registry), registry)
            for phrase in wanted:
                yield judge(phrase, resolved, states)


def judge(phrase: Phrase, parsed: Parsed, states: dict[str, str]) -> Judged:
    """What the article's mentions and `Scene.named` give for a phrase.

    Raises:
        ValueError: the article does not hold the words.
    """
    before, _, rest = phrase.context.partition("[")
    at = parsed.article.text.find(before + rest.replace("]", "", 1))
    if at < 0:
        raise ValueError(f"{parsed.article.id} has no {phrase.context!r}")
    start = at + len(before)
    scene = Scene(parsed)
    head = scene.head_of(start, start + len(phrase.words))
    assert head is not None
    whole = [scene.mention_of.get(t.i) for t in scene.phrase(head)]
    if not any(whole):
        whole = [scene.mention_of.get(t.i) for t in scene.tokens_in(start, start + len(phrase.words))]
    mentions = [m for m in whole if m is not None and start - 4 <= m.start < start + len(phrase.words) + 1]
    first = scene.mention_of.get(head.i)
    near = first or (mentions[0] if mentions else None)
    # A list of names is as many mentions; an apposition tells one person twice.
    told = mentions or ([near] if near else [])
    ids = dict.fromkeys(i for m in told for i in scene.ids(m) or scene.state_of(m))
    by_mention = tuple(parsed.actors[i] for i in ids)
    inside = scene.token_at(near.end - 1) if near is not None and first is None else head
    beside = {i for t in scene.phrase(inside) if t.idx >= start + len(phrase.words) for i in scene.named(t)}
    asked = [i for i in scene.named(inside) if i not in beside or i in ids]
    by_name = tuple(a for i in asked if (a := parsed.actors.get(i)))
    right, right_named = is_right(by_mention, phrase.who), is_right(by_name, phrase.who)
    people = [a for a in by_name if a.kind == "person"] if right_named else []
    known = [s for a in people if (s := _state(a, phrase.who, states))]
    pairs = zip((a for a in people if _state(a, phrase.who, states)), known, strict=True)
    return Judged(
        phrase, by_mention, by_name, near.reason if near else "no mention",
        right, right_named, tuple(a.country == s for a, s in pairs),
    )  # fmt: skip


def _state(actor: Actor, who: str, states: dict[str, str]) -> str | None:
    named = (w for w in re.split(r"[+/]", who) if not w.isupper() and _is(actor, w))
    return next((states[plain(w)] for w in named if plain(w) in states), None)


def figures(told: Iterable[Judged]) -> Figures:
    """Shares right by mention and by `named`, by form of the phrase, and of countries."""
    made, every = Figures(), list(told)
    for form in FORMS:
        chosen = [j for j in every if form in _forms(j.phrase)]
        made.put(f"mentions, {form}", np.array([(j.right, 1) for j in chosen], float), share(0, 1))
        made.put(f"named, {form}", np.array([(j.right_named, 1) for j in chosen], float), share(0, 1))
    counted = np.array([(sum(j.countries), len(j.countries)) for j in every if j.countries], float)
    made.put("countries", counted, share(0, 1))
    counts = ", ".join(f"{f} {sum(f in _forms(j.phrase) for j in every)}" for f in FORMS)
    made.notes.append(f"phrases: {counts}; persons with a country to tell: {int(counted[:, 1].sum())}")
    return made


def _forms(phrase: Phrase) -> tuple[str, ...]:
    return "all", "several" if "+" in phrase.who else "one", phrase.form


def measure(_: Path) -> Figures:
    """The phrases of the gold beside this file; nothing of the data folder is read."""
    return figures(judged(GOLD, CLUSTERS))


def main() -> None:
    """Prints the shares, and each error with `--errors`."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--errors", action="store_true")
    options.add_argument("--gold", type=Path, default=GOLD)
    options.add_argument("--clusters", type=Path, default=CLUSTERS)
    given = options.parse_args()
    told = list(judged(given.gold, given.clusters))
    for one in told if given.errors else ():
        if not (one.right and one.right_named and all(one.countries)):
            print(one.line())
    made = figures(told)
    for form in FORMS:
        print(f"{form:12} mentions {made[f'mentions, {form}']:5.1f}   named {made[f'named, {form}']:5.1f}")
    print(f"countries    {made['countries']:5.1f}")
    print(*made.notes, sep="\n")


if __name__ == "__main__":
    main()
