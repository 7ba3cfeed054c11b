"""The terminal chat. The package is reserved; `crosscheck ask` is the way to ask from a terminal until it is written."""
