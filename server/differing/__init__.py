"""Clauses of other documents that state another value of the same kind on the same matter."""
