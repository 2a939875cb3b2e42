"""Who there is in the world: states, organisations, people and their dated offices.

    registry = Registry.load()                                    # or Registry.load((Path("mine.csv"),))
    registry.country("Russian").iso3                              # 'RUS'; code, name, adjective, capital …
    registry.state("RUS")                                         # Actor(id='state:RUS', …)
    registry.holders("foreign minister", "RUS", date(2017, 7, 7)) # (Term(actor='person:sergey-lavrov', …),)
    registry.holders("secretary-general", "org:nato", Range(a, b))
    registry.offices("person:john-kerry")                         # his dated terms, earliest first
    registry.actor("person:john-kerry", date(2015, 1, 1))         # Actor with role and country at that date
    registry.terms                                                # all terms of office
    registry.forms, registry.titles, registry.organisations, registry.countries

Ids: `state:RUS`, `gov:RUS`, `org:nato`, `person:vladimir-putin`, `medium:reuters`, `armed:isis`,
`group:USA-officials`. A metonym of a state as an actor (Moscow, Paris said) is the state; `gov:` is used
only where a text names the government as such; seats with an identity of their own (the Kremlin, the White
House, the Pentagon) are organisations of kind `government`.
"""

from onrecord.facts.actors.registry import FAMILY_NAME_FIRST, Entry, Registry, Use, short_names
from onrecord.facts.actors.rows import Country, Organisation, Term, TermRow, Title, slug

__all__ = [
    "FAMILY_NAME_FIRST",
    "Country",
    "Entry",
    "Organisation",
    "Registry",
    "Term",
    "TermRow",
    "Title",
    "Use",
    "short_names",
    "slug",
]
