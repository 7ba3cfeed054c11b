"""`python -m assistant` is `crosscheck`."""

from assistant.cli import main

main()
