"""The check: whether a sentence says what its sources say, decided in code and without a model."""
