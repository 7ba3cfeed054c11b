"""Comparing statements: whether two can both hold, and if not, why."""
