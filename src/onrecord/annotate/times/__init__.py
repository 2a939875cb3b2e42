"""Time expressions: found in the text (`recognise`), given values against the article's date
(`normalise`).
"""

from onrecord.annotate.times.normalise import normalise
from onrecord.annotate.times.recognise import recognise

__all__ = ["normalise", "recognise"]
