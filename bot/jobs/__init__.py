"""What every worker does beside updates: notices, forms that ran out, a look around."""
