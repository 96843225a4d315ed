"""How many real documents become packages that import, type-check and lose nothing."""
