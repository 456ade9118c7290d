"""How what is learned was learned: the ranking, the refusal, the encoder of questions."""
