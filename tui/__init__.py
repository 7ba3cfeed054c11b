"""The terminal chat. Reserved: `crosscheck ask` is the way to ask from a terminal until it is written."""
