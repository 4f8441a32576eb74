"""A bucket on loopback: as much of S3 as the file room asks for, with its signatures checked.

Used by the file room's contract, in place of a server from elsewhere: the one that is kept up brings 46
packages along. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
"""

import hashlib
import hmac
import re
from collections import defaultdict
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote

from aiohttp import web

from tests.emulators.loopback import Loopback

KEY, SECRET, REGION, BUCKET = "AKIAEMULATED", "emulated/secret", "us-east-1", "henji"
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_LARGEST: Final = 1024**3


class Bucket:
    """`objects` by key. `away` answers everything with 503, `missing` with 404.

    `parts` counts what came in several parts.
    """

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.parts = 0
        self.away = False
        self.missing = False
        self.endpoint = ""
        self._uploads: defaultdict[str, dict[int, bytes]] = defaultdict(dict)
        self._door = Loopback()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_route("*", f"/{BUCKET}/{{key:.*}}", self._serve)
        app.router.add_post(f"/{BUCKET}", self._serve)
        await self._door.open(app)
        self.endpoint = self._door.address
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._door.close()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if self.away:
            return _failed(503, "SlowDown")
        if not signed(request):
            return _failed(403, "SignatureDoesNotMatch")
        if self.missing:
            return _failed(404, "NoSuchBucket")
        match request.method:
            case "PUT":
                return self._put(request, body)
            case "POST" if "delete" in request.query:
                return self._delete(body)
            case "POST":
                return self._post(request)
            case "GET" | "HEAD":
                return self._get(request)
            case _:
                return _failed(405, "MethodNotAllowed")

    def _put(self, request: web.Request, body: bytes) -> web.Response:
        upload = request.query.get("uploadId")
        if upload is None:
            self.objects[request.match_info["key"]] = body
        else:
            self._uploads[upload][int(request.query["partNumber"])] = body
            self.parts += 1
        return web.Response(headers={"ETag": f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'})

    def _post(self, request: web.Request) -> web.Response:
        key = request.match_info["key"]
        if "uploads" in request.query:
            upload = f"upload-{len(self._uploads) + 1}"
            self._uploads[upload] = {}
            body = f"<Bucket>{BUCKET}</Bucket><Key>{key}</Key><UploadId>{upload}</UploadId>"
            return _said("InitiateMultipartUploadResult", body)
        parts = self._uploads.pop(request.query["uploadId"])
        self.objects[key] = b"".join(parts[number] for number in sorted(parts))
        return _said("CompleteMultipartUploadResult", f'<Key>{key}</Key><ETag>"{len(parts)}"</ETag>')

    def _delete(self, body: bytes) -> web.Response:
        keys = re.findall("<Key>(.*?)</Key>", body.decode())
        for key in keys:
            self.objects.pop(key, None)
        return _said("DeleteResult", "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys))

    def _get(self, request: web.Request) -> web.Response:
        content = self.objects.get(request.match_info["key"])
        if content is None:
            return _failed(404, "NoSuchKey")
        headers = {"ETag": '"1"', "Last-Modified": "Mon, 07 Apr 2031 01:00:00 GMT"}
        if request.method == "HEAD":
            return web.Response(headers=headers | {"Content-Length": str(len(content))})
        return web.Response(body=content, headers=headers)


def signed(request: web.Request) -> bool:
    """Whether a request carries the signature that only the secret makes (Signature Version 4)."""
    fields = dict(
        each.strip().partition("=")[::2]
        for each in request.headers.get("Authorization", "").partition(" ")[2].split(",")
    )
    key, _, scope = fields.get("Credential", "").partition("/")
    names = fields.get("SignedHeaders", "").split(";")
    query = sorted(
        (quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in request.query.items()
    )
    canonical = "\n".join(
        (
            request.method,
            quote(request.path, safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in query),
            *(f"{name}:{request.headers.get(name, '').strip()}" for name in names),
            "",
            ";".join(names),
            request.headers.get("x-amz-content-sha256", ""),
        )
    )
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    text = "\n".join(("AWS4-HMAC-SHA256", request.headers.get("x-amz-date", ""), scope, hashed))
    secret = f"AWS4{SECRET}".encode()
    for part in (*scope.split("/"), text):
        secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
    return key == KEY and hmac.compare_digest(secret.hex(), fields.get("Signature", ""))


def _said(name: str, body: str) -> web.Response:
    return web.Response(text=f"{_XML}<{name}>{body}</{name}>", content_type="application/xml")


def _failed(status: int, code: str) -> web.Response:
    text = f"{_XML}<Error><Code>{code}</Code><Message>{code}</Message></Error>"
    return web.Response(status=status, text=text, content_type="application/xml")
