"""Who vouches for each sentence of an article, and how firmly it is said."""
