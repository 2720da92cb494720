"""Detectors of personal information, secrets and notices, and the one pass that runs them over a text."""
