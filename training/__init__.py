"""Training of onrecord's own models. Nothing here is needed at run time."""
