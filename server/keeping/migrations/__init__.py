"""The steps from one schema to the next; ``tables`` is what they lead to."""
