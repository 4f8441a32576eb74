"""A process that holds an embedded server, to be killed: python -m tests.contract.redis.desk FOLDER BINARY.

Prints the server's process id once it answers, then waits for ever.
"""

import asyncio
import sys
from pathlib import Path

from adapters.redis.binary import find
from adapters.redis.connect import connect
from adapters.redis.embedded import Embedded


async def main(folder: Path, binary: Path) -> None:
    """Start the server, say so, and wait."""
    client = connect(await Embedded(folder, find([binary])).start())
    await client.set("answered", "yes")
    sys.stdout.write(f"{(await client.info('server'))['process_id']}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
