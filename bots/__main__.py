"""`python -m bots`, and the console script `henji`: the command line.

Never does anything itself.
"""

from bots.cli import main

if __name__ == "__main__":
    main()
