"""Record ⇄ SQLite: schema, store, search, listings, export."""

from onrecord.record.coverage import Coverage, Run
from onrecord.record.exporting import export
from onrecord.record.filters import Filters, side
from onrecord.record.grounding import check, sound
from onrecord.record.listing import columns_of, flat, listing, rows_as_json
from onrecord.record.store import Store

__all__ = [
    "Coverage", "Filters", "Run", "Store", "check", "columns_of", "export", "flat", "listing", "rows_as_json",
    "side", "sound",
]  # fmt: skip
