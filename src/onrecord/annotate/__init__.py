"""Article → Parsed: sentences and syntax (the one door to spaCy), names, times."""
