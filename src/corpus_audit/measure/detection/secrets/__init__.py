"""Detectors of secrets: credentials that grant access to anyone who reads them."""
