"""`python -m masthead`."""

from masthead.cli.app import main

main()
