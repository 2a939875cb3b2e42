"""Disputes across articles: told as differing, values that cannot both hold, opposite answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from onrecord.merge import answered, opposed, values
from onrecord.merge.ground import Ground, Told, day_key
from onrecord.types import (
    Account,
    Dispute,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Side,
    row_id,
)


def merge(
    rows: Iterable[tuple[str, Dispute]],
    claims: Iterable[opposed.Claim],
    meetings: Sequence[MergedMeeting],
    agreements: Iterable[MergedAgreement],
    ground: Ground,
) -> tuple[MergedDispute, ...]:
    """All disputes, one row for the same sides about the same meeting; then values that exclude others."""
    home = {a.row: m.id for m in meetings for a in m.accounts}
    groups: dict[tuple[str, ...], list[Told[Dispute]]] = {}
    for article, dispute in rows:
        about = home.get(dispute.about_row or "", "")
        sides = sorted({s.actor or "" for s in dispute.sides})
        # without a meeting in common only copies of one article tell the same dispute
        place = about or ground.copy_of.get(article, article) + dispute.about
        groups.setdefault((place, dispute.kind, *sides), []).append(Told(article, dispute))
    found = [_merged(g, ground, home) for _, g in sorted(groups.items())]
    found += sorted(values.disputes(meetings, agreements, ground), key=lambda d: d.id)
    told = list(claims)
    for one in (*opposed.disputes(told, meetings, ground), *answered.disputes(told, meetings, ground)):
        known = next((n for n, d in enumerate(found) if _is_same_matter(d, one)), None)
        if known is None:
            found.append(one)
        else:
            found[known] = _with(found[known], one, ground)
    return tuple(sorted(found, key=lambda d: (d.about_row or "", d.id)))


def _is_same_matter(told: MergedDispute, other: MergedDispute) -> bool:
    """The same two about the same meeting, and one of their statements stands in both."""
    shared = {s.statement for s in told.sides if s.statement} & {s.statement for s in other.sides}
    same_sides = {s.actor for s in told.sides} == {s.actor for s in other.sides}
    return bool(shared) and same_sides and told.about_row == other.about_row


def _with(told: MergedDispute, other: MergedDispute, ground: Ground) -> MergedDispute:
    """A dispute that one article reports, with the other side's words from its own article."""
    accounts = told.accounts + tuple(
        a for a in other.accounts if a.article not in {x.article for x in told.accounts}
    )
    articles = {a.article for a in accounts}
    return replace(
        told,
        accounts=accounts,
        articles=len(articles),
        independent=ground.independent(articles),
        confidence=max(told.confidence, other.confidence),
    )


def _merged(group: Sequence[Told[Dispute]], ground: Ground, home: Mapping[str, str]) -> MergedDispute:
    told = sorted(group, key=lambda t: (day_key(ground.written(t.article)), t.article, t.row.id))
    lead = max(told, key=lambda t: (t.row.confidence, t.row.id))
    dispute = lead.row
    return MergedDispute(
        id=row_id("d", "", *sorted(t.row.id for t in told)),
        about=dispute.about,
        kind=dispute.kind,
        sides=tuple(
            Side(actor=s.actor, told=s.told, statement=s.statement, evidence=s.evidence, article=lead.article)
            for s in dispute.sides
        ),
        confidence=dispute.confidence,
        why=dispute.why,
        about_row=home.get(dispute.about_row or ""),
        articles=len({t.article for t in told}),
        independent=ground.independent(t.article for t in told),
        accounts=tuple(_account(t) for t in told),
    )


def _account(told: Told[Dispute]) -> Account:
    evidence = tuple(sorted({e for s in told.row.sides for e in s.evidence}))
    return Account(
        article=told.article, row=told.row.id, told={"about": told.row.about, "kind": told.row.kind},
        evidence=evidence,
    )  # fmt: skip
