"""Stances that words perform: `I reject it`, `the answer is no`, `you have my word`, `turned down`.

Read off a cue's own words where the table of acts has none for them, and off quoted words in the first
person. English says no and yes in few ways; nothing here names a matter or a side, so both are read alike.
"""

from __future__ import annotations

import re

from onrecord.merge.stances import AGREES, OFFERS, PROMISES, REJECTS, THREATENS, Stance
from onrecord.types import Statement


def _any(*parts: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of alternatives; a blank stands for white space."""
    return re.compile("|".join(parts).replace(" ", r"\s+"), flags)


_NOT = r"(?: not|n['’]t| never)"
_WE = (
    r"\b(?:I|[Ww]e|[Mm]y (?:government|country|cabinet|ministry|side)"
    r"|[Oo]ur (?:government|country|side|position))\b"
)
_HAVE = r"(?:['’]ve| have| had)?"
_WELL = (
    r"(?: (?:also|now|again|always|simply|just|flatly|firmly|still|therefore|hereby|fully|gladly|too|both))*"
)
_AM = r"(?:['’]m|['’]re| am| are| is| was| were)"
_MIND = (
    r"(?:know|think|believe|see|understand|remember|recall|say|tell|comment|speculate|doubt|mean|feel|hear"
    r"|expect|forget|regret|apologi[sz]e|answer|discuss|speak|talk|have|be|like|mind|care|need|hide|deny"
    r"|rule out|object|oppose|reject|refuse|stop|hesitate|insist|lose|get|make|look|forgive|fear|attack|harm"
    r"|invade|strike|only)"
)
"""Verbs whose denial refuses nothing that somebody asks for."""
_TALKING = (
    r"(?:talk|discuss|meet|negotiate|listen|hear|consider|fight|wait|defend|retaliate|respond|use|strike|impose"
    r"|answer|walk|leave|go|die|say|note|see|be|have)"
)
"""Verbs that offer nothing: `ready to listen`."""
_OWN = r"(?:his|her|its|their)"
_CUES: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    (
        REJECTS,
        _any(
            r"\b(?:turn(?:s|ed|ing)?|vot(?:es|ed)|shot|knock(?:s|ed)?) (?:\w+ )?down\b",
            r"\b(?:rul|brush|wav|cast)(?:es|ed) (?:\w+ )?(?:out|aside|off|away)\b",
            r"\b(?:dismiss|spurn|scorn|rebuff|veto)(?:es|e?d)\b",
            r"\bthrew out\b",
            r"\bwould have none\b",
            rf"\b(?:will|would|wo|could|can|did|does|do){_NOT} "
            r"(?:hear of|budge|accept|agree|allow|consider|countenance|entertain|tolerate|consent)\b",
            r"\b(?:said|says|saying) no\b",
            rf"\bput {_OWN} foot down\b",
            flags=re.IGNORECASE,
        ),
    ),
    (
        AGREES,
        _any(
            r"\b(?:relent|consent|acced|acquiesc)(?:s|es|ed)\b",
            r"\b(?:gave|gives|given) (?:way|in|ground)\b",
            r"\bback(?:s|ed) down\b",
            r"\b(?:came|come|comes) (?:a)?round\b",
            r"\b(?:said|says|saying) yes\b",
            r"\b(?:drop|lift|withdr[ae]w|abandon)\w* (?:\w+ ){0,2}"
            r"(?:objections?|opposition|resistance|veto|refusal)\b",
            r"\bsign(?:s|ed) (?:on|up) to\b",
            flags=re.IGNORECASE,
        ),
    ),
    (
        PROMISES,
        _any(
            rf"\b(?:gave|gives|given|giving|pledged) (?:\w+ ){{0,2}}{_OWN} word\b",
            r"\bundert(?:ook|akes?|aken)\b",
            flags=re.IGNORECASE,
        ),
    ),
    (
        OFFERS,
        _any(
            r"\bput (?:\w+ ){0,4}on the table\b",
            r"\b(?:is|are|was|were) (?:now )?(?:ready|willing|prepared) to\b",
            flags=re.IGNORECASE,
        ),
    ),
)
_SWORE = _any(r"\b(?:vow|swore|swear|sworn|insist|pledg)", flags=re.IGNORECASE)
_NEVER = _any(
    r"^\W*(?:that )?(?:\w+ ){1,3}(?:would|will)(?: never| not|n['’]t)\b",
    flags=re.IGNORECASE,
)
_REPLY = r"\b(?:answer|reply|response)\b[^.;?]{0,40}?\b(?:is|was|remains)\b[^.;?]{0,12}?\b"
_SAID: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    (
        REJECTS,
        _any(
            rf"{_WE}{_HAVE}{_WELL} (?:reject|refuse|oppose|rule out|turn(?:ed)? (?:(?:it|this|that) )?down"
            r"|decline)(?:e?d)?\b(?! to (?:say|comment))",
            rf"{_WE}{_AM}{_NOT} (?:going|about|prepared|ready|willing) to (?!{_MIND}\b)\w+",
            rf"{_WE} (?:will|shall|would|wo|ca|can)(?:{_NOT}|not) (?:ever )?(?!{_MIND}\b)[a-z]{{3,}}",
            rf"{_REPLY}[Nn]o\b",
            r"^[\"“]?(?:(?:No|Never|Absolutely not|Certainly not)[,.!]|Over my dead body\b"
            r"|Not (?:while|until|unless|as long|on these)\b)",
            r"\b[Nn]ot (?:one|a single|an?) [^.;]{1,40}?\b(?:will|shall)\b",
            r"\b[Nn]o [a-z]+ (?:[a-z]+ ){0,3}(?:will|shall) (?!be (?:harmed|hurt))",
        ),
    ),
    (
        AGREES,
        _any(
            rf"{_WE}{_HAVE}{_WELL} (?:agree|accept|consent|approve|welcome)(?:e?d)?\b(?! that\b)",
            rf"{_WE} (?:said|say) yes\b",
            rf"{_REPLY}[Yy]es\b",
            rf"{_WE} can live with\b",
            rf"{_WE} (?:have )?(?:changed (?:my|our) mind|g[ai]ven? way|g[ai]ven? in)\b",
        ),
    ),
    (
        OFFERS,
        _any(
            rf"{_WE}{_HAVE}{_WELL} (?:offer|propose|invite)(?:e?d)?\b",
            rf"{_WE}{_AM}{_WELL} (?:ready|willing|prepared|happy) to (?!{_TALKING}\b)",
        ),
    ),
    (
        PROMISES,
        _any(
            rf"{_WE}{_HAVE}{_WELL} (?:promise|pledge|guarantee|undertake|vow)(?:e?d)?\b",
            r"\b(?:have|has|on that)\b[^.;]{0,20}?\bmy (?:word|promise)\b",
            rf"{_WE} give (?:you|him|her|them) (?:my|our) word\b",
            r"\bmy word (?:on|for) (?:it|that)\b",
        ),
    ),
)
_HARM = (
    r"(?:cut|stop|close|shut|suspend|tear|expel|seize|block|withdraw|ban|halt|freeze|retaliate|pull|cancel|scrap"
    r"|turn|boycott|burn|sink|shoot|arrest|recall|break|end|leave|quit|walk|strike|impose|raise|send back"
    r"|switch|carry|take)"
)
_THREAT = _any(rf"{_WE}(?:['’]ll| (?:will|shall|can|could|may)) (?:\w+ )?{_HARM}\b")
_IF = _any(r"\b(?:if|unless|until|or else|one more|once more|otherwise)\b", flags=re.IGNORECASE)
_QUESTION = re.compile(r"[^.!?]*\?")
_BARE = _any(
    rf"{_WE}{_HAVE}{_WELL} (?:(?:agree|accept|consent|refuse|reject|decline|promise|offer)(?:e?d)?"
    r"|said (?:yes|no))\b(?: (?:it|this|that|them|so|to it)\b)?"
    r"(?: (?:because|since|as|for|after|when|and)\b|\s*[.,;!\"”]|\s*$)",
    rf"{_REPLY}(?:[Nn]o|[Yy]es)\b",
)


_OPEN = frozenset({"say", "warn", "promise", "believe", "decide", "assess"})
"""Acts that what is said may tell better."""


def by_cue(said: Statement, cue: str) -> Stance | None:
    """The stance that a cue's words tell, where its act tells none or another; None for none.

    `cue` are the statement's, with what stands between them.
    """
    if _SWORE.search(cue) and _NEVER.search(said.quote):
        return REJECTS
    if said.act not in ("say", "believe", "decide", "assess", "decline", "omit"):
        return None
    found = [stance for stance, pattern in _CUES if pattern.search(cue)]
    return found[0] if len(found) == 1 else None


def by_words(said: Statement) -> Stance | None:
    """The one stance that quoted words in the first person perform; None for none, or for two."""
    if said.speech == "indirect" or said.act not in _OPEN:
        return None
    words = _QUESTION.sub(" ", said.quote)
    if _IF.search(words) and _THREAT.search(words):
        return THREATENS
    found = {stance for stance, pattern in _SAID if pattern.search(words)}
    return min(found) if found and {way for _, way in found} != {1, -1} else None


def is_bare(said: Statement) -> bool:
    """Whether quoted words say yes or no and not to what: `I agreed because …`, `I accept it`."""
    return said.speech != "indirect" and bool(_BARE.search(said.quote))
