"""Every command and snippet in the README and the quickstart runs and prints what stands below it.

In a ```console block a line `$ command` is run by the shell, in a folder with a copy of examples/, and the
lines below it are its output; a line `…` stands for any lines. A ```python block is run as a script, and a
```text block right after it is its output. The blocks of one document run in order, in one folder.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [p for p in (ROOT / "README.md", ROOT / "docs" / "quickstart.md") if p.is_file()]
SET_UP = ("make ", "git ", "pip ")
"""Commands of the set-up itself: a test cannot install what it runs in."""
_BLOCK = re.compile(r"^```(console|python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(document: Path) -> Iterator[tuple[list[str], str]]:
    """(command, expected output) of each example, in order."""
    script: str | None = None
    for kind, body in _BLOCK.findall(document.read_text(encoding="utf-8")):
        if kind == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                if not command.startswith(SET_UP):
                    yield ["bash", "-c", command], output
        elif kind == "python":
            if script is not None:
                yield [sys.executable, "-c", script], "…\n"
            script = body
        elif script is not None:
            yield [sys.executable, "-c", script], body
            script = None


def fits(expected: str, output: str) -> bool:
    """Whether an output has the expected lines, `…` standing for any."""
    pattern = "".join(".*?" if line == "…" else re.escape(line) + r"\s*?\n" for line in expected.splitlines())
    return re.fullmatch(pattern, output, re.DOTALL) is not None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
def test_every_example_prints_what_the_document_shows(document: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    ran = 0
    for command, expected in examples(document):
        done = subprocess.run(
            command,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={"PATH": path, "COLUMNS": "100"},
            check=False,
        )
        assert done.returncode == 0, f"{command[-1]}\n{done.stderr}"
        if expected.strip():
            assert fits(expected, done.stdout), f"{command[-1]} printed\n{done.stdout}\n{done.stderr}"
        ran += 1
    assert ran >= 3
