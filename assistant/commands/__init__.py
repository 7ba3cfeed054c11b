"""The commands of the command line, each in a module of its own with its Typer `app`; `cli` imports the one that runs.

Each parses, calls the core and prints. What it needs is imported inside it, so that its `--help` loads none of that.
"""
