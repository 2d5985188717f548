"""Reads and writes the sheets people keep in Excel: a file → cells → a list with its problems, and back."""
