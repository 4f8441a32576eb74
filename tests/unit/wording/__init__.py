"""The phrasebook, its catalogues, and all that the desk says."""
