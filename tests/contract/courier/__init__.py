"""What every courier has to do: bring files from its platform, and put files there."""
