# ruff: noqa: E501  (a page and a script keep their lines)
"""Reading looks nothing up and runs no code out of model files; both are watched by Python's own audit hooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WATCHED = """
import sys
seen = []
def watch(event, args):
    family = getattr(args[0], "family", None) if event.startswith("socket.") and args else None
    if event == "pickle.find_class" or event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect"):
        if family is None or family.name.startswith("AF_INET"):
            seen.append((event, str(args)[:200]))
sys.addaudithook(watch)
from onrecord import building
from onrecord.acquire.languages import language_of
from onrecord.types import Reject
results = list(building.read(sys.argv[1:]))
assert len(results) == 3 and not any(isinstance(r, Reject) for r in results), results
assert language_of("Le ministre a dit que les deux pays ne se sont pas mis d'accord sur la question.") == "fr"
print(seen)
"""  # fmt: skip
PAGE = """<html><head><title>Talks</title><link rel="canonical" href="http://example.org/a">
<meta property="og:image" content="http://169.254.169.254/x.png"><script src="http://10.0.0.1/x.js"></script></head><body>
<article><p>Kenya's minister met Chile's minister in Oslo on 3 May 2016. “We agreed,” said the minister of Kenya.</p>
<p>Kenya's minister said that Chile would open the border by June, and that the talks had gone well.</p></article></body>"""
LINE = '{"text": "Chile met Kenya.", "url": "http://127.0.0.1:1/x", "id": "http://10.0.0.1/"}\n'


def test_reading_opens_no_connection_and_unpickles_nothing(tmp_path: Path) -> None:
    """Every model is loaded: spaCy's, the tagger, the language identifier. Without routes where that may be asked."""
    (tmp_path / "a.txt").write_text("Kenya's minister met Chile's in Oslo. “We agreed,” he said on Monday.")
    (tmp_path / "b.html").write_text(PAGE)
    (tmp_path / "c.jsonl").write_text(LINE)
    python = [sys.executable, "-c", WATCHED, *(str(p) for p in sorted(tmp_path.iterdir()))]
    command = ["unshare", "--net", *python] if _may_unshare() else python
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def _may_unshare() -> bool:
    """Whether this system lets a process have a network without routes."""
    tool = shutil.which("unshare")
    return (
        tool is not None
        and subprocess.run([tool, "--net", "true"], capture_output=True, check=False).returncode == 0
    )


def test_locks_pin_every_package_with_its_hashes() -> None:
    for lock in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / lock).read_text(encoding="utf-8").replace("\\\n", " ")
        pins = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
        assert pins and all("==" in line and "--hash=sha256:" in line for line in pins)
