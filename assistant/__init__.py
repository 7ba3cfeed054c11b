"""Judging and answering: from a question to an answer made of cited sentences, and the fronts that show it."""
