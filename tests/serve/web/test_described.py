"""The JSON API keeps to its own description: schemathesis asks, a bounded number of times."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from onrecord.record import Store
from onrecord.serve.web import application
from tests.record import making


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("described") / "r.db"
    reading = making.reading("a.txt")
    with Store.open(path, write=True) as store:
        store.write(reading)
        store.write_merged(making.merged(reading))
        store.set_manifest(complete=True)
    headers = {"host": "127.0.0.1"}
    return schemathesis.openapi.from_asgi("/api/openapi.json", application(path), headers=headers)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Any) -> None:
    answer = case.call(headers={"host": "127.0.0.1"})
    case.validate_response(
        answer,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )
