"""The static site: every link leads to a file, nothing needs a server, closed texts are cut."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from onrecord.record import Store
from onrecord.record.exporting import SHORT_QUOTATION
from onrecord.record.exporting.copying import blanked
from onrecord.serve.cli import app
from onrecord.serve.site import NOTE, Names, export_site, is_kept
from onrecord.types import Actor, Mention, Reading, Span, Statement
from tests.record.making import article, merged, reading

SAID = " ".join(f"We will speak of fish number {n}." for n in range(30))
UNQUOTED = "Nobody is quoted with these words at all."
LONG = f"“{SAID}”\n{UNQUOTED}"


def closed_reading() -> Reading:
    """A long statement, and words that no row holds, of an article without a licence."""
    whole = (Span(0, len(SAID) + 2),)
    said = Statement(id="s-0123456789ab", source=(), cue=(), content=whole, quote=LONG[: whole[0].end],
                     speaker=None, speech="direct", act="say")  # fmt: skip
    return Reading(article=article("closed.txt", LONG, title="<script>alert(1)</script>"), statements=(said,))


@pytest.fixture
def record(tmp_path: Path) -> Path:
    a = reading("a.txt", licence="CC0-1.0", url="javascript:alert(1)")
    odd = Actor(id="../../odd: id?", name="Odd", kind="person")
    a = replace(a, actors=(*a.actors, odd), mentions=(*a.mentions, Mention(
        start=0, end=5, text="Talks", form="name", actor=odd.id)))  # fmt: skip
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(a, closed_reading())
        store.write_merged(merged(a))
        store.set_manifest(onrecord="0", complete=True)
    return tmp_path / "r.db"


def site(record: Path, **options: bool) -> Path:
    with Store.open(record) as store:
        export_site(store, record.parent / "site", **options)
    return record.parent / "site"


def links(page: Path) -> list[str]:
    return [html.unescape(h) for h in re.findall(r'\s(?:href|src)="([^"]*)"', page.read_text("utf-8"))]


def test_every_link_leads_to_a_file_and_to_its_place_there(record: Path) -> None:
    folder = site(record)
    followed = 0
    for page in folder.rglob("*.html"):
        for link in links(page):
            path, _, fragment = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file() and target.is_relative_to(folder.resolve()), (page.name, link)
            assert not fragment or f'id="{fragment}"' in target.read_text("utf-8"), (page.name, link)
            followed += 1
    assert followed > 50
    assert (folder / "style.css").is_file()


def test_every_row_has_its_page(record: Path) -> None:
    folder = site(record)
    with Store.open(record) as store:
        rows = {kind: len(list((folder / kind).iterdir())) for kind in ("articles", "statements", "meetings")}
        assert rows == {"articles": 2, "statements": 2, "meetings": 1}
        assert len(list((folder / "actors").iterdir())) == len(store.actors())


def test_nothing_is_left_that_needs_a_server(record: Path) -> None:
    told = "".join(p.read_text("utf-8") for p in site(record).rglob("*.html"))
    assert "<form" not in told and "/api/" not in told and "search?" not in told
    assert "Corrections" not in told and "Correct this" not in told
    assert 'href="/' not in told and "javascript:" not in told and "<script" not in told
    assert "default-src 'none'" in told


def test_texts_without_an_open_licence_are_cut_and_the_page_says_so(record: Path) -> None:
    files = (p for p in site(record).rglob("*") if p.is_file() and p.suffix != ".png")
    told = {p: html.unescape(p.read_text("utf-8")) for p in files}
    too_long = SHORT_QUOTATION + 1
    for page, text in told.items():
        plain = re.sub(r"<[^>]*>", "", text)
        assert UNQUOTED not in plain, page
        assert not any(SAID[n : n + too_long] in plain for n in range(len(SAID) - too_long)), page
    assert sum(NOTE in text for text in told.values()) == 1


def test_who_holds_the_right_gets_every_word(record: Path) -> None:
    told = "".join(p.read_text("utf-8") for p in site(record, full_text=True).rglob("*.html"))
    assert UNQUOTED in told and NOTE not in told


def test_two_exports_are_the_same_bytes(record: Path) -> None:
    def files() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in site(record).rglob("*") if p.is_file()}

    assert files() == files()


def test_the_record_itself_is_untouched(record: Path) -> None:
    before = record.read_bytes()
    site(record)
    assert record.read_bytes() == before


def test_a_blanked_text_keeps_its_length_and_its_lines() -> None:
    told = blanked(closed_reading())
    assert len(told) == len(LONG) and told.count("\n") == LONG.count("\n")
    assert told[:50] == LONG[:50] and UNQUOTED not in told


@pytest.mark.parametrize(
    ("address", "kept"),
    [("/", True), ("/actors/state:RUS", True), ("/statements?cursor=1.a", True), ("/issues?issue=fish", True),
     ("/statements?issue=fish", False), ("/api/statements", False), ("/data/r/actors", False),
     ("/search?q=x", False), ("//evil.example/x", False), ("/apiary", True)],
)  # fmt: skip
def test_what_needs_a_question_or_a_server_is_no_file(address: str, kept: bool) -> None:
    assert is_kept(address) == kept


def test_files_are_named_for_every_file_system_and_each_its_own() -> None:
    names = Names()
    asked = ("/", "/actors/a:b", "/actors/a-b", "/actors/A-B", "/actors/..%2F..%2Fx", "/style.css",
             "/issues?issue=f%20g", "/articles?page=2", "/articles")  # fmt: skip
    found = [names.of(address) for address in asked]
    assert found[:2] == ["index.html", "actors/a-b.html"]
    assert "style.css" in found and "issues-f-g.html" in found
    assert len({f.lower() for f in found}) == len(found)
    assert not any(".." in f or f.startswith("/") for f in found)


def test_the_command_writes_it(record: Path) -> None:
    done = CliRunner().invoke(app, ["export", str(record), "--to", "site", str(record.parent / "out")])
    assert done.exit_code == 0, done.output
    assert (record.parent / "out" / "index.html").is_file()
