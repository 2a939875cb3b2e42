"""How often the right actor stands behind a source ("he", "the senator", "Mr. Kirk") of a statement.

    python -m evals.speakers FOLDER_OF_TEXTS [--gold evals/speakers.jsonl] [--errors]

The gold holds offsets and names only, no text: `{"article", "start", "end", "who"}` for source spans of
PolNeAR articles (FOLDER/article.txt, ISO day in the file name), annotated by reading. `who` is a name, or
several joined by `+` for a group of them, alternatives joined by `|`; `~` is somebody unnamed: no named
person and no state may be given. Prints accuracy by the form of the source, and each error with `--errors`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from onrecord.annotate import names, syntax
from onrecord.facts.actors import Registry, slug
from onrecord.link import actors
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Acquired, Article, Mention, Parsed, Passage, Span

PRONOUNS = frozenset({
    "he", "she", "they", "him", "her", "them", "it", "his", "their", "who", "which", "that", "whose",
    "both",
})  # fmt: skip


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


def main() -> None:
    """Prints the scores."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("folder", type=Path)
    options.add_argument("--gold", type=Path, default=Path(__file__).with_suffix(".jsonl"))
    options.add_argument("--errors", action="store_true")
    given = options.parse_args()
    gold: dict[str, list[dict[str, object]]] = defaultdict(list)
    for line in given.gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["article"]].append(row)
    registry = Registry.load()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for parsed in syntax.parse(articles(given.folder, sorted(gold)), LANGUAGE_MODEL):
        resolved = actors.resolve(names.find(parsed, registry), registry)
        for row in gold[parsed.article.id]:
            start, end, who = int(str(row["start"])), int(str(row["end"])), str(row["who"])
            words = parsed.article.text[start:end]
            mention = resolved.mention_at(Span(start, end))
            form = form_of(words, who)
            ok = is_right(mention, who, resolved, registry)
            total[form] += 1
            right[form] += ok
            if given.errors and not ok:
                told = (
                    f"{mention.text!r} {mention.actor} {mention.members or ''} [{mention.reason}]"
                    if mention
                    else None
                )
                print(f"{parsed.article.id[:34]:34} {start:5} {form:11} {words[:50]!r} = {who} <> {told}")
    for form in [*sorted(total)]:
        print(f"{form:12} {right[form]:4} of {total[form]:4}  {right[form] / total[form]:.3f}")
    named = [f for f in total if f != "unnamed"]
    print(f"{'known':12} {sum(right[f] for f in named):4} of {sum(total[f] for f in named):4}  "
          f"{sum(right[f] for f in named) / sum(total[f] for f in named):.3f}")  # fmt: skip
    print(f"{'all':12} {right.total():4} of {total.total():4}  {right.total() / total.total():.3f}")


if __name__ == "__main__":
    main()
