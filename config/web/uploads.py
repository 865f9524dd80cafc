"""What one request may upload, counted while it arrives: Django bounds fields, not files."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """Ends a request whose files together are larger than `UPLOAD_MOST_BYTES`; keeps nothing."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the bytes on to the handlers that keep them. Raises RequestDataTooBig."""
        self._bytes += len(raw_data)
        if self._bytes > settings.UPLOAD_MOST_BYTES:
            message = "The files of this request are larger than the setting UPLOAD_MOST_BYTES."
            raise RequestDataTooBig(message)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
