"""One target under atheris: `python -m tests.fuzz ROOM [-runs=200000 -max_total_time=600 …]`.

Options are libFuzzer's. Inputs that reach new code are kept in build/fuzz/ROOM; what breaks a law is written
to `crash-…` there, becomes a file of `corpus/ROOM`, and so a test.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["onrecord"]):
    from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"


def main() -> None:
    room, *given = sys.argv[1:]
    kept = Path("build/fuzz") / room
    kept.mkdir(parents=True, exist_ok=True)
    options = ["-max_len=2048", "-timeout=20", "-rss_limit_mb=3000", f"-artifact_prefix={kept}/crash-"]
    atheris.Setup(["fuzz", *options, *given, str(kept), str(CORPUS / room)], TARGETS[room])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
