"""Real servers and honest fakes for the tests: S3, an upstream, Lambda, and what they are sent."""
