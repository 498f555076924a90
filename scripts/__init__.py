"""What runs on a developer's machine and never in Lambda."""
