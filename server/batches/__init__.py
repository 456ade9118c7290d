"""Files of questions, answered one after another in the background."""
