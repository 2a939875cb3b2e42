"""Who carries the work."""
