"""Fuzzing: entry points that take foreign bytes, a law for each, and the corpus that found something."""
