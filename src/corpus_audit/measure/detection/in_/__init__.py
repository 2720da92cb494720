"""Identifiers of India; the folder cannot be called `in`."""
