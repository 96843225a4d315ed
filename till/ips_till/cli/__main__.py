"""`python -m ips_till.cli`."""

from . import main

if __name__ == "__main__":
    main()
