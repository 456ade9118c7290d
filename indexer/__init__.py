"""Documents in, index folder out."""
