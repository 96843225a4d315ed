"""Payments that a shop can trust with money: at most once, and no result is ever lost."""
