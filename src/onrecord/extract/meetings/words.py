"""The words that tell of encounters. Lemmas in lower case; neutral between sides by construction."""

from __future__ import annotations

MEET = frozenset({"meet"})
SPEAK = frozenset(
    {"talk", "speak", "confer", "consult", "negotiate", "huddle", "converse", "dine", "lunch", "discuss"}
)
"""Verbs that tell of an encounter with a `with` (or `to`) phrase, or with a plural subject."""
HOST = frozenset({"host", "receive", "welcome", "greet", "entertain"})
"""The subject receives the object."""
PHONE = frozenset({"phone", "telephone", "ring"})
TRAVEL = frozenset({"fly", "travel", "go", "arrive", "come", "head", "return"})
"""Verbs of a journey; `for talks` makes it an encounter with the host."""
VISIT = frozenset({"visit"})

NOUNS = frozenset(
    {
        "meeting", "summit", "encounter", "conversation", "discussion", "call", "teleconference",
        "lunch", "videoconference", "negotiation", "audience", "dinner", "breakfast", "tête-à-tête",
        "rendezvous", "get-together", "consultation", "phonecall", "visit", "session", "one-on-one",
        "sit-down", "dialogue", "conference", "handshake",
    }
)  # fmt: skip
PLURAL_ONLY = frozenset({"talk"})
"""`talks` is an encounter, `a talk` is a lecture."""
ONE_IN_PLURAL = frozenset({"talk", "discussion", "negotiation", "conversation", "consultation"})
"""Plural nouns that may mean one encounter; `the calls` are several."""
PORTIONS = frozenset(
    {"day", "days", "round", "series", "hour", "week", "couple", "session", "string", "number"}
)
"""Nouns that count out talks: `a day of meetings`."""
VAGUE = frozenset(
    {"dialogue", "negotiation", "discussion", "consultation", "talk", "session", "visit", "audience"}
)
"""Nouns that also name long processes: they need people, a day or a place to count."""
MEALS = frozenset({"lunch", "dinner", "breakfast"})

LIGHT = frozenset(
    {
        "hold", "have", "conduct", "begin", "start", "open", "resume", "attend", "join", "conclude",
        "finish", "end", "wrap", "chair", "continue", "schedule", "plan", "arrange", "agree", "set",
        "seek", "request", "propose", "cancel", "postpone", "delay", "scrap", "call", "put", "leave",
        "enter", "host", "want", "expect", "make", "pay", "convene", "announce", "break", "suspend",
        "abandon", "complete", "exit",
    }
)  # fmt: skip
"""Verbs whose subject takes part in the encounter that is their object."""

CANCEL = frozenset({"cancel", "scrap", "scrub", "abandon", "scupper", "ditch"})
POSTPONE = frozenset({"postpone", "delay", "defer", "reschedule", "suspend"})
PLAN = frozenset(
    {
        "plan", "schedule", "arrange", "agree", "propose", "seek", "request", "expect", "prepare",
        "intend", "hope", "want", "offer", "invite", "announce", "set", "suggest", "slate", "demand",
        "aim", "consider", "need", "ask", "urge", "push", "refuse", "due", "fix",
    }
)  # fmt: skip
"""Verbs under which an encounter has not taken place yet."""
AHEAD = frozenset(
    {
        "upcoming", "planned", "scheduled", "forthcoming", "next", "future", "proposed", "possible",
        "potential", "prospective", "coming", "expected", "tentative", "eventual", "new",
    }
)  # fmt: skip
WITHIN = frozenset(
    {"in", "during", "at", "after", "following", "amid", "from", "throughout", "since", "with"}
)
"""Prepositions that put the subject of the clause inside the encounter: `at a meeting with …, she said`."""
BEFORE = frozenset({"before", "ahead", "until", "pending"})

MANY = frozenset(
    {
        "respective", "previous", "many", "several", "numerous", "frequent", "regular", "repeated",
        "countless", "weekly", "monthly", "annual", "various", "past", "earlier", "all", "these", "no",
        "any", "every", "each", "other",
    }
)  # fmt: skip
"""Modifiers of plural nouns that speak of a series, not of one encounter."""
OTHER_TIME = frozenset(
    {"previous", "earlier", "last", "second", "third", "another", "first", "later", "next", "again"}
)

NOT_ENCOUNTERS = frozenset(
    {
        "news", "press", "cabinet", "board", "staff", "town", "prayer", "campaign", "security council",
        "committee", "shareholder", "court", "council", "party", "congressional", "rally", "wake-up",
        "roll", "conference", "distress", "training", "plenary", "parliament", "strategy", "hall",
        "community", "fundraising",
    }
)  # fmt: skip
"""Words in front of the noun that make it something else: a news conference, a board meeting."""

CALLS = frozenset({"phone", "telephone", "telephoned", "hotline", "telephonic", "by-phone"})
VIDEOS = frozenset({"video", "virtual", "videolink", "online", "video-link", "videoconference", "zoom"})
FACES = frozenset({"face", "person", "one-on-one", "in-person", "face-to-face", "handshake", "table"})

OCCASIONS = (
    "G20", "G-20", "G7", "G-7", "G8", "G-8", "Group of Twenty", "Group of 20", "Group of Seven",
    "Group of Eight", "APEC", "ASEAN", "NATO", "BRICS", "OSCE", "CSCE", "OPEC", "ECOWAS", "SADC", "IGAD",
    "GCC", "COP", "CIS", "SCO", "Arab League", "African Union", "European Union", "EU", "EC",
    "European Council", "Commonwealth", "East Asia Summit", "Shanghai Cooperation Organization",
    "Shanghai Cooperation Organisation", "OAS", "U.N. General Assembly", "UN General Assembly",
    "United Nations General Assembly", "General Assembly", "Munich Security Conference",
    "World Economic Forum", "Davos", "Shangri-La Dialogue", "Non-Aligned Movement",
    "Summit of the Americas", "Francophonie", "Pacific Islands Forum", "climate conference",
    "Western Balkans",
)  # fmt: skip
"""Gatherings on whose sidelines encounters take place; the words after them (`summit`) are kept as told."""
