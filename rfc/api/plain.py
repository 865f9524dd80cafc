"""The draft as plain Markdown: pull it with its ETag, push it with If-Match; its pictures."""

import json
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.rest.versions import Versioned, seen_version
from rfc.actions.pictures import add_picture
from rfc.actions.plain import push_markdown
from rfc.api.views import Found
from rfc.importing.text import MOST_BYTES, Unreadable
from rfc.models import Picture
from rfc.queries.taking import draft_as_markdown

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of the pull."
)


class MarkdownRenderer(BaseRenderer):
    """Text as it is; a refusal stays JSON."""

    media_type = "text/markdown"
    format = "md"
    charset = "utf-8"

    def render(self, data: Any, accepted: Any = None, context: Any = None) -> bytes:
        text = data if isinstance(data, str) else json.dumps(data, default=str)
        return text.encode()


class TextParser(BaseParser):
    """The body's bytes, whatever plain type they are sent as."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, context: Any = None) -> Any:
        kind = (media_type or "").partition(";")[0].strip().lower()
        if kind.startswith("multipart/") or kind.endswith("json"):
            raise UnsupportedMediaType(kind)
        return bytes(stream.read(MOST_BYTES + 1))


class PushedSerializer(serializers.Serializer):
    """What a push did. `said` names lines of the head that are facts and were not taken."""

    row_version = serializers.IntegerField()
    unpublished_edits = serializers.BooleanField()
    said = serializers.ListField(child=serializers.CharField())


class DraftMarkdown(Found, Versioned, APIView):
    """The text being written, as Markdown below a head with title, problem and decision asked."""

    renderer_classes = (MarkdownRenderer, JSONRenderer)
    parser_classes = (TextParser,)

    @extend_schema(
        responses={
            (200, "text/markdown"): OpenApiTypes.STR,
            (200, "application/json"): OpenApiTypes.STR,
        }
    )
    def get(self, request: Request, number: int) -> Response:
        rfc = self.find()
        return self.versioned_response(rfc.draft, draft_as_markdown(rfc))

    @extend_schema(
        request={"text/markdown": OpenApiTypes.STR},
        responses=PushedSerializer,
        parameters=[IF_MATCH],
    )
    def put(self, request: Request, number: int) -> Response:
        rfc = self.find()
        seen = seen_version(request)
        # Without a body there is nothing to parse, and no bytes.
        sent: Any = request.data
        data = sent if isinstance(sent, bytes) else b""
        try:
            draft, read = push_markdown(rfc=rfc, actor=request.user, data=data, seen_version=seen)
        except Unreadable as reason:
            raise ValidationError({"text": [str(reason)]}) from reason
        rfc.refresh_from_db()
        told = {
            "row_version": draft.row_version,
            "unpublished_edits": rfc.has_unpublished_edits,
            "said": read.said,
        }
        answer = self.versioned_response(draft, PushedSerializer(told).data)
        answer.content_type = "application/json"
        return answer


class PictureSerializer(serializers.ModelSerializer):
    """A picture of the text and the Markdown that shows it."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    markdown = serializers.CharField(read_only=True)

    class Meta:
        model = Picture
        fields = ("url", "markdown", "original_name", "width", "height", "size", "checksum")
        read_only_fields = fields


class PictureUploadSerializer(serializers.Serializer):
    """One picture: PNG, JPEG, WebP or GIF, or a drawing (SVG) to be saved, at most 8 MB."""

    picture = serializers.FileField()


class Pictures(Found, APIView):
    """Pictures of the text; POST keeps one. The same pixels again give the picture there is."""

    parser_classes = (MultiPartParser,)

    @extend_schema(responses=PictureSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        return Response(
            PictureSerializer(self.find().pictures.select_related("rfc"), many=True).data
        )

    @extend_schema(
        request={"multipart/form-data": PictureUploadSerializer}, responses={201: PictureSerializer}
    )
    def post(self, request: Request, number: int) -> Response:
        given = PictureUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        upload = given.validated_data["picture"]
        made = add_picture(rfc=self.find(), actor=request.user, upload=upload)
        return Response(PictureSerializer(made).data, status=status.HTTP_201_CREATED)
