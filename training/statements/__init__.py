"""The tagger of statements: encoder, tag heads and linker, trained on PolNeAR."""
