"""measure/detection/se."""
