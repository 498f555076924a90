"""What the service knows: plain functions on frozen values, standard library only, no I/O."""
