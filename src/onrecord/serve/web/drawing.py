"""Charts of a relationship, in its page and to take away. The one door to vl-convert."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record.between import Between
from onrecord.record.codec import to_json
from onrecord.review import phrasing
from onrecord.review.charting import chart
from onrecord.review.material import Material, between
from onrecord.serve.web import asking, charts
from onrecord.serve.web.rendering import Utf8, rendered, style
from onrecord.types import Actor

MAX_READ = 80
"""Articles, the newest, that a relationship's page and charts are made of; they cost 0.3 CPU-seconds."""
_LIGHT = {"--paper": "#fdfcf9", "--soft": "#5c5a55", "--line": "#d8d4ca", "--link": "#1d4f91",
          "--other-side": "#a8480c", "--neither": "#8a867c", "--ink": "#1b1b1a"}  # fmt: skip
"""Colours of a chart that stands alone, as in the light page."""


def charts_of(material: Material) -> list[charts.Chart]:
    """The charts of two sides that have something to show."""
    charted, actors = chart(material), material.actors
    met = [
        (m, f"{phrasing.days(m.date)}: {phrasing.listed([_name(p, actors) for p in m.participants])}")
        for m in material.meetings
    ]
    made = charts.timeline(met), charts.heat(charted), charts.tone(charted), charts.network(charted)
    return [c for c in made if c]


def _name(actor: str, known: Mapping[str, Actor]) -> str:
    return known[actor].name if actor in known else actor


def inline(drawn: charts.Chart) -> Markup:
    """A chart as it stands in a page."""
    return Markup(rendered("chart.svg", c=drawn, alone=False, base="", css=""))


def file(request: Request) -> Response:
    """`/charts/RUS/USA/tone.svg`: a chart, or the data behind it, to take away."""
    one, other, name = (request.path_params[p] for p in ("one", "other", "name"))
    name, _, form = name.partition(".")
    with asking.desk(request).opened() as store:
        narrowed = asking.or_missing(lambda: Between(store, one, other, newest=MAX_READ))
        every = charts_of(between(narrowed, *narrowed.sides))
    drawn = next((c for c in every if c.name == name), None)
    if drawn is None or form not in ("svg", "png", "csv", "json"):
        raise HTTPException(
            404, "No such chart; known: timeline, heat, tone, network as svg, png, csv, json."
        )
    base = str(request.base_url).rstrip("/")
    content, media = _formed(drawn, form, base)
    named = {"content-disposition": f'attachment; filename="{name}.{form}"'}
    return Utf8(content, media_type=media, headers=named)


def _formed(drawn: charts.Chart, form: str, base: str) -> tuple[Any, str]:
    match form:
        case "json":
            return to_json(drawn.rows), "application/json"
        case "csv":
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, fieldnames=list(drawn.rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(drawn.rows)
            return text.getvalue(), "text/csv"
    svg = rendered("chart.svg", c=drawn, alone=True, base=base, css=_alone())
    if form == "svg":
        return svg, "image/svg+xml"
    import vl_convert

    return vl_convert.svg_to_png(svg, scale=2), "image/png"


def _alone() -> Markup:
    """The chart's part of the style sheet, with the light page's colours in place of its variables."""
    css = style()
    part = css[css.index("/* charts */") : css.index("/* end of charts */")].replace(".chart ", "")
    for name, colour in _LIGHT.items():
        part = part.replace(f"var({name})", colour)
    return Markup(part + f".paper {{ fill: {_LIGHT['--paper']}; stroke: none; }}")
