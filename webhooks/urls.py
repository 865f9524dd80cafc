"""Addresses of webhooks: pages at the root, the API below /api/v1/."""

from django.urls import path

from webhooks import api, api_rooms, views, views_rooms

ONE, API = "webhooks/<uuid:public_id>", "api/v1/webhooks/"
ONE_API = f"{API}<uuid:public_id>/"
ROOM, ROOMS_API = "chat/<uuid:public_id>", "api/v1/chat-rooms/"
ROOM_API = f"{ROOMS_API}<uuid:public_id>/"

urlpatterns = [
    path("webhooks", views.EndpointList.as_view(), name="webhook_list"),
    path("webhooks/new", views.NewEndpoint.as_view(), name="webhook_new"),
    path(ONE, views.OneEndpoint.as_view(), name="webhook"),
    path(f"{ONE}/edit", views.EditEndpoint.as_view(), name="webhook_edit"),
    path(f"{ONE}/on", views.SwitchOn.as_view(), name="webhook_on"),
    path(f"{ONE}/off", views.SwitchOff.as_view(), name="webhook_off"),
    path(f"{ONE}/test", views.Test.as_view(), name="webhook_test"),
    path(f"{ONE}/missed", views.Missed.as_view(), name="webhook_missed"),
    path(f"{ONE}/secret", views.NewSecret.as_view(), name="webhook_secret"),
    path(f"{ONE}/remove", views.Remove.as_view(), name="webhook_remove"),
    path(f"{ONE}/deliveries/<uuid:message_id>/again", views.Again.as_view(), name="webhook_again"),
    path(API, api.Endpoints.as_view(), name="api_webhooks"),
    path(ONE_API, api.OneEndpoint.as_view(), name="api_webhook"),
    path(f"{ONE_API}on/", api.Switch.as_view(), name="api_webhook_on"),
    path(f"{ONE_API}off/", api.Switch.as_view(on=False), name="api_webhook_off"),
    path(f"{ONE_API}secret/", api.Secret.as_view(), name="api_webhook_secret"),
    path(f"{ONE_API}test/", api.Test.as_view(), name="api_webhook_test"),
    path(f"{ONE_API}missed/", api.Missed.as_view(), name="api_webhook_missed"),
    path(f"{ONE_API}deliveries/", api.Deliveries.as_view(), name="api_webhook_deliveries"),
    path(
        f"{ONE_API}deliveries/<uuid:message_id>/again/",
        api.Again.as_view(),
        name="api_webhook_again",
    ),
    path("api/v1/webhook-events/", api.Kinds.as_view(), name="api_webhook_events"),
    path("chat", views_rooms.RoomList.as_view(), name="room_list"),
    path("chat/new", views_rooms.NewRoom.as_view(), name="room_new"),
    path(ROOM, views.OneEndpoint.as_view(rooms=True), name="room"),
    path(f"{ROOM}/edit", views_rooms.EditRoom.as_view(), name="room_edit"),
    path(f"{ROOM}/on", views.SwitchOn.as_view(rooms=True), name="room_on"),
    path(f"{ROOM}/off", views.SwitchOff.as_view(rooms=True), name="room_off"),
    path(f"{ROOM}/test", views.Test.as_view(rooms=True), name="room_test"),
    path(f"{ROOM}/missed", views.Missed.as_view(rooms=True), name="room_missed"),
    path(f"{ROOM}/remove", views.Remove.as_view(rooms=True), name="room_remove"),
    path(
        f"{ROOM}/deliveries/<uuid:message_id>/again",
        views.Again.as_view(rooms=True),
        name="room_again",
    ),
    path(ROOMS_API, api_rooms.Rooms.as_view(), name="api_rooms"),
    path(ROOM_API, api_rooms.OneRoom.as_view(), name="api_room"),
    path(f"{ROOM_API}on/", api_rooms.Switch.as_view(), name="api_room_on"),
    path(f"{ROOM_API}off/", api_rooms.Switch.as_view(on=False), name="api_room_off"),
    path(f"{ROOM_API}test/", api_rooms.Test.as_view(), name="api_room_test"),
    path(f"{ROOM_API}missed/", api_rooms.Missed.as_view(), name="api_room_missed"),
    path(f"{ROOM_API}deliveries/", api_rooms.Deliveries.as_view(), name="api_room_deliveries"),
    path(
        f"{ROOM_API}deliveries/<uuid:message_id>/again/",
        api_rooms.Again.as_view(),
        name="api_room_again",
    ),
]
