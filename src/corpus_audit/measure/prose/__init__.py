"""Properties of a text: language, quality, keywords, names of people, and the order in which samples take records."""
