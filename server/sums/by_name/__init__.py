"""Sums of supports that a question calls by their names, each with what its article gives to a class."""
