"""measure/detection/de."""
