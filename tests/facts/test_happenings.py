"""The table of happenings: a second pass over every row, and its look-ups."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pycountry
import pytest

from onrecord.errors import UsageError
from onrecord.facts.happenings import KINDS, TABLE, Happening, Happenings
from onrecord.types import Range

HAPPENINGS = Happenings.load(())
OUR_CODES = {"XKX", "YUG"}  # Kosovo (policy in the codebook), Yugoslavia (ISO 3166-3)
WEEKDAYS = {
    "USA": 2,
    "GBR": 4,
    "FRA": 7,
    "DEU": 7,
    "RUS": 7,
    "UKR": 7,
    "TUR": 7,
    "CAN": 1,
    "AUS": 6,
    "POL": 7,
}
"""ISO weekday on which a state holds national elections by law or custom."""
KNOWN_EXCEPTIONS = {"rus-presidential-election-1996-07-03", "can-federal-election-2008-10-14",
                    "rus-presidential-election-1991-06-12"}  # fmt: skip


def _codes(happening: Happening) -> set[str]:
    return {*happening.states, *([happening.country] if happening.country else [])} - OUR_CODES


def test_every_row_has_a_known_kind_and_real_codes() -> None:
    assert [h.id for h in HAPPENINGS if h.kind not in KINDS] == []
    unknown = [(h.id, c) for h in HAPPENINGS for c in _codes(h) if not pycountry.countries.get(alpha_3=c)]
    assert unknown == []


def test_every_row_lies_in_the_years_of_the_table() -> None:
    first, last = date(1985, 1, 1), date(2026, 12, 31)
    assert [h.id for h in HAPPENINGS if not first <= h.start <= h.end <= last] == []


def test_every_row_names_its_source_or_says_unverified() -> None:
    assert [h.id for h in HAPPENINGS if not h.source] == []


def test_elections_fall_on_the_weekday_of_their_state() -> None:
    votes = [h for h in HAPPENINGS if h.kind == "election" and h.states and h.states[0] in WEEKDAYS]
    odd = [h.id for h in votes if h.end.isoweekday() != WEEKDAYS[h.states[0]]]
    assert sorted(odd) == sorted(KNOWN_EXCEPTIONS)


def test_meetings_of_leaders_last_less_than_two_weeks() -> None:
    long = [h.id for h in HAPPENINGS if h.kind == "summit" and (h.end - h.start).days > 15]
    assert long == []


def test_ids_are_unique_in_the_table() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    ids = Counter(line.split(",")[0] for line in lines if line and not line.startswith("#"))
    assert [i for i, n in ids.items() if n > 1] == []


def test_table_spans_many_pairs_of_states_and_every_year() -> None:
    pairs = {h.states for h in HAPPENINGS if len(h.states) == 2}
    years = {h.start.year for h in HAPPENINGS}
    assert len(pairs) >= 25
    assert years >= set(range(1985, 2026))
    assert len(HAPPENINGS) >= 600


def test_series_and_place_name_a_summit_in_any_order() -> None:
    (named,) = HAPPENINGS.named_in("Leaders met in Pittsburgh, at the Group of 20.")
    assert named.happening.id == "g20-2009-pittsburgh"
    assert (
        "Leaders met in Pittsburgh, at the Group of 20."[named.start : named.end]
        == "Pittsburgh, at the Group of 20"
    )


def test_words_far_apart_name_nothing() -> None:
    assert HAPPENINGS.named_in("Pittsburgh" + " and so on" * 20 + " the G20") == ()


def test_a_name_within_a_word_is_not_a_name() -> None:
    assert HAPPENINGS.named_in("The Dobbsian view") == ()


def test_a_words_beginning_stands_for_all_its_forms() -> None:
    rows = Happenings.of(
        [
            Happening(
                id="a",
                name="Leaving of a minister",
                kind="resignation",
                start=date(2009, 3, 2),
                end=date(2009, 3, 2),
                aliases=("resign*+Holm",),
            )
        ]
    )
    for text in ("Holm resigned.", "The resignation of Ada Holm", "Holm will resign"):
        assert [n.happening.id for n in rows.named_in(text)] == ["a"]
    assert rows.named_in("Holm was resolute.") == ()


def test_two_people_and_a_foreign_place_tell_their_encounter() -> None:
    reykjavik = HAPPENINGS.named_in("Mr. Reagan left Reykjavik on Sunday. Behind him Mr. Gorbachev spoke.")
    assert "rus-usa-1986-reykjavik" in {n.happening.id for n in reykjavik}
    assert HAPPENINGS.named_in("Mr. Reagan left Reykjavik on Sunday.") == ()


def test_name_of_several_happenings_gives_them_all() -> None:
    years = [n.happening.start.year for n in HAPPENINGS.named_in("the Iowa caucuses")]
    assert years == sorted(years)
    assert {1988, 2000, 2020} <= set(years)


def test_lookups_by_day_place_and_states() -> None:
    reykjavik = HAPPENINGS.by_id("rus-usa-1986-reykjavik")
    assert reykjavik in HAPPENINGS.between(Range(date(1986, 10, 12), date(1986, 10, 12)))
    assert reykjavik in HAPPENINGS.near("REYKJAVIK", date(1986, 10, 14))
    assert reykjavik not in HAPPENINGS.near("Reykjavik", date(1986, 10, 20))
    assert reykjavik in HAPPENINGS.of_states("RUS", "USA", kind="summit")
    assert HAPPENINGS.by_id("no-such") is None


def test_a_users_row_wins_over_ours(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "id,name,kind,start,end\nwc-1998-france,My cup,sport,1998-06-11,\nours-1,A "
        "visit,state_visit,2020-01-02,\n"
    )
    both = Happenings.load((mine,))
    assert both.by_id("wc-1998-france").name == "My cup"  # type: ignore[union-attr]
    assert both.by_id("ours-1").end == date(2020, 1, 2)  # type: ignore[union-attr]
    assert len(both) == len(HAPPENINGS) + 1


@pytest.mark.parametrize(
    ("row", "told"),
    [("x,X,fair,2020-01-02,", "kind of happening"), ("x,X,summit,2020-01-02,2020-01-01", "before it starts")],
)
def test_a_wrong_row_says_what_is_wrong(tmp_path: Path, row: str, told: str) -> None:
    table = tmp_path / "wrong.csv"
    table.write_text("id,name,kind,start,end\n" + row + "\n")
    with pytest.raises(UsageError, match=told):
        Happenings.load((table,))
