"""The notebook of docs/ runs from a folder to a plot."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]


def test_the_notebook_goes_from_a_folder_to_a_plot_in_ten_lines(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    notebook = nbformat.read(ROOT / "docs" / "tone-by-month.ipynb", as_version=4)
    first, second = (c for c in notebook.cells if c.cell_type == "code")
    assert len([line for line in first.source.splitlines() if line.strip()]) <= 11  # the imports are three
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    assert any("image/png" in output.get("data", {}) for output in first.outputs)
    assert "recipients_names" in second.outputs[-1]["data"]["text/html"]
