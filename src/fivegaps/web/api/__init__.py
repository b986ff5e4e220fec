"""What other systems may call: answers in, results out, transactions told of."""
