"""measure/detection/uk."""
