"""The API of whole sets: files of a filtered set, and one act for many with preview and undo."""

from typing import Any, cast

from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.due.models import Job
from config.rest.jobs import JobSerializer
from config.rest.problems import problem
from initiatives.actions.bulk import CHANGE, REFUSED, SAME, act_on, ask_for_bulk, undo_bulk
from initiatives.actions.exports import kept_file
from initiatives.filters import InitiativeFilter
from initiatives.forms.bulk import AT_ONCE, FIELDS, MOST, STEPS, BulkWish
from initiatives.forms.cells import cell_field
from initiatives.models import BulkEdit, Initiative
from initiatives.queries.saved_views import told_by
from initiatives.views.exports import FORMATS, export

ACCEPTED = 202
ACT_WORDS = (
    f"`set:` with one of {', '.join(FIELDS)}, or `step:` with one of "
    f"{', '.join(name for name, _label in STEPS)}"
)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("text/csv", XLSX, "text/calendar", "application/atom+xml")


class AnyForm(APIView):
    """Answers what the address says, whatever `Accept` names."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """The address decides."""
        return super().perform_content_negotiation(request, force=True)


class ExportApi(AnyForm):
    """The filtered set as `csv`, `xlsx`, `json`, `ics` or `atom`: the rows of
    `/api/v1/initiatives/` with the same parameters, in the same order. `view=84` alone stands for
    that view. A sheet above 2,000 rows is made by a job: 202 with the job, the file under
    `/api/v1/exports/<job>.xlsx` when it is done.
    """

    filterset_class = InitiativeFilter
    queryset = Initiative.objects.none()

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "form", str, OpenApiParameter.PATH, enum=[form.slug for form in FORMATS]
            ),
            OpenApiParameter("view", int, description="A saved view; alone it stands for its set."),
        ],
        filters=True,
        responses={
            **{(200, kind): OpenApiTypes.BINARY for kind in KINDS},
            (200, "application/json"): OpenApiTypes.OBJECT,
            (202, "application/json"): JobSerializer,
        },
    )
    def get(self, request: Request, form: str) -> HttpResponseBase:
        asked = request._request
        # The page's own code reads the address; a view alone stands for what it keeps.
        asked.GET = told_by(request.user, asked.GET)  # type: ignore[assignment]
        asked.user = request.user
        return export(asked, form, told_later=_accepted)


def _accepted(job: Job) -> Any:
    headers = {"Location": f"/api/v1/jobs/{job.public_id}/"}
    return Response(JobSerializer(job).data, status=ACCEPTED, headers=headers)


class ExportFileApi(AnyForm):
    """The sheet a job made, for whoever asked for it; kept for a week."""

    @extend_schema(
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, public_id: Any) -> HttpResponseBase:
        found = kept_file(request.user, public_id)
        if found is None:
            raise Http404
        return FileResponse(found[0], as_attachment=True, filename=found[1])


class BulkSerializer(serializers.Serializer[Any]):
    """One act for many: `numbers` or `query`, as an address has it. Without `apply` a preview."""

    act = serializers.CharField(help_text=ACT_WORDS)
    numbers = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, max_length=MOST
    )
    query = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    value = serializers.CharField(
        required=False, allow_null=True, allow_blank=True, max_length=200,
        help_text="Of `set:`: a person's id, a slug, a KPI's number, a day; null empties the field.",
    )  # fmt: skip
    given = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, default=dict,
        help_text="Of `step:`: what the step asks for, such as `note`.",
    )  # fmt: skip
    apply = serializers.BooleanField(required=False, default=False)

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        if ("numbers" in told) == ("query" in told):
            raise serializers.ValidationError("Send either `numbers` or `query`.")
        if told["act"].startswith("set:") and "value" not in told:
            raise serializers.ValidationError({"value": "Say what the field shall hold."})
        return told


class OutcomeSerializer(serializers.Serializer[Any]):
    """What an act would do, or did, to one: `change`, `same` or `refused` with its sentences."""

    key = serializers.CharField(source="initiative.key")
    outcome = serializers.CharField(source="kind")
    sentences = serializers.ListField(child=serializers.CharField())


class BulkOutcomeSerializer(serializers.Serializer[Any]):
    """Counts and rows of a preview or an act. `unseen` are judged only when their turn comes;
    `edit` names what `…/undo/` takes back.
    """

    label = serializers.CharField()  # type: ignore[assignment]  # DRF has a `label` of its own
    total = serializers.IntegerField()
    unseen = serializers.IntegerField()
    applied = serializers.BooleanField()
    counts = serializers.DictField(child=serializers.IntegerField())
    items = OutcomeSerializer(many=True)
    edit = serializers.UUIDField(allow_null=True)


class BulkEditSerializer(serializers.ModelSerializer[BulkEdit]):
    """Fields set at once. `items` name the initiatives that changed."""

    class Meta:
        model = BulkEdit
        fields = ("id", "field", "value", "words", "items", "at", "undone_at")
        read_only_fields = fields


class BulkApi(APIView):
    """One act for many, each through the same doors as alone. More than 50 become a job (202)."""

    @extend_schema(
        request=BulkSerializer,
        responses={200: BulkOutcomeSerializer, 202: JobSerializer},
        operation_id="initiatives_bulk",
    )
    def post(self, request: Request) -> Response:
        given = BulkSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wish, apply = _wish(request.user, given.validated_data), given.validated_data["apply"]
        if not wish.total:
            return problem(request, 422, "bad-input", "Nothing is chosen",
                           "None of these initiatives is there for you.")  # fmt: skip
        if apply and wish.total > AT_ONCE:
            numbers = list(wish.chosen.values_list("number", flat=True)[:MOST])
            job = ask_for_bulk(actor=request.user, act=wish.act, numbers=numbers, words=wish.label)
            return cast("Response", _accepted(job))
        edit = None
        if apply:
            rows = list(wish.chosen[:AT_ONCE])
            outcomes, edit = act_on(rows, wish.act, request.user, words=wish.label)
        else:
            outcomes = wish.judged()
        return Response(BulkOutcomeSerializer(_told(wish, outcomes, edit, apply=apply)).data)


def _told(wish: BulkWish, outcomes: list[Any], edit: Any, *, apply: bool) -> dict[str, Any]:
    return {
        "label": wish.label,
        "total": wish.total,
        "unseen": max(wish.total - AT_ONCE, 0),
        "applied": apply,
        "counts": {k: sum(o.kind == k for o in outcomes) for k in (CHANGE, SAME, REFUSED)},
        "items": outcomes,
        "edit": edit.pk if edit else None,
    }


def _wish(person: Any, told: dict[str, Any]) -> BulkWish:
    act = told["act"]
    kind, _colon, name = act.partition(":")
    sent: dict[str, Any] = dict(told["given"])
    if kind == "set" and name in FIELDS:
        sent = {"value": _as_typed(person, name, told["value"])}
    wish = BulkWish(
        person, act, numbers=told.get("numbers", ()), query=told.get("query"), told=sent
    )
    if not wish.known:
        raise serializers.ValidationError({"act": f"There is no such act; it is {ACT_WORDS}."})
    if wish.kind == "set" and not wish.valued:
        sentences = [str(each) for each in wish.form.errors.get("value", ())]
        raise serializers.ValidationError({"value": sentences})
    return wish


def _as_typed(person: Any, name: str, value: str | None) -> str:
    """What the page's control would send: slugs and KPI numbers become ids."""
    column = {"line": "slug", "team": "slug", "source": "slug", "kpi": "number"}.get(name)
    if not value or column is None:
        return value or ""
    if column == "number" and not (value := value.upper().removeprefix("KPI-")).isdecimal():
        return "0"
    rows: Any = cell_field(name, person, None)
    found = rows.queryset.filter(**{column: value[:60]}).first()
    return str(found.pk) if found else "0"


class OfBulkEdit(APIView):
    """What the caller did to many at once; others' acts answer 404."""

    def find(self) -> BulkEdit:
        rows = BulkEdit.objects.filter(actor=self.request.user.pk).select_related("actor")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class BulkEditApi(OfBulkEdit):
    """What was done at once."""

    @extend_schema(responses=BulkEditSerializer)
    def get(self, request: Request, pk: Any) -> Response:
        return Response(BulkEditSerializer(self.find()).data)


class UndoBulkApi(OfBulkEdit):
    """Take all of it back; what somebody changed again since stays and says so."""

    @extend_schema(request=None, responses=OutcomeSerializer(many=True))
    def post(self, request: Request, pk: Any) -> Response:
        outcomes = undo_bulk(edit=self.find(), actor=request.user)
        return Response(OutcomeSerializer(outcomes, many=True).data)
