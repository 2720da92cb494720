"""measure/fingerprints."""
