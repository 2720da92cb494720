"""Personal information with the same form in every country."""
