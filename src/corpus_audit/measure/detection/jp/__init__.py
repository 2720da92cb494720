"""measure/detection/jp."""
