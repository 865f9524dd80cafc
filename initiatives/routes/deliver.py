"""Pages of design and delivery. Every view of an initiative takes `<ini:number>`."""

from django.urls import path

from initiatives.views.delivery import DeliveryView, TicketView
from initiatives.views.design import DesignView, PictureView

urlpatterns = [
    path("initiatives/<ini:number>/design", DesignView.as_view(), name="initiative_design"),
    path(
        "initiatives/<ini:number>/pictures/<int:pk>", PictureView.as_view(), name="mockup_picture"
    ),
    path("initiatives/<ini:number>/delivery", DeliveryView.as_view(), name="initiative_delivery"),
    path("initiatives/<ini:number>/tickets/<int:pk>", TicketView.as_view(), name="ticket"),
]
