"""measure/detection/us."""
