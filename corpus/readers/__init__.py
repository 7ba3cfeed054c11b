"""One module a format, each with `read(file, mapping)`; each the only one that imports its format's library.

`corpus.reading` finds them by the file's suffix. They never raise for what a file holds but `raw.Unreadable`.
"""
