"""Words that tell what a line is, wherever it stands: bylines, credits, licences, bios, calls to subscribe.

No pattern repeats what can repeat itself (`(a+)+`): a line of any length is matched in linear time.
"""

from __future__ import annotations

import re

from onrecord.acquire.dates import WRITTEN

_NAME = r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|da|del|van|von|der|den|bin|al|el|la|le)){1,5}"
_WORK = (
    r"(?i:fellow|professor|reporter|correspondent|editor|journalist|writer|columnist|contributor|"
    r"author|expert|"
    r"researcher|consultant|freelancer?|analyst|lecturer|scholar|producer|photographer|advis[eo]r|"
    r"chair|director|"
    r"president|founder|bureau chief)"
)

BY = re.compile(r"^(?:By|BY|by|Words by|Written by|Posted by|Authors?:)\b:?\s*(?=[A-Z])")
CREDIT = re.compile(
    r"^(?:AP|AFP|Reuters|EPA|Getty|File|Pool)? ?(?:photo(?:graph)?|image|illustration|picture|"
    r"graphic|video)s?\b"
    r"(?: credit)?(?: courtesy)?(?: by|:|/| courtesy of| via)|^\(?(?:photo|image) credit|"
    r"^©[^.]{2,60}/[^.]{2,60}$|"
    r"^[^.]{3,60}(?:/| via |\| ?)(?:AP|AFP|Reuters|EPA|Getty(?: Images)?|Shutterstock|Bloomberg)"
    r"(?: Photo| Images)?\)?\.?$",
    re.IGNORECASE,
)
REPORTED = re.compile(
    r"^\(?(?:additional |with )?(?:reporting|writing|editing)(?: and (?:reporting|writing|editing))? by\b"
    r"|^(?:this|the) (?:article|story|report|piece) (?:was )?(?:originally |first )?(?:appeared|"
    r"published|ran)\b"
    r"|\bcontributed (?:reporting|to this (?:report|article|story))\b"
    r"|^[A-Z][^.!?:“”\"]{4,100} reported from [A-Z]",
    re.IGNORECASE,
)
"""Who else worked on a story, and where it ran first."""
LICENCE = re.compile(
    r"creative commons|\blicen[sc]ed? under|\blicen[cs]e details?|all rights reserved|some rights reserved|"
    r"\bcc[ -]by\b|in the public domain|may not be (?:published|reproduced)|©|(?:copyright|"
    r"\(c\)) ?(?:\d{4}|by\b|©)"
)
"""For lower-cased text."""
_LICENCE_WORDS = (
    "licen",
    "copyright",
    "rights reserved",
    "creative commons",
    "cc",
    "domain",
    "may not",
    "©",
    "(c)",
)
BIO = re.compile(
    rf"^{_NAME}(?:,[^.]{{3,140}},)? (?:is|was|has been) (?:an? |the |currently |"
    rf"[A-Z])[^.]{{0,120}}\b{_WORK}\b"
    rf"|^{_NAME} (?:covers|writes|reports on|teaches|lives in|is based in)\b"
    r"|^(?:The |the )?(?:[Aa]uthor|[Ww]riter|[Rr]eporter)s? (?:is|are|can be)\b"
)
REACH = re.compile(
    r"\b(?:can be reached|follow (?:him|her|them|me)|on twitter|contact the (?:author|writer|"
    r"reporter)|@\w{3,})"
)
"""For lower-cased text."""
TOPICS = re.compile(
    r"^(?:more on|topics?|tags?|tagged|filed under|related topics|read more about|keywords|categories)\b"
    r" ?:?[^.]{0,60}$",
    re.IGNORECASE,
)
CALL = re.compile(
    r"^(?:sign up|subscribe|get (?:the|our|more)|join (?:our|the|us|\d)|follow (?:us|our)|click (?:here|to)|"
    r"read (?:more|next|also)\b|see also\b|also (?:read|see)\b|related\b|recommended\b|advertisement\b|"
    r"story continues|(?:article|story) continues|continue reading|keep reading|most (?:read|"
    r"popular|viewed)\b|"
    r"more (?:from|stories|news|on)\b|watch:|listen:|newsletter|support (?:our|independent)|"
    r"leave a (?:reply|comment)|"
    r"(?:this )?(?:post|article|page) (?:may )?contains?\b|share (?:this|on)\b|show comments|"
    r"load more|enter your e)"
)
"""Calls upon the reader, and heads of lists of other stories; for lower-cased text."""
CALL_WORDS = re.compile(
    r"\b(?:newsletters?|inbox|subscri\w+|sign up|e-?mail|app|donat\w+|membership|cookies|"
    r"affiliate|commission)\b"
)
HEAD = re.compile(
    r"^(?:related|recommended|read (?:more|next|also)|see also|also (?:read|see)|keep reading|"
    r"explore further|"
    r"most (?:read|popular|viewed)|more (?:from|stories|news|on)|in this series|don['’]t miss)\b"
)
"""Heads of lists of other stories, for lower-cased text."""
DISCLAIMER = re.compile(
    r"\b(?:not responsible for the (?:opinions|content|views|statements)|"
    r"opinions expressed (?:here|in this|are)|"
    r"(?:advertising|affiliate|advertiser|amazon associates?) (?:disclaimer|disclosure)|"
    r"we may (?:receive|earn) (?:compensation|a (?:small )?commission|an affiliate)|references to products|"
    r"contains? affiliate|buy through (?:our )?links|qualifying purchases|represent the opinions of the|"
    r"letters? to the editor via|not provided or commissioned|"
    r"do not (?:necessarily )?reflect the (?:views|opinions))"
)
"""What a publisher says about itself, its advertisers and its writers' opinions; for lower-cased text."""
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?)"
_WIRE = r"\([A-Z][\w./ -]{1,30}\)"
_IN_CAPITALS = r"(?:[A-Z][A-Z.'’-]+|St\.)(?:[ ,/]{1,2}(?:[A-Z][A-Z.'’-]+|[A-Z][a-z]+\.?|and|the|of)){0,7}"
_IN_SMALL = r"[A-Z][a-z'’-]+(?:,? [A-Z][a-z'’-]+){0,3}"
OPENING = re.compile(
    rf"(?:{_IN_CAPITALS}(?:,? {_DAY})?(?: ?{_WIRE})?|{_IN_SMALL}(?:,? {_DAY})? {_WIRE}|{_IN_SMALL}, {_DAY})"
    r"(?: ?[-‐–—_]{1,2} |:? ?[—–])(?=[\"“‘'A-Z\d(])"
)
"""`GENEVA, July 5 (Reuters) - `, `MIDWAY ATOLL — `: the dateline that opens a wire story."""
CAPTION_CREDIT = re.compile(
    r"(?<=[.!?\"”)]) (?P<credit>(?:\(?(?:Photo(?:graph)?|Image|Picture)s?\b[^.]{0,60}"
    r"|(?:[A-Z][\w'’-]+ ){1,4}(?:[A-Z][\w'’-]+)?/[^.]{2,50}"
    r"|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,4}/[^.]{2,50}))\.?\)?$"
)
"""What ends a caption: `… on Monday. Tom Ek/Getty Images`."""
_SAID = re.compile(r"\b(?:said|says|told|added|announced|according to)\b")
PICTURE = re.compile(r"photo|image|picture")
_DATE_WORDS = re.compile(
    r"\b(?:published|posted|updated|last|modified|first|written|date|created)\b", re.IGNORECASE
)
_DATE_FILL = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?|[ap]\.?m\.?|e[sd]?t|gmt|utc|bst|cet|p[sd]?t|at|on|and|"
    r"min(?:ute)?s? read|(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?)\b|[\W\d_]",
    re.IGNORECASE,
)
OUTLET = re.compile(
    r"(?:The )?[^\W\d_a-z][\w.'’&-]*(?: (?:of|the|and|&|for|de|la|[^\W\d_a-z][\w.'’&-]*)){1,5}"
)
"""The form of an outlet's name: two to seven words, all but the small ones with a capital."""
MAX_BESIDE_DATE = 12
"""Letters that may stand beside a date in a line that is nothing but one: a city's short form, `Edition`."""


def is_date_line(text: str) -> bool:
    """A line that holds a date and next to nothing else, or an outlet's name before it."""
    dated = WRITTEN.search(text)
    if not dated:
        return False
    if dated.end() == len(text.rstrip(" .")) and OUTLET.fullmatch(text[: dated.start()].strip(" ,|·–—-")):
        return True
    rest = _DATE_WORDS.sub(" ", WRITTEN.sub(" ", text))
    return len(_DATE_FILL.sub("", rest)) <= MAX_BESIDE_DATE


def is_licence(plain: str) -> bool:
    """Whether lower-cased words speak of rights in a text."""
    return any(w in plain for w in _LICENCE_WORDS) and LICENCE.search(plain) is not None


def is_call(plain: str, words: int) -> bool:
    """Whether a line calls upon the reader or heads a list of other stories.

    A full paragraph must also say what it wants of the reader (`… to our newsletter`).
    """
    if DISCLAIMER.search(plain):
        return True
    return CALL.match(plain) is not None and (words <= 12 or CALL_WORDS.search(plain) is not None)


def is_quoted(text: str) -> bool:
    """Whether words of others stand in it: then it is the article that speaks."""
    return any(c in text for c in '“”"')


def tells_speech(text: str) -> bool:
    """Whether words are quoted or reported in it."""
    return is_quoted(text) or _SAID.search(text) is not None
