"""A record in the browser: pages rendered here, JSON beside them, safe to leave open on a desk."""

from onrecord.serve.web.app import application, run

__all__ = ["application", "run"]
