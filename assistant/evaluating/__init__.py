"""How good a batch of answers is, where what was expected is known; and whether what earlier answers cite still holds.

Apart from the batch itself, which only asks and writes. The modules that count are pure: records in, figures out.
"""
