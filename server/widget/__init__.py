"""A small chat that other sites put on their pages."""
