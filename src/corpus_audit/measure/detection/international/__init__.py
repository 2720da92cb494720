"""Detectors of personal information: one entity type a file."""
