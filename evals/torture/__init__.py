"""What must not break a build: hostile inputs; `python -m evals.torture` tells what became of each."""
