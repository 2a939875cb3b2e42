"""`python -m evals.relationship`."""

from evals.relationship import main

main()
