"""Question sets: public benchmarks and sets of one's own, read from local files. Nothing is downloaded."""
