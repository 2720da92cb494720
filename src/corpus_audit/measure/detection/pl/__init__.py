"""measure/detection/pl."""
