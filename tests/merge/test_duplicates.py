# ruff: noqa: E501  (sample texts keep their lines)
"""Copies are found: whole, edited and cut; independent reports of one event are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.merge.duplicates import find_copies

WIRE = """The finance ministers of Norland and Sudria agreed on Tuesday to reopen four border crossings that
had been closed since spring, and to set up a joint office in the port of Halden that will clear freight within
two days. The accord, reached after nine hours of talks, takes effect on the first of next month. Officials from
both sides said the closure had cost hauliers several million crowns a week. Norland's minister called the accord
a modest step, and her counterpart said that his government would watch closely whether the new office works as
planned. Neither side would say what becomes of the fishing quota, the dispute over which led to the closure.
A further round is planned for autumn, when the two governments will also speak of a common railway gauge."""
OTHER = """Trucks will roll again between Norland and Sudria. After a long night in Halden, negotiators opened the
way for four crossings, ending a blockade that began in spring over how much cod each may land. Drivers at the
frontier, some of whom had waited for weeks in a queue that ran through three villages, cheered as the news came.
The price both capitals paid is not known yet; diplomats speak of a joint customs desk and of a promise to return
to the question of quotas before winter. Business groups were relieved but wary, since two earlier deals failed."""
EDITED = (
    WIRE.replace("nine hours", "a day").replace("several million", "millions of").replace("modest", "first")
)
CUT = WIRE[:330]


def groups(*texts: str) -> dict[str, str]:
    return {c.article: c.of for c in find_copies([(f"a{i}", t) for i, t in enumerate(texts)])}


def test_identical_texts_are_exact_copies_whatever_their_line_ends() -> None:
    first, second = find_copies([("x", WIRE), ("y", WIRE.replace("\n", "\r\n"))])
    assert (first.of, second.of) == ("x", "x")
    assert (second.kind, second.similarity) == ("exact", 1.0)


def test_edited_and_cut_wire_copy_is_found() -> None:
    assert groups(WIRE, EDITED, CUT) == {"a0": "a0", "a1": "a0", "a2": "a0"}


def test_near_copies_say_how_near() -> None:
    _, near = find_copies([("x", WIRE), ("y", EDITED)])
    assert near.kind == "near"
    assert 0.6 < near.similarity < 1


def test_independent_reports_of_one_event_are_no_copies() -> None:
    assert groups(WIRE, OTHER) == {}


def test_short_texts_are_copies_only_when_identical() -> None:
    brief = "The prime minister of Sudria will travel to Halden on Friday."
    assert groups(brief, brief + " More later.") == {}
    assert groups(brief, brief) == {"a0": "a0", "a1": "a0"}


def test_texts_without_words_are_not_copies_of_each_other() -> None:
    assert groups("", "  ") == {}


def test_first_of_a_group_is_the_first_given() -> None:
    assert groups(OTHER, EDITED, WIRE) == {"a1": "a1", "a2": "a1"}


def test_a_roundup_that_holds_the_story_is_no_copy() -> None:
    roundup = " ".join(
        f"Item {i}: the council of town {i} met on day {i} and put off vote {i}." for i in range(90)
    )
    assert groups(CUT, f"{roundup} {CUT}") == {}


@given(st.lists(st.sampled_from([WIRE, EDITED, CUT, OTHER, "A brief.", ""]), max_size=7))
def test_every_group_has_its_first_and_at_least_two(texts: list[str]) -> None:
    rows = find_copies([(f"a{i}", t) for i, t in enumerate(texts)])
    members = [r.of for r in rows]
    for row in rows:
        assert members.count(row.of) >= 2
        assert any(r.article == row.of == r.of for r in rows)
        assert 0 < row.similarity <= 1
    assert rows == find_copies([(f"a{i}", t) for i, t in enumerate(texts)])
