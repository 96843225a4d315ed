"""`python -m ips_simulator`."""

from .cli import main

if __name__ == "__main__":
    main()
