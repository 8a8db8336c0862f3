"""An S3 server for the tests: moto's, in a thread of this process, on a free port."""

import logging
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

BUCKET = "kezek"


@dataclass(frozen=True)
class S3Server:
    """`environment` is what an operator would set for it."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """The usual variables, with credentials that this server doesn't look at."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "anybody",
            "AWS_SECRET_ACCESS_KEY": "anything",
            "AWS_REGION": "us-east-1",
        }


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """A fresh server with an empty bucket."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}"
        made = urllib.request.Request(f"{url}/{BUCKET}", method="PUT")
        urllib.request.urlopen(made, timeout=10).close()
        yield S3Server(url)
    finally:
        server.stop()


@contextmanager
def only_these(environment: dict[str, str]) -> Iterator[None]:
    """The environment with these variables of S3 and no others."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("AWS_")}
    with mock.patch.dict(os.environ, {**kept, **environment}, clear=True):
        yield
