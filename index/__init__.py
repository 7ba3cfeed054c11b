"""Finding passages: encoders, dense and lexical indexes, the store that is the truth, sync and search."""
