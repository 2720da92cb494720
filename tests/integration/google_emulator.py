"""The command gcp-storage-emulator, with room for as many waiting connections as a store opens at once.

It lets five wait and drops further ones. A client then asks how much of its upload has arrived, and is told of one byte
where there is none, so that the upload fails for good.
"""

import socketserver
import sys

from gcp_storage_emulator.__main__ import main  # type: ignore[import-untyped]

socketserver.TCPServer.request_queue_size = 128
sys.exit(main())
