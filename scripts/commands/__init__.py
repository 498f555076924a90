"""One module for each launcher in scripts/, of the same name."""
