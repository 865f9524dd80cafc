"""The API of one's own picture."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions import change_picture, remove_picture
from accounts.api.serializers import MeSerializer
from accounts.identity import signed_in
from config.web.pictures import UnfitPicture


class PortraitSerializer(serializers.Serializer):
    """One picture: PNG, JPEG, WebP or GIF, at most 8 MB; it is made square."""

    picture = serializers.FileField()


class MyPicture(APIView):
    """One's own picture."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": PortraitSerializer}, responses={200: MeSerializer}
    )
    def put(self, request: Request) -> Response:
        given = PortraitSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        person = signed_in(request)
        try:
            change_picture(person=person, upload=given.validated_data["picture"])
        except UnfitPicture as unfit:
            raise serializers.ValidationError({"picture": [str(unfit)]}) from unfit
        return Response(MeSerializer(person).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        remove_picture(person=signed_in(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
