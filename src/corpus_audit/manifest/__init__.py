"""Claims: the content of a manifest, read, checked and laid out as tables. The data itself is not read here."""
