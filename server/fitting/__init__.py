"""A company's profile held against every measure of support: what fits, what may, what does not."""
