"""The JSON API keeps to its own description: schemathesis asks, a bounded number of times."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from onrecord.record import Store
from onrecord.serve.web import application
from onrecord.serve.web.openapi import describe
from tests.record import making

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
HOST = {"host": "127.0.0.1"}


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Path → what schemathesis knows of it."""
    path: Path = tmp_path_factory.mktemp("described") / "r.db"
    reading = making.reading("a.txt")
    with Store.open(path, write=True) as store:
        store.write(reading)
        store.write_merged(making.merged(reading))
        store.set_manifest(complete=True)
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", application(path), headers=HOST)
    return {found.ok().path: found.ok() for found in schema.get_all_operations()}


@pytest.mark.parametrize("path", describe()["paths"])
def test_every_answer_is_as_described(described: dict[str, Any], path: str) -> None:
    @settings(max_examples=5, suppress_health_check=list(HealthCheck), database=None)
    @given(case=described[path].as_strategy())
    def ask(case: Any) -> None:
        case.validate_response(case.call(headers=HOST), checks=CHECKS)

    ask()
