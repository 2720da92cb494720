"""measure/detection/nl."""
