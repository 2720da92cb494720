"""Personal information that has the same form in every country."""
