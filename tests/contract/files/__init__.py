"""The file room, on a folder and in a bucket."""
