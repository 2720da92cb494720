"""measure/detection/fr."""
