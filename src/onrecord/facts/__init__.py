"""Tables of facts: plain data files with their source in every row, and typed loaders for them.

Every room may read facts; facts import no room. Files of the user are read after those that ship and
win over them (see `Settings`).
"""
