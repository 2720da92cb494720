"""measure/detection/tw."""
