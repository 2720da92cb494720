"""Properties of a text: language, quality, keywords, names of people, and the samples for costly measures."""
