"""Sums of persons: by class, listed one by one, named."""
