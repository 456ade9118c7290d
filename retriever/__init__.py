"""Question in, ranked clauses out."""
