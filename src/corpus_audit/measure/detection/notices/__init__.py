"""Detectors of notices on a text's rights and origin: licenses, copyright, reservations, AI labels.

A notice is a public statement. The masked excerpt of a license notice is therefore the license itself, by its SPDX
identifier where there is one, so that it can be set beside what the manifest declares.
"""
