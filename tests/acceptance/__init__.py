"""The acceptance criteria of safe payments, and the tests that show them."""
