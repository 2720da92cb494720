"""Detectors of secrets: credentials that open something to whoever reads them."""
