"""`onrecord serve` as a person starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.record import making
from tests.serve.web.test_pages import written

COMMAND = [sys.executable, "-m", "onrecord.serve.cli", "serve"]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_the_command_says_where_and_serves_until_it_is_ended(tmp_path: Path) -> None:
    record, port = written(tmp_path / "r.db", making.reading()), free_port()
    served = subprocess.Popen(
        [*COMMAND, str(record), "--port", str(port)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert served.stderr is not None
        assert f"http://127.0.0.1:{port}/" in served.stderr.readline()
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
                    assert b"Talks in Oslo" in page.read()
                    assert "server" not in page.headers
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        else:
            raise AssertionError("no answer in ten seconds")
    finally:
        served.terminate()
        served.wait(timeout=10)


def test_another_address_without_a_token_is_wrong_usage(tmp_path: Path) -> None:
    record = written(tmp_path / "r.db", making.reading())
    kept = {k: v for k, v in os.environ.items() if k != "ONRECORD_TOKEN"}
    for words in ([str(record), "--host", "0.0.0.0"], [str(tmp_path / "none.db")]):
        ended = subprocess.run([*COMMAND, *words], capture_output=True, text=True, env=kept, check=False)
        assert ended.returncode == 2
        assert ended.stdout == ""
        assert ended.stderr.startswith("onrecord: ")


def test_help_does_not_load_the_server() -> None:
    script = (
        "import sys, onrecord.serve.cli; print(sorted({'starlette', 'uvicorn', 'jinja2'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
