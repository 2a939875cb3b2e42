"""What is put before spaCy: the text with what is not read blanked, offset for offset."""

from __future__ import annotations

import pytest

from onrecord.annotate.syntax import masked
from onrecord.types import Passage


@pytest.mark.parametrize("sign", ['"', "a", "…", "\u200b"])
def test_a_run_no_language_writes_is_blanked_and_the_rest_stays(sign: str) -> None:
    text = f"They met. {sign * 400} They left. {sign * 399}"
    found = masked(text, [Passage(start=0, end=len(text), role="body")])
    assert found == f"They met. {' ' * 400} They left. {sign * 399}"
