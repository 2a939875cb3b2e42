"""The words that tell of agreements. Lemmas in lower case."""

from __future__ import annotations

from onrecord.types import CommitmentState

TRUCES = frozenset({"cease-fire", "ceasefire", "truce", "armistice", "fire", "de-escalation"})
"""One class of agreement: what stops the shooting (`cease fire` is tagged in two)."""
NOUNS = TRUCES | frozenset(
    {
        "agreement", "deal", "accord", "treaty", "pact", "memorandum", "protocol", "compromise",
        "settlement", "understanding", "convention", "communique", "communiqué", "arrangement",
        "moratorium", "swap", "framework", "roadmap", "road-map", "contract", "commitment",
        "declaration", "plan", "exchange",
    }
)  # fmt: skip
WEAK = frozenset(
    {
        "plan", "exchange", "commitment", "declaration", "framework", "arrangement", "contract",
        "understanding", "compromise", "settlement", "swap",
    }
)  # fmt: skip
"""Nouns that speak of an agreement only under a verb of agreeing or with two named sides."""

MAKE = frozenset(
    {
        "sign", "reach", "conclude", "strike", "seal", "ratify", "clinch", "ink", "initial", "finalise",
        "finalize", "agree", "broker", "forge", "cement", "approve", "endorse", "produce", "announce",
        "adopt", "complete", "secure", "negotiate", "hammer", "mediate", "arrange", "accept", "renew",
        "extend", "make", "bring", "cut",
    }
)  # fmt: skip
BROKER = frozenset({"broker", "mediate", "facilitate", "arrange"})
RENEW = frozenset({"renew", "extend", "prolong"})
HOLD = frozenset({"hold", "begin", "start", "enter", "take", "come", "apply", "govern", "limit", "ban"})
BREAK = frozenset({"violate", "breach", "break", "flout", "infringe", "collapse", "shatter", "unravel"})
LEAVE = frozenset(
    {
        "withdraw", "pull", "quit", "exit", "abandon", "leave", "terminate", "denounce", "scrap",
        "repudiate", "abrogate", "suspend", "renounce", "tear", "cancel",
    }
)  # fmt: skip
KEEP = frozenset({"keep", "honour", "honor", "observe", "respect", "abide", "adhere"})
"""Verbs that tell an agreement as kept."""
FORBID = frozenset({"forbid", "prohibit", "prescribe"})
"""What, in the present tense, an agreement in force does."""
LASTING = frozenset({"until", "till", "through", "for"})
"""Prepositions of the time for which an agreement runs."""
CONSENTS = frozenset({"agree", "consent", "accept"})
"""Verbs with which sides agree on what stands behind them."""
PRIVATE = frozenset(
    {
        "invitation", "resignation", "apology", "responsibility", "blame", "award", "prize", "gift", "defeat",
        "result", "report", "challenge",
    }
)  # fmt: skip
"""What is accepted without anything being agreed on."""
LEAVING = frozenset({"withdrawal", "exit", "pullout", "departure", "suspension", "termination"})
PROLONGING = frozenset({"renewal", "extension"})
EXPIRE = frozenset({"expire", "lapse", "end"})
PROPOSE = frozenset(
    {
        "propose", "offer", "suggest", "draft", "float", "present", "table", "discuss", "seek", "want",
        "push", "urge", "demand", "consider", "negotiate",
    }
)  # fmt: skip
REFUSE = frozenset({"reject", "refuse", "fail", "decline", "block", "veto"})
BEGIN = frozenset({"begin", "start", "commence"})
OPEN_ENDED = ("remains a subject of", "remain a subject of", "remains to be agreed", "yet to be agreed",
              "left open", "remains unresolved", "remain unresolved", "still to be agreed", "not yet agreed",
              "has yet to be settled", "remains to be settled", "are still to be settled")  # fmt: skip
SCHEDULE = frozenset({"schedule", "set", "fix", "arrange", "plan", "announce", "name"})
SCHEDULED = frozenset({"date", "meeting", "encounter", "round", "summit", "talk", "session", "day"})
"""What is told as not set or scheduled."""
QUESTIONS = frozenset({"question", "matter", "issue", "point", "date", "time", "place"})
"""What is told as left open; a door is not."""
DECIDE = frozenset({"decide", "set", "settle", "determine", "fix", "agree", "resolve"})
"""Verbs that, negated, leave a question open."""
ASKING = frozenset({"when", "where", "who", "whether", "how", "which", "what", "if"})
"""Words that open the clause of such a question."""
UNREAL = frozenset({"unless", "if", "until", "till", "once", "whether", "before", "lest"})
"""Conjunctions under which nobody has agreed yet."""
GENERIC = frozenset(
    {
        "agreement", "deal", "accord", "pact", "treaty", "it", "this", "a", "an", "the", "that", "of",
        "on", "in", "to", "for", "and", "its", "their", "new", "with", "between", "which", "was", "is",
        "by", "two", "sides", "regional", "draft", "final", "such", "any", "no",
    }
)  # fmt: skip
"""Words that do not tell one agreement from another."""

CONSENT = frozenset({"agree", "undertake", "consent", "commit", "accept", "oblige"})
"""Verbs that promise where an infinitive or a clause that looks ahead follows."""
GIVING = frozenset({"pledge", "promise", "guarantee", "offer"})
"""Verbs of promising whose object is what is promised."""
PROMISES = frozenset({"promise", "pledge", "commitment", "undertaking", "guarantee", "vow", "assurance"})
WILL = frozenset({"will", "would", "shall", "wo", "'ll", "’ll", "must", "to"})
"""Auxiliaries of what is to be done."""
UNLESS = frozenset({"if", "unless", "once", "until", "till", "provided"})
"""Conjunctions of what a promise hangs on."""
AFTER = frozenset({"after", "when", "as"})
"""Conjunctions of the scene in which a promise was given."""
BINDING = frozenset({"require", "oblige", "commit", "bind", "obligate"})
OBLIGED = frozenset({"require", "oblige", "obligate", "bind", "have", "agree"})
NO_DEED = frozenset(
    {
        "be", "meet", "talk", "speak", "disagree", "differ", "discuss", "hear", "see", "have", "go", "gain",
        "benefit", "receive", "get", "obtain", "lose", "enjoy", "become", "need", "remain",
    }
)  # fmt: skip
"""Infinitives that name no deed of one side: encounters are meetings."""
SUPPLYING = frozenset({"supply", "provide", "help", "assist", "compensate", "pay", "repay", "support"})
"""Verbs whose object is who benefits."""
DUTIES = frozenset({"obligation", "commitment", "duty", "right", "undertaking"})
"""What one has under a treaty; to give it up is no promise."""
DAYS_OF = {"by": "due", "before": "due", "on": "due", "in": "due", "within": "due", "from": "effective",
           "starting": "effective", "until": "expires", "till": "expires", "through": "expires"}  # fmt: skip
"""What a day under the deed is, by the preposition before it."""
SEEMING = frozenset({"appear", "seem", "expect", "suppose", "rumour", "think", "believe"})
"""Verbs under which nobody is told to have promised."""
TALKS = frozenset({"talk", "meeting", "negotiation", "summit", "consultation", "discussion"})
HOLDING = frozenset({"hold", "begin", "start", "resume", "continue", "have", "open", "conduct"})
"""Verbs that with talks for their object tell an encounter."""
LATER: dict[CommitmentState, frozenset[str]] = {
    "kept": frozenset({"keep", "honour", "honor", "fulfil", "fulfill", "meet"}),
    "violated": frozenset({"break", "breach", "violate", "renege"}),
    "withdrawn": frozenset({"withdraw", "drop", "abandon", "scrap", "retract", "cancel", "rescind"}),
}
"""What became of a promise, by the verb over it."""
