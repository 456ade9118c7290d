"""``tiaowen bench parse``: how well and how fast documents are read, on data of a known layout."""
