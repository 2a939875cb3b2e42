"""How often the right actor stands behind a source ("he", "the senator", "Mr. Kirk") of a statement.

    python -m evals.speakers FOLDER_OF_TEXTS [--gold evals/speakers.jsonl] [--errors] [--report FILE.html]

The gold holds offsets and names only, no text: `{"article", "start", "end", "who", "drawn"}` for source spans
of PolNeAR articles (FOLDER/article.txt, ISO day in the file name), annotated by reading. `who` is a name, or
several joined by `+` for a group of them, alternatives joined by `|`; `~` is somebody unnamed: no named
person and no state may be given. Sources that are no actor (polls, laws, headings) are left out from the
second draw on. `drawn` numbers the random draws of articles, each annotated before any answer for it is seen.
Prints accuracy by the form of the source, and each error with `--errors`; `--report` writes the errors in
their words, by class: names, titles and metonyms as they were read, pronouns, actors where nobody is named.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evals.common import Figures, Others, Tally, rows_of, share, table
from onrecord.annotate import names, syntax
from onrecord.facts.actors import Registry, slug
from onrecord.link import actors
from onrecord.measure import report
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Acquired, Article, Mention, Parsed, Passage, Span

PRONOUNS = frozenset({
    "he", "she", "they", "him", "her", "them", "it", "his", "their", "who", "which", "that", "whose",
    "both",
})  # fmt: skip


GOLD = Path(__file__).with_suffix(".jsonl")
FORMS = {
    "all": ("name", "pronoun", "description", "unnamed"),
    "known": ("name", "pronoun", "description"),
    "name": ("name",), "pronoun": ("pronoun",), "description": ("description",), "unnamed": ("unnamed",),
}  # fmt: skip
KINDS = ("name", "title", "metonym", "pronoun", "description", "unnamed")
OTHERS = Others(columns=("target",), rows={"all": ("≥ 92",), "name": ("≥ 95",)}, note="annotated by reading")


class Judged(NamedTuple):
    """One source, who is meant, and what was found."""

    article: str
    start: int
    form: str
    words: str
    who: str
    mention: Mention | None
    right: bool
    drawn: int = 1
    text: str = ""
    """The whole article."""

    @property
    def kind(self) -> str:
        """The class of an error: the form in which the source was read, where it was read at all."""
        read = self.mention.form if self.mention else ""
        return read if self.form in ("name", "description") and read in ("title", "metonym") else self.form

    def miss(self) -> report.Miss:
        """The source in its words, who is meant, and who was found with the reason."""
        span = ((self.start, self.start + len(self.words), "source"),)
        m = self.mention
        told = f"{m.actor or ' + '.join(m.members) or 'nobody'} [{m.reason}]" if m else "no mention"
        return report.Miss(
            self.kind, self.article, self.text, report.Shown(span, self.who), report.Shown(span, told)
        )

    def line(self) -> str:
        """The source beside what was found for it."""
        m = self.mention
        told = f"{m.text!r} {m.actor} {m.members or ''} [{m.reason}]" if m else None
        return (
            f"{self.article[:34]:34} {self.start:5} {self.form:11} {self.words[:50]!r} = {self.who} <> {told}"
        )


def articles(folder: Path, wanted: list[str]) -> Iterator[Acquired]:
    """Articles as one passage each, dated by their file names."""
    for name in wanted:
        path = folder / f"{name}.txt"
        text = path.read_bytes().decode("utf-8")
        found = re.search(r"\d{4}-\d{2}-\d{2}", name)
        day = date.fromisoformat(found.group()) if found else None
        yield Acquired(
            article=Article(id=name, path=path.name, text=text, published=day, published_basis="given"),
            passages=(Passage(start=0, end=len(text), role="body"),),
        )


def form_of(words: str, who: str) -> str:
    """`pronoun`, `name` where the source holds a word of the name meant, `unnamed`, else `description`."""
    if who.split("|", maxsplit=1)[0] == "~":
        return "unnamed"
    if words.lower().split(maxsplit=1)[0] in PRONOUNS and len(words.split()) < 3:
        return "pronoun"
    called = {w for w in re.findall(r"\w+", who.lower()) if len(w) > 2}
    return "name" if called & set(re.findall(r"\w+", words.lower())) else "description"


def is_right(mention: Mention | None, who: str, parsed: Parsed, registry: Registry) -> bool:
    """Whether the actor given is one of those the gold allows."""
    return any(_fits(mention, one, parsed, registry) for one in who.split("|"))


def _fits(mention: Mention | None, who: str, parsed: Parsed, registry: Registry) -> bool:
    actor = mention.actor if mention else None
    if who == "~":
        return actor is None or parsed.actors[actor].kind == "group" or "somebody" in actor
    if mention is None:
        return False
    if "+" in who:
        wanted = who.split("+")
        given = mention.members
        return len(given) == len(wanted) and all(
            any(_is(g, w, parsed, registry) for g in given) for w in wanted
        )
    return actor is not None and _is(actor, who, parsed, registry)


def _is(actor: str, who: str, parsed: Parsed, registry: Registry) -> bool:
    told = parsed.actors[actor]
    keys = {e.key for e in registry.forms.get(who, ()) if e.use != "short"}
    return actor in keys or slug(who) in (slug(told.name), actor.partition(":")[2])


def judged(folder: Path, gold_path: Path) -> Iterator[Judged]:
    """Each source of the gold with the actor found for it."""
    gold: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(gold_path):
        gold[row["article"]].append(row)
    registry = Registry.load()
    for parsed in syntax.parse(articles(folder, sorted(gold)), LANGUAGE_MODEL):
        resolved = actors.resolve(names.find(parsed, registry), registry)
        for row in gold[parsed.article.id]:
            span, who = Span(row["start"], row["end"]), row["who"]
            mention = resolved.mention_at(span)
            words = parsed.article.text[span.start : span.end]
            right, form = is_right(mention, who, resolved, registry), form_of(words, who)
            drawn, text = row["drawn"], parsed.article.text
            yield Judged(parsed.article.id, span.start, form, words, who, mention, right, drawn, text)


def figures(told: Iterable[Judged]) -> Figures:
    """Share of sources resolved rightly, by form, and of each later draw; a row drawn again is an article."""
    judged, made = list(told), Figures()
    _put(made, judged, FORMS, "")
    for drawn in sorted({one.drawn for one in judged} - {1}):
        _put(made, [one for one in judged if one.drawn == drawn], ("all", "name"), f", draw {drawn}")
    return made


def _put(made: Figures, judged: Iterable[Judged], forms: Iterable[str], suffix: str) -> None:
    names = tuple(forms)
    by_article: dict[str, Tally] = defaultdict(lambda: np.zeros(2 * len(names)))
    for one in judged:
        for at, name in enumerate(names):
            if one.form in FORMS[name]:
                by_article[one.article][2 * at : 2 * at + 2] += [one.right, 1]
    tallies = np.array(list(by_article.values()))
    for at, name in enumerate(names):
        made.put(name + suffix, tallies, share(2 * at, 2 * at + 1))
    counts = ", ".join(f"{name} {int(n)}" for name, n in zip(names, tallies.sum(axis=0)[1::2], strict=True))
    made.notes.append(f"{len(tallies)} articles{suffix}; sources: {counts}")


def measure(data: Path) -> Figures:
    """Speakers on the annotated articles of PolNeAR's train part."""
    return figures(judged(data / "polnear" / "train" / "text", GOLD))


def main() -> None:
    """Prints the scores."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("folder", type=Path)
    options.add_argument("--gold", type=Path, default=GOLD)
    options.add_argument("--errors", action="store_true")
    options.add_argument("--report", type=Path, help="an HTML page of the errors")
    given = options.parse_args()
    told = list(judged(given.folder, given.gold))
    for one in told if given.errors else ():
        if not one.right:
            print(one.line())
    if given.report:
        misses = [one.miss() for one in told if not one.right]
        given.report.write_text(report.page("Speakers", misses, KINDS), encoding="utf-8")
    print(*table(figures(told), OTHERS, {}), sep="\n")


if __name__ == "__main__":
    main()
