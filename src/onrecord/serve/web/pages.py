"""The pages: each asks the record a question and fills a template with the answer."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord import review
from onrecord.record import Store, listing, lookup
from onrecord.record.between import Between
from onrecord.record.filters import Filters
from onrecord.record.paging import page_of
from onrecord.review import phrasing
from onrecord.serve.web import accounts, asking, drawing, forms, marking
from onrecord.serve.web.rendering import Utf8, page, rendered, style, to
from onrecord.types import Actor, Correction, MergedMeeting, Reading, Span, Statement

MAX_LISTED = 2_000
"""Rows that are put in order of time before a page shows some of them."""
MAX_MORE = 25
"""Statements of one side on one issue that stand folded away there."""
MAX_ARTICLES = 50
MAX_EACH = 12
"""Rows of each kind on a page about something else; the rest is a link away."""


def front(request: Request) -> Response:
    """`/`: what is in the record, whom it is about, what is newest."""
    desk = asking.desk(request)
    with desk.opened() as store:
        return page(
            "front",
            counts=desk.remembered("counts", lambda: lookup.counts(store)),
            pairs=desk.remembered("pairs", lambda: lookup.pairs(store)),
            states=desk.remembered("states", lambda: lookup.state_names(store)),
            articles=desk.remembered("newest articles", lambda: lookup.article_heads(store, newest=8)),
            meetings=desk.remembered(
                "newest meetings", lambda: lookup.newest(store, "meetings", Filters(), 6)[0]
            ),
            disputes=list(listing(store, "disputes", Filters(limit=4))),
            coverage=desk.remembered("coverage", store.coverage),
            labels=_labels(desk, store),
        )


def relationship(request: Request) -> Response:
    """`/relationship/RUS/USA`: the brief of a pair, with links."""
    one, other = request.path_params["one"], request.path_params["other"]
    desk = asking.desk(request)
    with desk.opened() as store:
        made = desk.remembered(f"relationship/{one}/{other}", lambda: _relationship(store, one, other))
        return Utf8(made, media_type="text/html")


def pair(request: Request) -> Response:
    """`/relationship?one=RUS&other=USA`: what the form of two sides asks for; without both, the form."""
    sides = [request.query_params.get(name, "").strip() for name in ("one", "other")]
    return RedirectResponse(to("relationship", *sides) if all(sides) else "/")


def _relationship(store: Store, one: str, other: str) -> str:
    narrowed = asking.or_missing(lambda: Between(store, one, other, newest=drawing.MAX_READ))
    material = review.material.between(narrowed, *narrowed.sides)
    made, drawn = review.briefing.brief_of(material), drawing.charts_of(material)
    return rendered(
        "relationship.html",
        it=made,
        one=one,
        other=other,
        numbers={s.number: s.article for s in made.sources},
        charts={c.name: (c, drawing.inline(c)) for c in drawn},
        max_quotes=review.briefing.MAX_QUOTES,
        max_more=MAX_MORE,
        left_out=narrowed.total - narrowed.articles_read,
    )


def meetings(request: Request) -> Response:
    """`/meetings`: in order of time."""
    return _listing(request, "meetings", ("between", "actor", "issue", "since", "until", "status"))


def meeting(request: Request) -> Response:
    """`/meetings/ID`: its accounts in columns."""
    desk = asking.desk(request)
    with desk.opened() as store:
        row: MergedMeeting = _row(store, request, MergedMeeting)
        told_of = [*row.participants, *(a.actor for a in row.accounts if a.actor)]
        told_of += [p for a in row.accounts for p in a.told.get("participants") or ()]
        told_of += [f"state:{side}" for side in row.delegations]
        told_of += [m for members in row.delegations.values() for m in members]
        known = store.actors(told_of)
        found = {a.article: store.article(a.article) for a in row.accounts}
        told = accounts.columns(row, {i: a for i, a in found.items() if a}, known)
        disputes = [
            d
            for d in listing(store, "disputes", Filters(limit=MAX_LISTED))
            if d["about_row"] in {row.id, *(a.row for a in row.accounts)}
        ]
        countries = sorted({known[p].country or p for p in row.participants if p in known})
        return page(
            "meeting",
            it=row,
            columns=told,
            lines=accounts.lines(told),
            disputes=disputes,
            names=_names(known),
            labels=_labels(desk, store),
            pair=countries if len(countries) == 2 else None,
            said=_said_by_sides(store, row, known),
            corrections=_corrections(store, row),
            form=forms.form(
                request,
                row,
                "meetings",
                _names(known),
                names=_names(known).values(),
                others=_nearby(store, row),
                tellings=_tellings(row, told),
            ),
        )


def _said_by_sides(
    store: Store, row: MergedMeeting, known: dict[str, Actor] | Any
) -> dict[str, list[dict[str, Any]]]:
    """What each delegation says in the articles that tell of a meeting."""
    sides = row.delegations or {p: (p,) for p in row.participants}
    told: dict[str, list[dict[str, Any]]] = {side: [] for side in sorted(sides)}
    for article in dict.fromkeys(a.article for a in row.accounts):
        for said in listing(store, "statements", Filters(article=article, limit=MAX_LISTED)):
            speakers = said["speakers"] or [said["speaker"] or {}]
            for side, members in sorted(sides.items()):
                if any(s.get("id") in members or s.get("country") == side for s in speakers):
                    told[side].append(said)
                    if not said["speakers"]:
                        break
    return {_side_name(side, known): rows for side, rows in told.items()}


def _side_name(side: str, known: Any) -> str:
    states = [a.name for a in known.values() if a.kind == "state" and a.country == side]
    return states[0] if states else known[side].name if side in known else side


def actors(request: Request) -> Response:
    """`/actors`: everybody, by id."""
    return _listing(request, "actors", ("actor", "issue"))


def actor(request: Request) -> Response:
    """`/actors/ID`: offices held, positions, everything said."""
    wanted = request.path_params["id"]
    desk = asking.desk(request)
    with desk.opened() as store:
        known = store.actors([wanted])
        if wanted not in known:
            raise HTTPException(404, "No actor of this record has this id.")
        who = asking.place(request.query_params)
        chosen = asking.filters(
            request.query_params, also=("cursor",), limit=asking.PAGE, after=who
        )  # fmt: skip
        own = msgspec.structs.replace(chosen, actor=wanted)
        said, place = page_of(store, "statements", own)
        positions, _ = lookup.newest(store, "positions", Filters(actor=wanted), MAX_EACH)
        meetings, met = lookup.newest(store, "meetings", Filters(actor=wanted), MAX_EACH)
        return page(
            "actor",
            it=known[wanted],
            roles=lookup.roles(store, wanted),
            said=said if who else _newest(said, "said_on"),
            said_total=store.count(Statement, Filters(actor=wanted)),
            following=asking.cursor(place),
            positions=positions,
            meetings=meetings,
            met=met,
            labels=_labels(desk, store),
            form=forms.form(request, known[wanted], "actors", {}, actor=True),
        )


def issues(request: Request) -> Response:
    """`/issues`: what is at stake, most statements first; `?issue=ID` is the page of one."""
    desk = asking.desk(request)
    with desk.opened() as store:
        chosen = asking.filters(request.query_params)
        rows = desk.remembered("issues", lambda: lookup.issue_heads(store))
        one = next((i for i in rows if i.id == chosen.issue), None)
        if chosen.issue and one is None:
            raise HTTPException(404, "No issue of this record has this id.")
        about = Filters(issue=chosen.issue, limit=MAX_EACH)
        weights = dict(lookup.issue_articles(store, one.id, MAX_ARTICLES)) if one else {}
        return page(
            "issues",
            rows=rows,
            one=one,
            labels={i.id: i.label for i in rows},
            said=list(listing(store, "statements", about)) if one else [],
            meetings=lookup.newest(store, "meetings", Filters(issue=one.id), MAX_EACH)[0] if one else [],
            positions=list(listing(store, "positions", about)) if one else [],
            weights=weights,
            heads=lookup.article_heads(store, ids=weights, newest=MAX_ARTICLES) if one else [],
        )


def articles(request: Request) -> Response:
    """`/articles`: newest first."""
    at, desk = asking.count(request.query_params, "page", 1, 100_000), asking.desk(request)
    with desk.opened() as store:
        heads = lookup.article_heads(store, newest=asking.PAGE + 1, offset=(at - 1) * asking.PAGE)
        return page(
            "articles",
            rows=heads[: asking.PAGE],
            total=desk.remembered("counts", lambda: lookup.counts(store))["articles"],
            at=at,
            more=len(heads) > asking.PAGE,
        )


def article(request: Request) -> Response:
    """`/articles/ID`: the full text, with what was found in it."""
    with asking.desk(request).opened() as store:
        reading = store.reading(request.path_params["id"])
        if reading is None:
            raise HTTPException(404, "No article of this record has this id.")
        names = {a.id: a.name for a in reading.actors}
        return page(
            "article",
            it=reading.article,
            reading=reading,
            names=names,
            blocks=marking.blocks(reading, marking.marks(reading, names)),
            copies=[
                c for c in store.copies() if reading.article.id in (c.article, c.of) and c.article != c.of
            ],
            corrections=store.corrections.in_article(reading.article.id),
        )


def statements(request: Request) -> Response:
    """`/statements`: in the record's order, article by article."""
    return _listing(request, "statements", ("between", "actor", "issue", "since", "until", "act"))


def statement(request: Request) -> Response:
    """`/statements/ID`: in its context, its words elsewhere, why it says what it says."""
    with asking.desk(request).opened() as store:
        row: Statement = _row(store, request, Statement)
        shown = lookup.row_object(store, row.id) or {}
        reading = store.reading(shown["article"]["id"])
        assert reading is not None
        again = lookup.same_words(store, row.id)
        heads = lookup.article_heads(store, ids=[a for a, _ in again], newest=MAX_LISTED)
        return page(
            "statement",
            it=row,
            shown=shown,
            blocks=_context(reading, row.id, [*row.source, *row.cue, *row.content]),
            again=again,
            heads={h.id: h for h in heads},
            steps=review.explain(store, row.id).steps,
            labels=_labels(asking.desk(request), store),
            corrections=_corrections(store, row),
            form=_form(request, row, "statements", reading),
        )


def explain(request: Request) -> Response:
    """`/explain/ID`: for any row, the way from the characters to it."""
    wanted = request.path_params["id"]
    with asking.desk(request).opened() as store:
        shown = lookup.row_object(store, wanted)
        if shown is None:
            raise HTTPException(404, "No row of this record has this id.")
        found = store.row(wanted)
        assert found is not None
        row, kind = found[2], found[0].name.removeprefix("merged_").replace("event_clusters", "events")
        of = shown.get("article") or {}
        reading = store.reading(of["id"]) if of else None
        spans = [Span(*s) for s in shown.get("evidence", [])]
        return page(
            "explain",
            it=review.explain(store, wanted),
            shown=shown,
            blocks=_context(reading, wanted, spans) if reading and spans else [],
            corrections=_corrections(store, row),
            form=_form(request, row, kind, reading) if kind in forms.CORRECTABLE else None,
        )


def coverage(request: Request) -> Response:
    """`/coverage`: what was read, what was left out and why."""
    desk = asking.desk(request)
    with desk.opened() as store:
        told = desk.remembered("coverage", store.coverage)
        return page("coverage", it=told, manifest=store.manifest())


def css(_: Request) -> Response:
    """`/style.css`."""
    return Utf8(style(), media_type="text/css", headers={"cache-control": "max-age=300"})


# --- what pages share ------------------------------------------------------------------------------------


def _listing(request: Request, kind: str, form: tuple[str, ...]) -> Response:
    """A page of a listing, with a form of filters and a link to the next page."""
    query = request.query_params
    chosen = asking.filters(
        query, also=("cursor",), limit=asking.PAGE, after=asking.place(query)
    )  # fmt: skip
    desk = asking.desk(request)
    with desk.opened() as store:
        rows, place = page_of(store, kind, chosen)
        return page(
            kind,
            rows=rows,
            asked={name: query.get(name, "") for name in form},
            following=asking.cursor(place),
            labels=_labels(desk, store),
            first=not query.get("cursor"),
        )


def _row(store: Store, request: Request, kind: type[Any]) -> Any:
    found = store.row(request.path_params["id"])
    if found is None or not isinstance(found[2], kind):
        raise HTTPException(404, "No row of this record has this id.")
    return found[2]


def _form(request: Request, row: Any, kind: str, reading: Reading | None) -> forms.Form | None:
    names = {a.id: a.name for a in reading.actors} if reading else {}
    return forms.form(request, row, kind, names, names=names.values())


def _corrections(store: Store, row: Any) -> list[tuple[Correction, str]]:
    """What people put right in a row, with the words for it."""
    ids = getattr(row, "corrected", ())
    return [(c, phrasing.correction(c)) for c in store.corrections.of(ids)] if ids else []


def _nearby(store: Store, row: MergedMeeting) -> tuple[tuple[str, str], ...]:
    """Meetings with somebody of this one, which may be the same."""
    if not row.participants:
        return ()
    near = lookup.meetings_with(store, row.participants, but=row.id, limit=30)
    return tuple((m.id, f"{phrasing.days(m.date)}: {who}") for m, who in near)


def _tellings(row: MergedMeeting, told: Any) -> tuple[tuple[str, str], ...]:
    names = {c.article.id: c.article.publisher or c.article.title or c.article.path for c in told}
    return tuple((a.row, str(names.get(a.article, a.article))) for a in row.accounts)


def _newest(rows: Any, date: str) -> list[dict[str, Any]]:
    """Newest first; a row without a date has its article's, and without any comes last."""

    def day(row: dict[str, Any]) -> str:
        own = row.get(date)
        article = row.get("article") or {}
        return (own[0] or own[1] or "") if own else (article.get("published") or "")

    return sorted(rows, key=day, reverse=True)


def _names(known: Any) -> dict[str, str]:
    return {a.id: a.name for a in known.values()}


def _labels(desk: asking.Desk, store: Store) -> dict[str, str]:
    return desk.remembered("labels", lambda: lookup.issue_labels(store))


def _context(reading: Reading, row: str, spans: list[Span]) -> list[marking.Block]:
    names = {a.id: a.name for a in reading.actors}
    return marking.blocks(
        reading, marking.marks(reading, names, focus=row), window=marking.window_of(reading, spans)
    )
