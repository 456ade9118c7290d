"""A check of an installation, line by line."""
