"""States that titles and groups name, whoever bears them: `the Haitian prime minister` speaks of Haiti."""

from __future__ import annotations

import dataclasses

from onrecord.facts.actors import Registry
from onrecord.types import Parsed, state_told


def with_states(parsed: Parsed, registry: Registry) -> Parsed:
    """The article with the states of its titles among its actors; the mentions stay unlinked."""
    states = {s for m in parsed.mentions if (s := state_told(m))}
    known = {s: a for s in sorted(states - set(parsed.actors)) if (a := registry.actor(s))}
    return dataclasses.replace(parsed, actors={**parsed.actors, **known}) if known else parsed
