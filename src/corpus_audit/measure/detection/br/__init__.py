"""measure/detection/br."""
