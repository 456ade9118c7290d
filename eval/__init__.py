"""Gold questions, measures and the runs that compare them."""
