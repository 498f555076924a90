"""What the service does, in terms of its ports: refresh the catalog, keep a snapshot fresh."""
