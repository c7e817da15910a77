"""`python -m intercity` is the command `intercity`."""

from intercity.cli import main

main()
