"""What the documents are: addresses, clauses, catalogue. Imports nothing of ours."""
