"""The doctor finds what is there and what is not."""

from __future__ import annotations

import pytest

from onrecord.serve import doctor


def test_a_complete_installation_is_found_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.report() == 0
    told = capsys.readouterr().out
    assert "parser/model: hash as released" in told
    assert "reader.onnx: hash as released" in told


def test_a_changed_model_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(doctor.LANGUAGE_MODEL_HASHES, "parser/model", "0" * 64)
    assert doctor.report() == 1
    assert "parser/model: not the released file; install the package again" in capsys.readouterr().out
