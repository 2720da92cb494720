"""Claims: what a manifest says, read, checked and laid out as tables. Nothing here looks at the data itself."""
