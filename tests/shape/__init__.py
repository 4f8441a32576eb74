"""What the repository has to look like, whoever changes it."""
