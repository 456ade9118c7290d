"""How fast searching is, how much it needs, and what the bare libraries take for the same work."""
