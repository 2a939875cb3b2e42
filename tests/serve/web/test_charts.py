"""Charts: every mark leads to what it shows and says it in words; nothing to show is no chart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.review.charting import Charted, HeatCell, Spoken, TonePoint
from onrecord.serve.web import charts

IDS = st.sampled_from(["ana", "bo", "carl", "dina", "ed"])


def charted(**more: object) -> Charted:
    names = {i: i.title() for i in ("ana", "bo", "carl", "dina", "ed")}
    given = {"names": names, "labels": {"fish": "Fish", "gas": "Gas"}, "sides": {"ana": "NOR", "bo": "FIN"},
             "tone": (), "spoken": (), "heat": ()}  # fmt: skip
    return Charted(**{**given, **more})  # type: ignore[arg-type]


def test_nothing_to_show_is_no_chart() -> None:
    empty = charted()
    assert [c(empty) for c in (charts.heat, charts.tone, charts.network)] == [None] * 3
    assert charts.timeline([]) is None


@given(st.dictionaries(st.tuples(IDS, IDS).filter(lambda p: p[0] != p[1]), st.integers(1, 60), min_size=1))
def test_arcs_and_dots_stay_in_the_picture_and_lead_to_rows(told: dict[tuple[str, str], int]) -> None:
    spoken = tuple(Spoken(speaker=a, about=b, statements=tuple(f"s-{n}" for n in range(k)))
                   for (a, b), k in told.items())  # fmt: skip
    drawn = charts.network(charted(spoken=spoken))
    assert drawn is not None
    for mark in (*drawn.lines, *drawn.dots):
        assert mark.href.startswith("/") and mark.title
    for dot in drawn.dots:
        assert dot.x >= dot.width and dot.x + dot.width <= drawn.width
        assert dot.y >= dot.width and dot.y + dot.width <= drawn.height
    assert sum(row["statements"] for row in drawn.rows) == sum(told.values())


@given(st.lists(st.tuples(st.integers(1995, 2030), st.integers(1, 4), st.floats(-10, 10)), min_size=2))
def test_tones_stand_in_order_of_time_between_the_ends_of_the_scale(
    told: list[tuple[int, int, float]],
) -> None:
    points = tuple(TonePoint(side="Norway", code="NOR", quarter=f"{y}-Q{q}", tone=t, rows=3, events=("e-1",))
                   for y, q, t in sorted({(y, q): (y, q, t) for y, q, t in told}.values()))  # fmt: skip
    drawn = charts.tone(charted(tone=points))
    if len(points) < 2:
        assert drawn is None
        return
    assert drawn is not None
    across = [dot.x for dot in drawn.dots]
    assert across == sorted(across)
    assert all(16 <= dot.y <= 204 and dot.href == "/explain/e-1" for dot in drawn.dots)


def test_the_darkest_cell_is_the_one_with_most_statements() -> None:
    cells = tuple(
        HeatCell(issue=i, actor=a, statements=tuple("s" * n))
        for i, a, n in (("fish", "ana", 1), ("fish", "bo", 9), ("gas", "ana", 4))
    )
    drawn = charts.heat(charted(heat=cells))
    assert drawn is not None
    assert {(m.label, m.css) for m in drawn.boxes} == {("1", "shade-1"), ("9", "shade-5"), ("4", "shade-3")}
    assert all(m.href.startswith("/statements?actor=") for m in drawn.boxes)


def test_marks_of_one_row_lead_to_its_page_and_of_more_to_a_list() -> None:
    assert charts.rows_at("statements", ["s-1"]) == "/statements/s-1"
    assert charts.rows_at("events", ["e-1"]) == "/explain/e-1"
    assert charts.rows_at("events", ["e-1", "e-2"]) == "/data/record/events?id__in=e-1%2Ce-2"
