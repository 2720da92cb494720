"""How a text is written: language, quality, keywords, names of people, and the samples costly measures use."""
