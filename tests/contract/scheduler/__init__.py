"""The duties, each pass of them, on the model of the store and on a real one."""
