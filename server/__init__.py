"""Hits in, verified answer out; the command line, the API and the page."""
