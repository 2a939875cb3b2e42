"""The report of misses: each in its class, its text escaped, nothing fetched from outside."""

from __future__ import annotations

import pytest

from evals.attributions import Gold, Roles
from evals.misses import classed, page

TEXT = "Berg <b>said</b> the port was shut & dark."
DUE = Roles(source=((0, 4),), cue=((8, 12),), content=((17, 34),))


@pytest.mark.parametrize(
    ("found", "kinds"),
    [
        ([], ["missed"]),
        ([DUE], []),
        ([Roles((), DUE.cue, DUE.content)], ["wrong source"]),
        ([Roles(DUE.source, DUE.cue, ((17, 41),))], ["boundary"]),
        ([DUE, Roles((), (), ((35, 41),))], ["spurious"]),
    ],
)
def test_each_miss_has_its_class(found: list[Roles], kinds: list[str]) -> None:
    assert [kind for kind, *_ in classed(Gold(TEXT, (DUE,)), found)] == kinds


def test_the_page_escapes_the_text_and_stands_alone() -> None:
    told = page({"a<b": (Gold(TEXT, (DUE,)), [])}, [(0.5, 0.4, 3)])
    assert "<b>" not in told and "&lt;b&gt;" in told and "&amp; dark" in told
    assert "<svg" in told and "http" not in told and "<script" not in told
