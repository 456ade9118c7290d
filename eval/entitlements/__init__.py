"""Rows of measures read from documents, scored field by field against rows written by hand."""
