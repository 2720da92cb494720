"""measure/detection/cn."""
