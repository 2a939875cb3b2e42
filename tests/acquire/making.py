"""Web archives made by hand, and short ways to read what was made."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord import acquire
from onrecord.settings import Settings
from onrecord.types import Acquired, Reject

CAPTURED = "2011-05-04T09:00:00Z"
SENTENCE = "The foreign ministers of Norland and Sudria met in Geneva on Monday."


def read(*inputs: str | Path, **settings: int) -> list[Acquired | Reject]:
    return list(acquire.read([str(i) for i in inputs], settings=Settings(**settings)))


def texts(found: Iterable[Acquired | Reject]) -> list[str]:
    return [f.article.text for f in found if isinstance(f, Acquired)]


def rejects(found: Iterable[Acquired | Reject], *, deliberate: bool = False) -> list[Reject]:
    return [f for f in found if isinstance(f, Reject) and f.deliberate == deliberate]


def page(name: str, encoding: str = "utf-8") -> bytes:
    """A page whose article names itself, long enough to be found."""
    body = (
        f"<p>{SENTENCE} This is the café report on {name}.</p>"
        + f"<p>{SENTENCE} They agreed on little.</p>" * 4
    )
    head = f"<head><title>Talks of {name}</title></head>"
    return f"<html>{head}<body><article>{body}</article></body></html>".encode(encoding)


class Archive:
    """A WARC file in the making; every record has a length and digests."""

    def __init__(self, *, gzip: bool = False) -> None:
        self._bytes = io.BytesIO()
        self._writer = WARCWriter(self._bytes, gzip=gzip)
        self.ends: list[int] = []

    def response(
        self, name: str, body: bytes, *, status: str = "200 OK", type: str = "text/html", **headers: str
    ) -> Archive:
        told = [("Content-Type", type), *((key.replace("_", "-"), value) for key, value in headers.items())]
        answer = StatusAndHeaders(status, told, protocol="HTTP/1.1")
        return self._write(
            self._writer.create_warc_record(
                f"http://example.org/{name}", "response", payload=io.BytesIO(body), http_headers=answer,
                warc_headers_dict={"WARC-Record-ID": f"<urn:test:{name}>", "WARC-Date": CAPTURED},
            )
        )  # fmt: skip

    def record(self, name: str, kind: str, body: bytes, type: str) -> Archive:
        return self._write(
            self._writer.create_warc_record(
                f"http://example.org/{name}", kind, payload=io.BytesIO(body), warc_content_type=type,
                warc_headers_dict={"WARC-Record-ID": f"<urn:test:{name}>"},
            )
        )  # fmt: skip

    def _write(self, record: object) -> Archive:
        self._writer.write_record(record)
        self.ends.append(self._bytes.tell())
        return self

    @property
    def data(self) -> bytes:
        return self._bytes.getvalue()
