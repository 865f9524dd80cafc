"""Files in a store that speaks S3. A module of its own: its library is large and rarely wanted."""

from storages.backends.s3 import S3Storage

from config.web.storage import generated


class ObjectStorage(S3Storage):
    """A bucket. Objects appear whole by nature; they are private and read by this server only."""

    def get_valid_name(self, name: str) -> str:
        """Ours instead of theirs; called for every file of a model."""
        return generated(name)
