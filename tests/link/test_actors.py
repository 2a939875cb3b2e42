"""Resolution, on sentences written for it: each line of cases/actors.txt is a claim."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from onrecord.annotate import names, syntax
from onrecord.facts.actors import Registry
from onrecord.link import actors
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Acquired, Article, Mention, Parsed, Passage, Span

CASES = [
    line
    for line in (Path(__file__).parent / "cases" / "actors.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def resolved(text: str, day: date | None = None, registry: Registry | None = None) -> Parsed:
    registry = registry or Registry.load()
    article = Article(id="a", path="a.txt", text=text, published=day)
    acquired = Acquired(article=article, passages=(Passage(start=0, end=len(text), role="body"),))
    (parsed,) = syntax.parse([acquired], LANGUAGE_MODEL)
    return actors.resolve(names.find(parsed, registry), registry)


def mention_of(parsed: Parsed, words: str) -> Mention | None:
    """The mention that begins with some words; `words#2` is their second occurrence."""
    words, _, nth = words.partition("#")
    starts = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", parsed.article.text)]
    at = starts[int(nth or 1) - 1]
    return next((m for m in parsed.mentions if m.start <= at and at + len(words) <= m.end), None)


@pytest.mark.parametrize("case", CASES)
def test_mentions_are_resolved_to_the_right_actor(case: str) -> None:
    day, text, claims = (part.strip() for part in case.split(" | "))
    parsed = resolved(text.replace(" ¶ ", "\n\n"), date.fromisoformat(day))
    for claim in claims.split(" ; "):
        words, _, wanted = (part.strip() for part in claim.partition("=>"))
        mention = mention_of(parsed, words)
        if wanted == "none":
            assert mention is None
            continue
        assert mention is not None, f"no mention at {words!r}"
        given = "+".join(mention.members) or mention.actor or "-"
        assert given == wanted, f"{words!r}: {mention.reason}"


def test_a_users_table_replaces_the_holder_of_its_days_only(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,aliases,office,country,from,to\nOlga Invented,,foreign minister,RUS,2017-01-01,2017-12-31\n",
        encoding="utf-8",
    )
    registry = Registry.load((table,))
    text = "The Russian foreign minister arrived."
    assert resolved(text, date(2017, 6, 1), registry).mentions[0].actor == "person:olga-invented"
    assert resolved(text, date(2018, 6, 1), registry).mentions[0].actor == "person:sergey-lavrov"


def test_an_undated_article_guesses_no_office_holder() -> None:
    mention = resolved("The Russian foreign minister arrived.").mentions[0]
    assert mention.actor is None
    assert mention.reason


def test_a_range_with_two_holders_is_left_open() -> None:
    parsed = resolved("The French president spoke.", date(2017, 5, 14))
    assert parsed.mentions[0].actor == "person:emmanuel-macron"


def test_every_mention_has_an_actor_members_or_a_reason() -> None:
    text = "The senator and his wife met officials in Rome. They said it was cold, and Ms. Sample agreed."
    for mention in resolved(text, date(2010, 1, 1)).mentions:
        assert mention.actor or mention.members or mention.reason


def test_every_actor_named_by_a_mention_is_described() -> None:
    parsed = resolved("U.S. officials met Angela Merkel and the Polish president.", date(2016, 1, 1))
    assert {m.actor for m in parsed.mentions if m.actor} <= set(parsed.actors)
    assert parsed.actors["person:angela-merkel"].country == "DEU"
    assert parsed.actors["person:angela-merkel"].role == "chancellor of Germany"
    assert parsed.actors["group:USA-officials"].country == "USA"


@pytest.mark.parametrize(
    "governments", ["The Hungarian government and the Kremlin", "Belgrade and the Élysée"]
)
def test_two_countries_are_described_where_only_their_governments_are_named(governments: str) -> None:
    parsed = resolved(f"{governments} met on Friday. The two countries agreed on a loan.", date(2016, 3, 1))
    told = mention_of(parsed, "The two countries")
    assert told is not None and len(told.members) == 2
    assert set(told.members) <= set(parsed.actors)


def test_a_source_is_about_the_mention_at_its_head() -> None:
    text = (
        'A spokesman for Angela Merkel said so. "No," said Polish Foreign Minister Jan Sample, who came late.'
    )
    parsed = resolved(text, date(2016, 1, 1))
    spokesman = parsed.mention_at(Span(0, text.index(" said so")))
    minister = parsed.mention_at(Span(text.index("Polish"), text.index(", who")))
    assert spokesman is not None
    assert spokesman.form == "group"
    assert minister is not None
    assert minister.text == "Jan Sample"


def test_two_named_together_are_both_the_source() -> None:
    text = "Angela Merkel and Emmanuel Macron said they would meet."
    mention = resolved(text, date(2018, 1, 1)).mention_at(Span(0, text.index(" said")))
    assert mention is not None
    assert mention.members == ("person:angela-merkel", "person:emmanuel-macron")


def test_a_name_with_a_letter_that_looks_alike_is_resolved_and_warned_of() -> None:
    (name,) = [
        m for m in resolved("Vladimir \u0420utin spoke.", date(2017, 7, 7)).mentions if m.form == "name"
    ]
    assert (name.text, name.actor) == ("Vladimir \u0420utin", "person:vladimir-putin")
    assert name.reason is not None and "CYRILLIC CAPITAL LETTER ER" in name.reason


def test_a_name_that_no_latin_letters_spell_is_left_with_the_reason() -> None:
    (name,) = [m for m in resolved("Vl\u044edimir Exampl\u0435 spoke.").mentions if m.form == "name"]
    assert name.actor is None
    assert name.reason is not None and "no Latin letters" in name.reason


def test_a_common_name_in_a_bare_list_is_nobody_of_another_article() -> None:
    listed = "Those asked: Mari Olsen, Marla Quinn, Michael McDonald, Nick Palmer and Tom Rath."
    found = {m.text: m.actor for m in resolved(listed).mentions}
    assert found["Marla Quinn"] == "person:marla-quinn"
    assert (found["Michael McDonald"] or "").startswith("person:michael-mcdonald-")
    reasons = {m.text: m.reason for m in resolved(listed).mentions}
    assert reasons["Michael McDonald"] == "full name; many bear it, and it only stands in a list"
    told = resolved("Michael McDonald, a professor at Example College, keeps the count.")
    assert told.mentions[0].actor == "person:michael-mcdonald"
