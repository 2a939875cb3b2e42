"""Command line, and later web pages: thin doors to functions that anyone may import."""
