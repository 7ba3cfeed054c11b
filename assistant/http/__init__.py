"""The HTTP front: the same core behind FastAPI. Routes parse, call the core and print; nothing is decided here."""
