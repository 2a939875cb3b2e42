"""Whom a side of a question takes in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onrecord.errors import UsageError
from onrecord.facts.actors import Registry
from onrecord.facts.sides import Membership, Side, side, side_of
from onrecord.facts.table import TABLES, read_table
from onrecord.types import Actor, Range, day_range


def actor(id: str, name: str, kind: Any = "person", country: str | None = None, **more: Any) -> Actor:
    return Actor(id=id, name=name, kind=kind, country=country, **more)


BRITAIN = actor("state:GBR", "United Kingdom", "state", "GBR")
FRANCE = actor("state:FRA", "France", "state", "FRA")
RUSSIA = actor("state:RUS", "Russia", "state", "RUS")
UNION = actor("org:eu", "European Union", "organisation", sector="IGO")
REBELS = actor("armed:hill-front", "Hill Front", "armed_group", "PER", sector="REB")
ENVOY = actor("person:ana-ruiz", "Ana Ruiz")
EVERYBODY = [BRITAIN, FRANCE, RUSSIA, UNION, REBELS, ENVOY]
EU = Side(code="org:eu", name="European Union")


@pytest.mark.parametrize(
    ("asked", "code"),
    [("RUS", "RUS"), ("russia", "RUS"), ("state:RUS", "RUS"), ("EU", "org:eu"), ("european union", "org:eu"),
     ("org:eu", "org:eu"), ("U.K.", "GBR"), ("Hill Front", "armed:hill-front"), ("Ruiz", "person:ana-ruiz")],
)  # fmt: skip
def test_a_side_goes_by_code_name_short_form_or_id(asked: str, code: str) -> None:
    assert side(asked, EVERYBODY).code == code


def test_a_group_is_a_side_through_its_members_alone() -> None:
    assert side("NATO", [FRANCE]).code == "org:nato"
    with pytest.raises(UsageError, match="ASEAN"):
        side("ASEAN", EVERYBODY)


def test_one_that_is_not_there_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="did you mean Hill Front"):
        side("Hill Frnt", EVERYBODY)


def test_a_name_that_several_have_asks_for_an_id() -> None:
    with pytest.raises(UsageError, match="person:ana-ruiz or person:leo-ruiz"):
        side("Ruiz", [*EVERYBODY, actor("person:leo-ruiz", "Leo Ruiz")])


def test_membership_is_judged_by_the_day() -> None:
    assert EU.has(BRITAIN, day_range(date(2019, 5, 1)))
    assert not EU.has(BRITAIN, day_range(date(2021, 5, 1)))
    assert EU.has(BRITAIN, Range(date(2019, 5, 1), date(2021, 5, 1)))
    assert EU.has(BRITAIN)
    assert not EU.has(RUSSIA)


def test_a_body_its_officers_and_its_people_belong_to_the_group() -> None:
    for one in (
        actor("org:european-commission", "European Commission", "organisation"),
        actor("person:bo-lind", "Bo Lind", role="trade commissioner of the European Union"),
        actor("group:org-eu-officials", "EU officials", "group"),
    ):
        assert EU.has(one, day_range(date(2019, 5, 1)))


def test_media_do_not_speak_for_a_side() -> None:
    assert not EU.has(actor("medium:le-matin", "Le Matin", "medium", "FRA"))


def test_a_state_beside_its_group_keeps_its_own_people() -> None:
    minister = actor("person:jean-roux", "Jean Roux", country="FRA")
    france = Side(code="FRA", name="France")
    assert side_of(minister, (EU, france)) == side_of(minister, (france, EU)) == france
    assert side_of(actor("person:max-kern", "Max Kern", country="DEU"), (EU, france)) == EU


def test_a_member_of_both_groups_speaks_for_neither() -> None:
    nato = Side(code="org:nato", name="NATO")
    assert side_of(FRANCE, (EU, nato)) is None
    assert side_of(UNION, (EU, nato)) == EU


def test_every_group_and_member_is_known_and_no_term_ends_before_it_begins() -> None:
    registry = Registry.load()
    rows = list(read_table(TABLES / "memberships.csv", Membership))
    assert all(r.group in registry.organisations for r in rows)
    assert all(r.member in registry.organisations or r.member in registry.countries for r in rows)
    assert all(r.until is None or r.since <= r.until for r in rows)
    assert len({(r.group, r.member, r.since) for r in rows}) == len(rows)
