"""Facts against sources: what bears a row out, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import verify
from evals.verify import DayOurs, DayTold, TermOurs, TermTold


def _term(name: str, begins: str, ends: str) -> TermOurs:
    return TermOurs(name=name, office="foreign minister", country="JPN", from_=begins, to=ends)


def _told(name: str, begins: str, ends: str, source: str = "a") -> TermTold:
    return TermTold(source=source, country="JPN", office="foreign minister", name=name, from_=begins, to=ends)


def _sources(row: TermOurs, *told: TermTold) -> tuple[str, ...]:
    (found,) = verify.terms([row], told)
    return found.sources


KONO = _term("Taro Kono", "2017-08-03", "2019-09-11")


def test_both_ends_within_a_week_bear_a_term_out() -> None:
    assert _sources(KONO, _told("Tarō Kōno", "2017-08-05", "2019-09-11")) == ("a",)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2017-08-03", ""), ("2017-08-03", "2019-10-11"), ("2017", "2019"), ("2017-08-03", "?")],
    ids=["still open there", "a month later", "years only", "an end not told"],
)
def test_an_end_without_its_day_bears_nothing_out(begins: str, ends: str) -> None:
    assert _sources(KONO, _told("Taro Kono", begins, ends)) == ()


def test_two_sources_may_tell_one_end_each() -> None:
    told = [_told("Taro Kono", "2017-08-03", ""), _told("Taro Kono", "?", "2019-09-11", source="b")]
    assert _sources(KONO, *told) == ("a", "b")


def test_a_running_term_is_borne_out_by_a_running_one() -> None:
    assert _sources(_term("Taro Kono", "2017-08-03", ""), _told("Taro Kono", "2017-08-03", "")) == ("a",)


def test_another_name_bears_nothing_out() -> None:
    assert _sources(KONO, _told("Seiji Maehara", "2017-08-03", "2019-09-11")) == ()


def test_a_happening_needs_its_very_day() -> None:
    ours = [DayOurs(id="g7", start="2016-05-26", end="2016-05-27"), DayOurs(id="vote", start="2016-11-08")]
    told = [DayTold(source="a", id="g7", start="2016-05-26", end="2016-05-27"),
            DayTold(source="a", id="vote", start="2016-11-09")]  # fmt: skip
    assert [f.sources for f in verify.days(ours, told)] == [("a",), ()]


def test_two_sources_may_tell_one_end_of_a_happening_each() -> None:
    ours = [DayOurs(id="games", start="2000-09-15", end="2000-10-01")]
    first = DayTold(source="a", id="games", start="2000-09-15", end="?")
    last = DayTold(source="b", id="games", start="?", end="2000-10-01")
    assert [f.sources for f in verify.days(ours, [first, last])] == [("a", "b")]
    assert [f.sources for f in verify.days(ours, [first])] == [()]


def test_a_happening_that_no_row_names_is_told() -> None:
    with pytest.raises(KeyError, match="no-such"):
        list(verify.days([], [DayTold(source="a", id="no-such", start="2016-11-08")]))


def test_writing_a_source_leaves_everything_else_as_it_is(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text('# why\nid,start,source\none,2016-11-08,unverified\n"a, b",2016-11-09,unverified\n')
    ours = [DayOurs(id="one", start="2016-11-08"), DayOurs(id="a, b", start="2016-11-09")]
    found = list(verify.days(ours, [DayTold(source="s", id="one", start="2016-11-08")]))
    assert verify.write(table, found) == 1
    assert table.read_text() == '# why\nid,start,source\none,2016-11-08,s\n"a, b",2016-11-09,unverified\n'
