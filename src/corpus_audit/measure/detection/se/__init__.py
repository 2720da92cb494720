"""Identifiers of Sweden."""
