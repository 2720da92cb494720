"""Detectors of personal information, secrets and notices, run over a text in one pass."""
