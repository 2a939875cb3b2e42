"""What pages ask of a record."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from onrecord.record import Store, lookup
from tests.record.making import reading


def test_a_state_of_which_only_people_are_named_has_its_name_too(tmp_path: Path) -> None:
    one = reading()
    soviet = tuple(replace(a, country="SUN") if a.id == "mira" else a for a in one.actors)
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(replace(one, actors=soviet))
        assert lookup.state_names(store) == {"FIN": "Finland", "NOR": "Norway", "SUN": "Soviet Union"}
