"""Checking the references of a text that somebody else wrote: documents, clauses, quotes, figures."""
