"""What was read and what was left out: nothing is skipped in silence."""

from __future__ import annotations

from collections import Counter

import msgspec

from onrecord.types import Reject

SHOWN_REJECTS = 20
LOOK_ALIKES = (
    "SELECT count(*) FROM mentions"
    " WHERE \"text\" GLOB '*[A-Za-z]*' AND \"text\" GLOB '*[\u0370-\u03ff\u0400-\u052f]*'"
)
"""Counts the mentions that mix Latin letters with Greek or Cyrillic ones (see `facts.letters`)."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What one build or add did."""

    read: int = 0
    """Articles read now."""
    kept: int = 0
    """Articles that the record held already, read with the same settings."""
    removed: int = 0
    """Articles that are no longer among the inputs."""
    rejected: int = 0
    """Inputs of this run that could not be read."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How much of the inputs a record holds, and why not the rest."""

    articles: int
    characters: dict[str, int]
    """Role of passages → characters, in all articles; `unlabelled`: between passages."""
    rejected: tuple[Reject, ...] = ()
    """Inputs that could not be read."""
    left_out: tuple[Reject, ...] = ()
    """Inputs that were left out on purpose."""
    refused: dict[str, dict[str, int]] = {}
    """Kind → reason → rows that were not written because they are not grounded."""
    run: Run | None = None
    complete: bool = True
    """False while a build is under way, or was broken off."""
    look_alikes: int = 0
    """Mentions with letters of another alphabet that look like Latin ones; counted after a run only."""
    corrections_lost: int = 0
    """Corrections that do not find some of their words in the articles."""

    @property
    def exit_code(self) -> int:
        """0: everything was read or left out on purpose; 3: some inputs could not be read."""
        failed = self.run.rejected if self.run else len(self.rejected)
        return 3 if failed else 0

    @property
    def refused_rows(self) -> int:
        """Number of rows that were not written."""
        return sum(n for reasons in self.refused.values() for n in reasons.values())

    def lines(self) -> list[str]:
        """The report as lines for a person."""
        run, total = self.run, sum(self.characters.values())
        told = [f"articles: {self.articles}"]
        if run:
            told[0] += f" (read now {run.read}, kept {run.kept}, removed {run.removed})"
        if total:
            shares = sorted(self.characters.items(), key=lambda item: (-item[1], item[0]))
            told.append("characters: " + ", ".join(f"{role} {n} ({n / total:.0%})" for role, n in shares))
        told += _listed("could not be read", self.rejected)
        told += _listed("left out on purpose", self.left_out)
        if self.refused:
            told.append(f"rows refused because their words are not in the text: {self.refused_rows}")
            told += [
                f"  {kind}: {reason} ({n})"
                for kind, reasons in self.refused.items()
                for reason, n in reasons.items()
            ]
        if self.look_alikes:
            told.append(
                f"mentions with letters of another alphabet that look alike: {self.look_alikes}; "
                "their reasons name the letters (`onrecord mentions`)"
            )
        if self.corrections_lost:
            told.append(
                f"corrections that do not find their words: {self.corrections_lost}; "
                "`onrecord correct RECORD.db` lists them"
            )
        if not self.complete:
            told.append("the build was broken off; run the same command again to finish it")
        return told


def _listed(title: str, rejects: tuple[Reject, ...]) -> list[str]:
    if not rejects:
        return []
    reasons = Counter(r.reason for r in rejects)
    counted = ", ".join(f"{reason} {n}" for reason, n in sorted(reasons.items()))
    lines = [f"{title}: {len(rejects)} ({counted})"]
    lines += [f"  {r.path}: {r.reason}{': ' + r.detail if r.detail else ''}" for r in rejects[:SHOWN_REJECTS]]
    if len(rejects) > SHOWN_REJECTS:
        lines.append(f"  … and {len(rejects) - SHOWN_REJECTS} more")
    return lines
