"""Questions put to a record: brief, compare, explain. Rendering is a step of its own."""

from onrecord.review.briefing import Brief, brief, main_pair
from onrecord.review.comparing import Comparison, compare
from onrecord.review.explaining import Explanation, explain
from onrecord.review.rendering import render_brief, render_comparison, render_explanation

__all__ = [
    "Brief",
    "Comparison",
    "Explanation",
    "brief",
    "compare",
    "explain",
    "main_pair",
    "render_brief",
    "render_comparison",
    "render_explanation",
]
