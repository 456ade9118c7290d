"""Sums of rents: by the metre, by the year, from lists, with what limits them."""
