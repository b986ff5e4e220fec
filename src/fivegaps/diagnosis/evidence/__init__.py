"""Evidence for causes: what each measure of the vocabulary says of a company, one family a file."""
