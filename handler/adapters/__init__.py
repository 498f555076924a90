"""The outside world behind `handler.ports`: one module for each thing that it is made of."""
