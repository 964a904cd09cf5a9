"""Commands: each is one short recipe in a file of its name – load, check, compute, write."""
