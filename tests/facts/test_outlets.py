"""The tables of outlets and licences answer by name, address and wording."""

from __future__ import annotations

import re

import pytest

from onrecord.facts.licences import is_open, licence_id
from onrecord.facts.outlets import Outlets

OUTLETS = Outlets.load()


def test_table_is_sound() -> None:
    names = [n for row in OUTLETS.rows for n in {n.casefold() for n in (row.name, *row.aliases)}]
    assert len(names) == len(set(names)), "a name or short form stands for one outlet only"
    domains = [d for row in OUTLETS.rows for d in row.domains]
    assert len(domains) == len(set(domains))
    assert all(re.fullmatch(r"[A-Z]{3}", row.country) for row in OUTLETS.rows)
    assert all(re.fullmatch(r"[a-z0-9.-]+\.[a-z]+", d) for d in domains)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("CFR", "Council on Foreign Relations"),
        ("the new york times", "The New York Times"),
        ("AFP", "Agence France-Presse"),
    ],
)
def test_short_forms_are_spelt_out(name: str, full: str) -> None:
    outlet = OUTLETS.named(name)
    assert outlet is not None
    assert outlet.name == full


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.reuters.com/world/a-b-c", "Reuters"),
        ("edition.cnn.com/2001/x", "CNN"),
        ("https://uk.news.yahoo.example/x", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_address_names_its_outlet(url: str, name: str | None) -> None:
    outlet = OUTLETS.at(url)
    assert (outlet.name if outlet else None) == name


def test_names_are_found_whole_and_longest_first() -> None:
    text = "The New York Times, CFR's own list and an APology, says AP."
    found = [(text[n.start : n.end], n.outlet.name) for n in OUTLETS.find(text)]
    assert found == [
        ("The New York Times", "The New York Times"),
        ("CFR", "Council on Foreign Relations"),
        ("AP", "Associated Press"),
    ]


@pytest.mark.parametrize(
    ("words", "licence"),
    [
        ("Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International", "CC-BY-NC-ND-4.0"),
        ("https://creativecommons.org/licenses/by-sa/3.0/deed.en", "CC-BY-SA-3.0"),
        ("CC BY 2.0", "CC-BY-2.0"),
        ("CC BY-NC", "CC-BY-NC"),
        ("CC0 1.0 Universal", "CC0-1.0"),
        ("OGL", "OGL-UK-3.0"),
        ("Contains public sector information under the Open Government Licence v3.0", "OGL-UK-3.0"),
        ("© 2019 Example Media. All rights reserved.", "LicenseRef-All-Rights-Reserved"),
        ("Some rights reserved.", None),
        ("by land and by sea", None),
    ],
)
def test_wording_names_its_licence(words: str, licence: str | None) -> None:
    assert licence_id(words) == licence


@pytest.mark.parametrize(
    "licence",
    ["CC0-1.0", "CC-BY-4.0", "CC BY-SA 3.0", "cc-by-sa-3.0", "OGL-UK-3.0", "MIT", "Apache-2.0",
     "PDDL-1.0", "ODC-BY", "ODbL-1.0", "ODBL", "GFDL-1.3-or-later", "Public Domain", "etalab-2.0"],
)  # fmt: skip
def test_licences_that_let_anybody_pass_a_text_on_are_open(licence: str) -> None:
    assert is_open(licence)


@pytest.mark.parametrize(
    "licence",
    ["CC-BY-NC-ND-4.0", "CC-BY-ND-4.0", "CC-BY-NC-4.0", "CC BY-NC-SA", "All rights reserved", "Strange-1.0",
     "LicenseRef-All-Rights-Reserved", "Permitted", "", None],
)  # fmt: skip
def test_every_other_licence_is_closed(licence: str | None) -> None:
    assert not is_open(licence)
