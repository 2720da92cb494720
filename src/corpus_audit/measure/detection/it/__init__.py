"""measure/detection/it."""
