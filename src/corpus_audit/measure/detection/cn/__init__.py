"""Identifiers of mainland China."""
