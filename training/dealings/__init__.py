"""The marker of dealings: a small network for words of encounters, agreements and differing accounts."""
