"""The actor tables hold, and the registry answers by date."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.facts.actors import Registry, Term, TermRow, slug
from onrecord.facts.actors.registry import in_running_text
from onrecord.facts.actors.rows import first_day, last_day
from onrecord.facts.actors.terms import MANY_HOLDERS
from onrecord.facts.table import TABLES, read_table
from onrecord.types import Range

REGISTRY = Registry.load()
GONE = {c.alpha_3 for c in pycountry.historic_countries}
OURS = {"XKX"}
"""Kosovo has no code of its own in ISO 3166; XKX is the one in use."""
UN_SEATS = 193


def test_every_state_code_is_an_iso_code_or_a_withdrawn_one() -> None:
    known = {c.alpha_3 for c in pycountry.countries} | GONE | OURS
    assert set(REGISTRY.countries) <= known


def test_every_place_lies_in_a_state_or_territory_of_the_table() -> None:
    assert {p.country for p in REGISTRY.places.values() if p.country} <= set(REGISTRY.countries)


def test_there_are_more_states_than_seats_in_the_united_nations() -> None:
    assert len(set(REGISTRY.countries) - GONE) >= UN_SEATS


def test_states_go_by_the_names_that_iso_gives_them() -> None:
    for country in pycountry.countries:
        if country.alpha_3 in REGISTRY.countries:
            common = getattr(country, "common_name", country.name).split(",")[0]
            found = REGISTRY.country(common)
            assert found is None or found.iso3 == country.alpha_3 or common in ("Congo", "Korea"), common


@pytest.mark.parametrize(
    ("word", "iso3"),
    [
        ("Russian", "RUS"), ("the Netherlands", "NLD"), ("DUTCH", "NLD"), ("Kyiv", "UKR"), ("Élysée", "FRA"),
        ("Ivorian", "CIV"), ("Burma", "MMR"), ("Türkiye", "TUR"), ("U.K.", "GBR"), ("South Koreans", "KOR"),
    ],
)  # fmt: skip
def test_a_state_is_found_by_any_of_its_words(word: str, iso3: str) -> None:
    found = REGISTRY.country(word)
    assert found is not None
    assert found.iso3 == iso3


def test_an_unknown_word_is_no_state() -> None:
    assert REGISTRY.country("Ruritania") is None


def test_no_term_ends_before_it_begins() -> None:
    for term in REGISTRY.terms:
        assert term.range.start is not None, term
        assert term.range.end is None or term.range.start <= term.range.end, term


def test_an_office_for_one_has_one_holder_at_a_time() -> None:
    rows = {
        (r.name, r.office, r.country, first_day(r.from_)): r
        for r in read_table(TABLES / "offices.csv", TermRow)
    }
    by_office: dict[tuple[str, str], list[Term]] = {}
    for term in REGISTRY.terms:
        if term.office not in MANY_HOLDERS and not term.acting:
            by_office.setdefault((term.office, term.country or term.organisation or ""), []).append(term)
    for (office, place), terms in by_office.items():
        for one, next_one in pairwise(terms):
            row = rows[one.name, office, place, one.range.start]
            told_to_the_day = len(row.to) == len("2017-07-07")
            assert one.range.end is not None, f"{one.name} and {next_one.name}: {office} {place}"
            assert next_one.range.start is not None
            if told_to_the_day:
                assert one.range.end <= next_one.range.start, (
                    f"{one.name} and {next_one.name}: {office} {place}"
                )


def test_every_term_is_of_a_known_state_or_organisation() -> None:
    for term in REGISTRY.terms:
        place = term.country or term.organisation
        assert place in REGISTRY.countries or place in REGISTRY.organisations, term


def test_every_office_of_the_table_can_be_told_in_words() -> None:
    assert {t.office for t in REGISTRY.terms} <= set(REGISTRY.by_office)


def test_the_holder_depends_on_the_day() -> None:
    def holder(day: date) -> list[str]:
        return [t.name for t in REGISTRY.holders("foreign minister", "USA", day)]

    assert holder(date(2013, 1, 15)) == ["Hillary Clinton"]
    assert holder(date(2014, 1, 15)) == ["John Kerry"]


def test_a_range_of_days_gives_everyone_who_held_the_office_then() -> None:
    terms = REGISTRY.holders("secretary-general", "org:un", Range(date(2006, 12, 1), date(2007, 1, 31)))
    assert [t.name for t in terms] == ["Kofi Annan", "Ban Ki-moon"]


def test_a_person_is_described_as_of_a_day() -> None:
    senator = REGISTRY.actor("person:john-kerry", date(2010, 5, 1))
    secretary = REGISTRY.actor("person:john-kerry", date(2015, 5, 1))
    assert senator is not None
    assert secretary is not None
    assert (senator.role, senator.sector) == ("senator of the United States", "LEG")
    assert (secretary.role, secretary.sector) == ("foreign minister of the United States", "GOV")


def test_what_rests_on_an_unverified_row_says_so() -> None:
    (term,) = REGISTRY.holders("chancellor", "DEU", date(2010, 1, 1))
    assert term.basis == "offices: chancellor DEU 2005-11-22/2021-12-08" + (
        "" if term.verified else " (unverified)"
    )


def test_a_users_state_table_renames_a_disputed_place(tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_text("iso3,name,adjectives\nTWN,Taiwan (China),Taiwanese\n", encoding="utf-8")
    assert Registry.load((table,)).state("TWN").name == "Taiwan (China)"
    assert REGISTRY.state("TWN").name == "Taiwan"


def test_the_offices_of_a_users_table_are_titles(tmp_path: Path) -> None:
    table = tmp_path / "holders.csv"
    table.write_text(
        "name,office,country,from,to\nArne Foss,atomic energy minister,NOR,1998-01-01,\n"
        "Kari Moen,energy minister,NOR,1998-01-01,\nOle Dahl,the lady of the lake,NOR,1998-01-01,\n",
        encoding="utf-8",
    )
    titles = Registry.load((table,)).titles
    (title,) = titles["atomic energy minister"]
    assert (title.office, title.bare) == ("atomic energy minister", "minister")
    assert titles["energy minister"] == REGISTRY.titles["energy minister"]
    assert "the lady of the lake" not in titles
    assert "atomic energy minister" not in REGISTRY.titles


def test_a_table_that_fits_nothing_is_refused_with_its_columns(tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="columns"):
        Registry.load((table,))


def test_a_users_row_may_bring_an_organisation(tmp_path: Path) -> None:
    table = tmp_path / "bodies.csv"
    table.write_text(
        "id,name,aliases,kind,country\norg:moot,Moot Council,MC,organisation,NOR\n", encoding="utf-8"
    )
    actor = Registry.load((table,)).actor("org:moot")
    assert actor is not None
    assert actor.country == "NOR"


@given(st.dates(min_value=date(1985, 1, 1), max_value=date(2026, 12, 31)))
def test_whoever_holds_an_office_on_a_day_has_it_among_their_terms(day: date) -> None:
    for term in REGISTRY.holders("president", "USA", day):
        assert term in REGISTRY.offices(term.actor)


@given(st.text())
def test_a_slug_is_plain_and_stable(name: str) -> None:
    assert slug(slug(name)) == slug(name)
    assert slug(name).isascii()


@pytest.mark.parametrize(("told", "first", "last"), [
    ("2017", date(2017, 1, 1), date(2017, 12, 31)), ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
    ("2016-02-03", date(2016, 2, 3), date(2016, 2, 3)),
])  # fmt: skip
def test_months_and_years_cover_all_their_days(told: str, first: date, last: date) -> None:
    assert (first_day(told), last_day(told)) == (first, last)


@pytest.mark.parametrize("told", ["2016-13", "2016-02-30", "soon"])
def test_an_impossible_date_in_a_table_is_an_error(told: str) -> None:
    with pytest.raises(UsageError):
        first_day(told)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("United States", "the United States"),
        ("Netherlands", "the Netherlands"),
        ("Philippines", "the Philippines"),
        ("Democratic Republic of the Congo", "the Democratic Republic of the Congo"),
        ("International Monetary Fund", "the International Monetary Fund"),
        ("France", "France"),
        ("New Zealand", "New Zealand"),
        ("NATO", "NATO"),
    ],
)
def test_names_take_their_article_in_a_role(name: str, told: str) -> None:
    assert in_running_text(name) == told
