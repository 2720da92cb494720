"""measure/detection/in_."""
