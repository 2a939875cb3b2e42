"""Merging in part leaves the rows that merging everything gives."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord import building
from onrecord.merge import quotes
from onrecord.record import Filters, Store, export
from onrecord.types import (
    Actor,
    Agreement,
    Article,
    Dispute,
    Event,
    Meeting,
    MergedDispute,
    Passage,
    Position,
    Range,
    Reading,
    Side,
    Span,
    Statement,
    cut,
    day_range,
    row_id,
    text_hash,
)

PEOPLE = [
    ("orlov", "Viktor Orlov", "RUS"), ("sorokin", "Lev Sorokin", "RUS"), ("mercer", "John Mercer", "USA"),
    ("whitlock", "Dana Whitlock", "USA"), ("tanabe", "Hiro Tanabe", "JPN"), ("other", "Vera Orlov", None),
]  # fmt: skip
SAID = [
    "“We agreed on the fishing quota that was drawn up in spring,” he said of Halden and Vardo 2017.",
    "“We had not agreed on the fishing quota that was drawn up in spring,” she said of Halden and Vardo.",
    "He said that “the fishing quota that was drawn up in the spring is agreed on by all of us” in Halden.",
    "“One of the most open rooms in the world stays shut tonight,” the minister told Channel Nord.",
    "“One of the most open rooms in the world stays open tonight,” the minister told Channel Nord.",
    "Norland is ready to sign the border accord, the delegate from Kirkenes told Radio Sorland 1987.",
    "The two met for 136 minutes in Vienna, officials from Ostrava and Halden 31 said.",
    "The two met for 90 minutes in Lisbon, officials from Ostrava and Vardo 52 said.",
]
DAY = date(2017, 3, 1)
NAMES = ("Halden", "Vardo", "Ostrava", "Kirkenes", "Narvik", "Bodo", "Alta", "Tromso", "Hammerfest")


def actor(chance: random.Random, of: tuple[str, str, str | None]) -> Actor:
    """Somebody whose country articles may know otherwise."""
    id_, name, country = of
    if chance.random() < 0.1:
        country = None
    return Actor(id=f"person:{id_}", name=name, kind="person", country=country, sector="GOV")


def reading(name: str, seed: int) -> Reading:
    """An article of a few sentences that many others have, with a row of most kinds on each."""
    chance = random.Random(seed)
    told = chance.sample(SAID, chance.randint(1, 4))
    if chance.random() < 0.5:
        told.append(
            "In " + ", in ".join(chance.sample(NAMES, 5)) + f" they say it is {chance.randint(10, 12)}."
        )
    text = "\n".join(told)
    day = DAY + timedelta(chance.randrange(25))
    of = Article(
        id=row_id("a", name), path=name, text=text, text_sha256=text_hash(text), published=day,
        published_basis="given", published_range=day_range(day),
    )  # fmt: skip
    cast = [actor(chance, p) for p in chance.sample(PEOPLE, chance.randint(2, 5))]
    ids = [a.id for a in cast]
    if chance.random() < 0.3:
        named = chance.choice(["Norland", "the quota"])
        cast.append(Actor(id="state:USA", name=named, kind="state", country="USA", sector="GOV"))
    rows: dict[str, list[Any]] = {
        k: [] for k in ("statements", "events", "meetings", "agreements", "disputes")
    }
    for n, sentence in enumerate(told):
        start = text.index(sentence)
        spans = (Span(start, start + len(sentence)),)
        pair = tuple(chance.sample(ids, 2))
        when = chance.choice(
            [None, day_range(day), Range(DAY, DAY + timedelta(30)), Range(day, day + timedelta(2))]
        )
        said = Statement(
            id=row_id("s", of.id, n), source=(), cue=(), content=spans, quote=cut(text, spans),
            speaker=pair[0], speech=chance.choice(["direct", "mixed"]),
            act=chance.choice(["say", "deny", "promise", "reject"]),
            issues=chance.choice([(), ("fisheries",), ("borders",), ("borders", "fisheries")]),
        )  # fmt: skip
        rows["statements"].append(said)
        rows["events"].append(
            Event(
                id=row_id("e", of.id, n), type=chance.choice(["CONSULT", "AGREE"]), actors=pair[:1],
                date=when, recipients=pair[1:], status=chance.choice(["happened", "planned"]), evidence=spans,
                trigger=(Span(start, start + 6),), trigger_text=text[start : start + 6],
                text=cut(text, spans), place=chance.choice([None, "Vienna"]),
            )
        )  # fmt: skip
        rows["meetings"].append(
            Meeting(
                id=row_id("m", of.id, n), participants=pair, date=when, evidence=spans, text=cut(text, spans),
                place=chance.choice([None, "Vienna", "Lisbon"]), minutes=chance.choice([None, 90, 136]),
                status=chance.choice(["held", "held", "prospective", "denied"]),
                on_word_of=chance.choice([None, said.id]),
            )
        )  # fmt: skip
        rows["agreements"].append(
            Agreement(
                id=row_id("g", of.id, n), parties=pair, made_on=when, evidence=spans, text=cut(text, spans),
                subject=chance.choice(
                    ["fishing quota", "the quota of fish", "border accord", "truce", "truce of 30 ships",
                     "truce of 90 ships"]
                ),
                effective=chance.choice([None, None, day_range(day)]),
                on_word_of=chance.choice([None, said.id]),
            )
        )  # fmt: skip
        rows["disputes"].append(
            Dispute(
                id=row_id("d", of.id, n), about="length", kind="reported_as_differing",
                about_row=chance.choice([None, rows["meetings"][-1].id]),
                sides=tuple(Side(actor=a, told="so", statement=said.id, evidence=spans) for a in pair),
            )
        )  # fmt: skip
    return Reading(
        article=of,
        passages=(Passage(start=0, end=len(text), role="body"),),
        actors=tuple(sorted(cast, key=lambda a: a.id)),
        **{k: tuple(v) for k, v in rows.items()},
    )


def exported(store: Store, place: Path) -> dict[str, bytes]:
    found = {p.name: p.read_bytes() for p in export(store, "jsonl", place, full_text=True)}
    possible = (d for _, d in store.rows(MergedDispute, Filters(possible=True)))
    groups = sorted(map(repr, (*store.copies(), *store.same_quotes(), *possible)))
    return found | {"groups": "\n".join(groups).encode()}


def whole(readings: dict[str, Reading], place: Path) -> dict[str, bytes]:
    """A record of these readings, merged at once."""
    with Store.open(place / "whole.db", write=True) as store:
        store.write(*readings.values())
        building.bring_in_line(store)
        return exported(store, place / "whole")


STEP = st.tuples(st.sampled_from(["put", "put", "put", "out"]), st.integers(0, 11), st.integers(0, 40))


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=2, max_size=4),
    common=st.sampled_from([1, 3, 60]),
)
def test_merging_again_gives_what_merging_everything_gives(
    steps: list[list[tuple[str, int, int]]],
    common: int,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(building, "MOST_AGAIN", float("inf"))
    monkeypatch.setattr(quotes, "COMMON", common)
    place = tmp_path_factory.mktemp("again")
    held: dict[str, Reading] = {}
    with Store.open(place / "r.db", write=True) as store:
        building.bring_in_line(store)
        for n, changes in enumerate(steps):
            for what, name, seed in changes:
                one = reading(f"{name}.txt", seed)
                if what == "put":
                    held[one.article.id] = one
                    store.write(one)
                else:
                    held.pop(one.article.id, None)
                    store.remove([one.article.id])
            building.bring_in_line(store)
            assert store.connection.execute("SELECT count(*) FROM unmerged").fetchone() == (0,)
            (place / str(n)).mkdir()
            assert exported(store, place / str(n) / "again") == whole(held, place / str(n))


def test_only_what_came_is_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "MOST_AGAIN", 0.25)
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(*(reading(f"{n}.txt", n) for n in range(20)))
        building.bring_in_line(store)
        monkeypatch.setattr(building, "merge", None)
        store.write(reading("new.txt", 77))
        building.bring_in_line(store)
    with Store.open(tmp_path / "r.db") as store:
        assert store.merging.waiting() == []


def test_a_state_that_comes_is_a_subject_in_the_words_of_its_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "MOST_AGAIN", float("inf"))
    bare: dict[str, Any] = dict.fromkeys(("events", "meetings", "agreements", "disputes"), ())
    one = next(r for n in range(50) if (r := reading("1.txt", n)).statements[0].quote == SAID[5])
    said = replace(one.statements[0], speaker="person:mercer", act="say", issues=("borders",))
    mercer = Actor(id="person:mercer", name="John Mercer", kind="person", country="USA", sector="GOV")
    first = replace(one, actors=(mercer,), statements=(said,), **bare)
    state = Actor(id="state:USA", name="Norland", kind="state", country="USA", sector="GOV")
    second = replace(reading("2.txt", 1), actors=(state,), statements=(), **bare)
    with Store.open(tmp_path / "r.db", write=True) as store:
        for told, stances in ((first, []), (second, ["offers"])):
            store.write(told)
            building.bring_in_line(store)
            assert [p.stance for _, p in store.rows(Position)] == stances
        store.remove([second.article.id])
        building.bring_in_line(store)
        assert list(store.rows(Position)) == []
