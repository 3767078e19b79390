"""Understanding a question without a model: what it asks for, the words and names in it, what earlier turns give it."""
