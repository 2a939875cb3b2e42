"""What a labeller can see of a block: its form, its words, its neighbours and its place in the text.

Features are names; a block has a name or it has not. The weights in `data/passages.json` say what each is
worth. The kinds of cues follow work on boilerplate (jusText, trafilatura): length, share of function words,
case, punctuation, density of prose around, links' usual words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from onrecord.acquire.blocks import Block

STOP_WORDS = frozenset({
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "because", "been",
    "before", "being", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has",
    "have", "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it", "it's", "its",
    "just", "may", "me", "more", "most", "my", "no", "not", "of", "on", "one", "only", "or", "other",
    "our", "out", "over", "own", "said", "she", "should", "since", "so", "some", "such", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too",
    "under", "until", "up", "us", "very", "was", "we", "were", "what", "when", "where", "which",
    "while", "who", "whom", "why", "will", "with", "would", "you", "your",
})  # fmt: skip
_CUES = {
    "share": (
        r"\b(?:share|tweet|facebook|twitter|linkedin|whatsapp|pinterest|instagram|reddit|telegram|"
        r"e-?mail (?:this|a link)|print)\b"
    ),
    "subscribe": (
        r"\b(?:subscri\w+|newsletters?|sign[ -]?up|your (?:inbox|e-?mail)|email address|free trial|"
        r"get (?:the|our|a) \w+ \w+|delivered|morning report|donat\w+|support (?:us|our)|"
        r"become a (?:member|supporter))\b"
    ),
    "account": (
        r"\b(?:log ?in|sign in|log ?out|register|account|password|username|cart|checkout|wish ?list)\b"
    ),
    "comment": (
        r"\b(?:comments?|repl(?:y|ies)|leave a|post a|join the (?:conversation|discussion)|"
        r"required fields|will not be published|community guidelines|moderat\w+|commenters?)\b"
    ),
    "related": (
        r"\b(?:related|more (?:on|from|in|stories|news|by)|most (?:read|popular|viewed|shared|recent)|"
        r"top stories|trending|recommended|you may (?:also )?like|you might (?:also )?like|also (?:on|"
        r"read|see)|read (?:more|next|also|on)|see (?:more|also)|explore further|don['’]t miss|"
        r"latest (?:news|stories|articles|posts|headlines)|recent (?:posts|articles|stories)|"
        r"popular (?:posts|videos|stories)|up next|watch(?: now)?|editor['’]?s['’]? picks?|"
        r"story stream|in this (?:section|article)|suggested|featured|next (?:post|article|story)|"
        r"previous (?:post|article|story)|older|newer|view (?:all|more|comments)|load more|"
        r"show (?:more|comments)|continue reading|click (?:here|to)|opens? in)\b"
    ),
    "legal": (
        r"©|\(c\) ?\d{4}|\b(?:copyright|all rights reserved|rights reserved|terms (?:of|and|&)|"
        r"privacy|cookies?|disclaimer|disclosure|polic(?:y|ies) ?(?:$|\|)|trade ?marks?|gdpr|"
        r"do not sell|advertis(?:e|ing) (?:with|guidelines|policy|disclosure)|affiliate|commission|"
        r"licen[sc]ed under|creative commons|code of conduct|republish\w*|reproduced|permission)\b"
    ),
    "about_site": (
        r"\b(?:contact(?: us)?|about us|careers|jobs|sitemap|site map|faqs?|help|feedback|advertise|"
        r"press|staff|who we are|our (?:team|story|mission|experts|authors)|rss|mobile apps?|apps?|"
        r"e-?(?:paper|edition)|customer service|powered by|website|web site|our (?:work|readers|site|"
        r"journalism|reporting))\b"
    ),
    "nav": (
        r"\b(?:skip to|menu|home ?page|^home|search|close|toggle|navigation|back to top|sections?|"
        r"all topics|categor(?:y|ies)|archives?|tags?|tagged|filed under|view (?:license|details?)|"
        r"edition|toggle|next|previous|prev)\b"
    ),
    "advert": (
        r"\b(?:advertisement|advertising|sponsor(?:ed|s)?|promoted|paid (?:post|content)|ads? by|"
        r"affiliate)\b"
    ),
    "bio": (
        r"(?:\bis (?:an?|the|currently an?) (?:[\w'’-]+ ){0,5}(?:fellow|professor|reporter|"
        r"correspondent|editor|journalist|writer|columnist|contributor|author|director|founder|"
        r"co-founder|expert|researcher|consultant|freelancer?|analyst|lecturer|scholar|producer|"
        r"photographer|blogger|engineer|developer)\b|\b(?:covers|writes (?:about|on|for)|reports on|"
        r"is based in|previously (?:worked|served)|follow (?:him|her|them|us|me)|can be reached|"
        r"reach (?:him|her|them)|contact the (?:author|writer|reporter)|about the author|"
        r"contributed (?:to this|reporting)|reporting by|editing by|lives in|latest book|"
        r"has (?:written|worked) for)\b)"
    ),
    "credit": (
        r"\b(?:photo(?:graph)?s?(?: by| credit|:|/| courtesy)|ap photo|getty(?: images)?|afp|"
        r"image(?:s)?(?: credit|:| by| via| courtesy)|illustration by|courtesy of|picture:|pool photo|"
        r"via (?:ap|reuters|getty))\b"
    ),
    "you": r"\b(?:you|your|yours)\b",
    "we": r"\b(?:we|our|us)\b",
    "byline": r"^(?:by|words by|written by|posted by|author:?)\b",
    "minutes": (
        r"\b(?:min(?:ute)?s? read|\d+ (?:hours?|days?|weeks?|months?|years?|minutes?) ago|read time)\b"
    ),
    "said": r'\b(?:said|says|told|added|announced|according to)\b|[“”\"]',
    "url": r"https?://|www\.|\w@\w|\B@\w|\.(?:com|org|net)\b",
    "date": (
        r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
        r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? \d{1,2}(?:st|nd|rd|th)?\b|"
        r"\b\d{1,2}[:.]\d\d ?(?:am|pm)?\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    ),
    "updated": r"\b(?:updated|published|posted|last modified|first published)\b",
    "arrow": r"[»›→▸|•·]|\bmore ?\.{3}$|…$|\.\.\.$",
    "nofollow": r"^\W*$|^[\d\W]+$",
}  # fmt: skip
_CUE = {name: re.compile(pattern) for name, pattern in _CUES.items()}
"""Put to lower-cased text, which takes half the time of matching without regard to case."""
_SIZES = (1, 2, 3, 5, 8, 13, 21, 41, 81)
_SHARES = (0.001, 0.1, 0.2, 0.3, 0.4, 0.5)
_PLACES = (0.02, 0.1, 0.3, 0.6, 0.8, 0.9, 0.97)
_DENSITY = (0.01, 0.15, 0.35, 0.6, 0.85)
_DIGIT = re.compile(r"\d")
_LAST = '.:?!…)”"'
_LIST = 12
_LIST_CUES = ("related", "share", "subscribe", "comment", "nav", "advert")
_NEAR = 3
_AROUND = 10


def of_blocks(found: list[Block], title: str | None = None) -> list[list[str]]:
    """The features of each block, in the order of the blocks."""
    times = Counter(b.text for b in found)
    prose = [b.is_prose for b in found]
    sums = _running([float(p) for p in prose])
    teasers = _running([float(_is_teaser(b)) for b in found])
    sizes = _running([float(len(b.words)) for b in found])
    prose_words = _running([float(len(b.words)) if p else 0.0 for b, p in zip(found, prose, strict=True)])
    vocabulary = _vocabulary(found)
    wanted = _content(title.split()) if title else frozenset()
    features = [[*_own(b), *_words(b, vocabulary, wanted)] for b in found]
    for i, b in enumerate(found):
        row = features[i]
        row.append(f"place:{bisect_right(_PLACES, sizes[i] / (sizes[-1] or 1))}")
        before, after = prose_words[i], prose_words[-1] - prose_words[i + 1]
        total = prose_words[-1] or 1
        row.append(f"before:{bisect_right(_PLACES, before / total)}" if before else "before:none")
        row.append(f"after:{bisect_right(_PLACES, after / total)}" if after else "after:none")
        for name, width in (("near", _NEAR), ("around", _AROUND)):
            row.append(f"{name}<:{_density(sums, i - width, i)}")
            row.append(f"{name}>:{_density(sums, i + 1, i + 1 + width)}")
        if _is_teaser(b):
            row.append(f"teaser:{_density(teasers, i - 4, i)}:{_density(teasers, i + 1, i + 5)}")
        if times[b.text] > 1:
            row.append("repeated" if len(b.words) < 8 else "repeated_long")
        if b.is_prose:
            row.append(
                f"prose_near:{prose[i - 1] if i else 'edge'}{prose[i + 1] if i + 1 < len(prose) else 'edge'}"
            )
    _neighbours(features, found)
    _under(features, found)
    return features


def _under(features: list[list[str]], found: list[Block]) -> None:
    """Adds what list a block may be an item of: the last short line with a cue, and no prose since."""
    head, since = "", 0
    for row, b in zip(features, found, strict=True):
        since += 1
        if head and since <= _LIST and not b.is_prose:
            row.append(f"under:{head}")
        if b.is_prose:
            row.append(f"prose_under:{head if since <= 2 else ''}")
            head = ""
        elif len(b.words) <= 5:
            cue = next((c for c in _LIST_CUES if _CUE[c].search(b.plain)), None)
            head, since = (cue, 0) if cue else (head, since)


def _is_teaser(b: Block) -> bool:
    """A line in the form of a headline."""
    return 5 <= len(b.words) <= 20 and not b.ends and sum(w[0].isupper() for w in b.words) >= 2


def _running(values: list[float]) -> list[float]:
    sums = [0.0]
    for v in values:
        sums.append(sums[-1] + v)
    return sums


def _density(sums: list[float], start: int, end: int) -> str:
    start, end = max(start, 0), min(end, len(sums) - 1)
    if end <= start:
        return "edge"
    return str(bisect_right(_DENSITY, (sums[end] - sums[start]) / (end - start)))


def _own(b: Block) -> list[str]:
    n = len(b.words)
    size = bisect_right(_SIZES, n)
    stops = sum(w in STOP_WORDS for w in b.lowered) / n if n else 0.0
    share = bisect_right(_SHARES, stops)
    row = [
        "bias",
        f"size:{size}",
        f"stops:{share}",
        f"size_stops:{size}:{share}",
        f"size_ends:{size}:{b.ends}",
    ]
    if n > 1:
        capital = sum(w[0].isupper() for w in b.words) / n
        row.append("title_case" if capital > 0.7 else "some_case" if capital > 0.3 else "low_case")
        if b.text.isupper():
            row.append("upper")
    row.append(
        "lower_start" if b.text[:1].islower() else "digit_start" if b.text[:1].isdigit() else "other_start"
    )
    last = b.text[-1:]
    row.append(f"last:{last if last in _LAST else 'other'}")
    if n and len(_DIGIT.findall(b.text)) > 0.3 * len(b.text):
        row.append("digits")
    long = "long" if n >= 14 else "short"
    for name, cue in _CUE.items():
        if cue.search(b.plain):
            row.append(f"cue:{name}:{long}")
    return row


def _words(b: Block, vocabulary: Counter[str], title: frozenset[str]) -> list[str]:
    """How much the block speaks of what the text's prose speaks of."""
    content = _content(b.lowered)
    if not content:
        return ["shared:none"]
    own = 1 if b.is_prose else 0
    shared = sum(vocabulary[w] > own for w in content) / len(content)
    row = [f"shared:{'prose' if b.is_prose else 'short'}:{bisect_right(_SHARES, shared)}"]
    if title and len(content & title) >= max(1, 0.7 * len(title)):
        row.append("title")
    return row


def _vocabulary(found: list[Block]) -> Counter[str]:
    """In how many prose blocks a content word stands."""
    return Counter(w for b in found if b.is_prose for w in _content(b.lowered))


def _content(words: list[str]) -> frozenset[str]:
    return frozenset(w.lower() for w in words if len(w) > 3 and w.lower() not in STOP_WORDS)


def _neighbours(features: list[list[str]], found: list[Block]) -> None:
    """Adds to each block the cues and the size of the one before and the one after."""
    cues = [[f for f in row if f.startswith("cue:")] for row in features]
    sizes = [bisect_right(_SIZES, len(b.words)) for b in found]
    for i, row in enumerate(features):
        if i:
            row.append(f"size<:{sizes[i - 1]}")
            row += [f"<{c}" for c in cues[i - 1]]
        else:
            row.append("first")
        if i + 1 < len(features):
            row.append(f"size>:{sizes[i + 1]}")
            row += [f">{c}" for c in cues[i + 1]]
        else:
            row.append("last")
