"""How well rows agree with rows coded by hand: gold in, definitions of the figures, agreement, reports.

Nothing here reads an article: `onrecord.evaluating` brings the answers, `evals/` the project's own gold.
"""
