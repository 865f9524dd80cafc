"""Design: screens and their states, mockup versions, pictures, pins, comments, skipping design."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import write
from config.web.pictures import UnfitPicture, freeze
from initiatives import permissions as may
from initiatives.models import (
    DesignComment,
    Initiative,
    MockupFile,
    MockupSet,
    MockupVersion,
    Screen,
    ScreenExemption,
    ScreenState,
)


@transaction.atomic
def name_screen(*, initiative: Initiative, actor: Any, name: str) -> Screen:
    """Add a row to the grid. Raises NotAllowed for a name already there."""
    mockups = _mockups(initiative, actor)
    if mockups.screens.filter(name__iexact=name.strip()).exists():
        raise NotAllowed(f"A screen named “{name.strip()}” exists already.")
    return Screen.objects.create(
        mockup_set=mockups, name=name.strip(), ordinal=mockups.screens.count()
    )


@transaction.atomic
def remove_screen(*, screen: Screen, actor: Any) -> None:
    """Remove a screen that no picture shows yet."""
    _must_design(actor, screen.mockup_set.initiative)
    if screen.files.exists():
        raise NotAllowed(
            f"“{screen.name}” has pictures, which stay on record; exempt its states instead."
        )
    screen.delete()


@transaction.atomic
def exempt_state(*, screen: Screen, actor: Any, state: str, reason: str) -> ScreenExemption:
    """State why a screen cannot be in a state; the cell counts as filled."""
    _must_design(actor, screen.mockup_set.initiative)
    if not reason.strip():
        raise NotAllowed("Say why the screen cannot be in this state.")
    exemption, _ = ScreenExemption.objects.update_or_create(
        screen=screen,
        state=ScreenState(state),
        defaults={"reason": reason.strip(), "by": actor, "at": timezone.now()},
    )
    return exemption


@transaction.atomic
def lift_exemption(*, exemption: ScreenExemption, actor: Any) -> None:
    """The screen can be in that state after all; the cell is open again."""
    _must_design(actor, exemption.screen.mockup_set.initiative)
    exemption.delete()


@transaction.atomic
def add_mockup_version(
    *,
    initiative: Initiative,
    actor: Any,
    fidelity: str,
    note: str = "",
    live_link: str = "",
) -> MockupVersion:
    """A new version, unjudged until a study on it is judged."""
    mockups = _mockups(initiative, actor)
    last = mockups.versions.aggregate(m=Max("number"))["m"] or 0
    return MockupVersion.objects.create(
        mockup_set=mockups,
        number=last + 1,
        fidelity=MockupVersion.Fidelity(fidelity),
        note=note.strip(),
        live_link=live_link,
        author=actor,
    )


@transaction.atomic
def add_picture(
    *,
    version: MockupVersion,
    actor: Any,
    screen: Screen,
    state: str,
    upload: UploadedFile,
) -> MockupFile:
    """Freeze a picture of one screen in one state into a version.

    Refuses a judged version (a new picture is a new version), a filled cell and what is no picture.
    """
    initiative = version.mockup_set.initiative
    _must_design(actor, initiative)
    _must_be_open(version, screen, state)
    try:
        picture = freeze(upload)
    except UnfitPicture as unfit:
        raise NotAllowed(str(unfit)) from unfit
    picture.content.name = (
        f"{initiative.key}-v{version.number}-{picture.checksum[:16]}.{picture.extension}"
    )
    return MockupFile.objects.create(
        version=version,
        screen=screen,
        state=ScreenState(state),
        file=picture.content,
        original_name=(upload.name or "picture")[:255],
        checksum=picture.checksum,
        width=picture.width,
        height=picture.height,
        size=picture.size,
        uploaded_by=actor,
    )


def _must_be_open(version: MockupVersion, screen: Screen, state: str) -> None:
    """A judged version stays as it was judged, and a cell holds one picture."""
    if screen.mockup_set_id != version.mockup_set_id:
        raise NotAllowed("That screen belongs to another initiative.")
    if version.studies.exclude(verdict="").exists():
        raise NotAllowed(
            f"Version {version.number} was judged as it is; put new pictures into a new version.",
            link=version.mockup_set.initiative.tab_url("design"),
        )
    if version.files.filter(screen=screen, state=state).exists():
        label = ScreenState(state).label
        raise NotAllowed(
            f"Version {version.number} already shows “{screen.name}” in “{label}”; "
            "make a new version to replace it."
        )


@transaction.atomic
def carry_pictures_over(
    *, version: MockupVersion, actor: Any, earlier: MockupVersion
) -> Sequence[MockupFile]:
    """Copy the pictures of an earlier version that the new one does not show anew."""
    _must_design(actor, version.mockup_set.initiative)
    have = set(version.files.values_list("screen_id", "state"))
    kept: Iterable[MockupFile] = earlier.files.all()
    return MockupFile.objects.bulk_create(
        MockupFile(
            version=version,
            screen_id=f.screen_id,
            state=f.state,
            file=f.file.name,
            original_name=f.original_name,
            checksum=f.checksum,
            width=f.width,
            height=f.height,
            size=f.size,
            uploaded_by=actor,
        )
        for f in kept
        if (f.screen_id, f.state) not in have
    )


@transaction.atomic
def pin_version(*, version: MockupVersion, actor: Any) -> MockupVersion:
    """Make it the version that counts; exactly one is pinned."""
    _must_design(actor, version.mockup_set.initiative)
    if not version.files.exists():
        raise NotAllowed(
            f"Version {version.number} has no frozen picture; a live link alone never counts."
        )
    siblings = MockupVersion.objects.select_for_update().filter(mockup_set=version.mockup_set_id)
    list(siblings)
    siblings.exclude(pk=version.pk).update(pinned_at=None, pinned_by=None)
    version.pinned_at = timezone.now()
    version.pinned_by = actor
    version.save(update_fields=["pinned_at", "pinned_by"])
    return version


@transaction.atomic
def comment_design(*, version: MockupVersion, actor: Any, kind: str, text: str) -> DesignComment:
    """A must-fix, a question or a matter of taste; only an open must-fix holds the gate."""
    if not may.may_comment_design(actor, version.mockup_set.initiative):
        raise NotYours("Designs are discussed by people with a role in a line they touch.")
    if not text.strip():
        raise NotAllowed("Write what you mean before sending it.")
    return DesignComment.objects.create(
        version=version, kind=DesignComment.Kind(kind), text=text.strip(), author=actor
    )


@transaction.atomic
def resolve_design_comment(*, comment: DesignComment, actor: Any, resolution: str) -> DesignComment:
    """Close a comment with a reason. A must-fix is closed by its author or the product manager."""
    initiative = comment.version.mockup_set.initiative
    mine = comment.author_id == actor.pk or may.manages(actor, initiative)
    allowed = mine or (comment.kind != "must_fix" and may.designs_for(actor, initiative))
    if not allowed:
        raise NotYours(f"This comment is closed by {comment.author} or the product manager.")
    if not resolution.strip():
        raise NotAllowed("Say how it was resolved.")
    locked = DesignComment.objects.select_for_update().get(pk=comment.pk)
    locked.resolved_at = timezone.now()
    locked.resolved_by = actor
    locked.resolution = resolution.strip()[:300]
    locked.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    return locked


@transaction.atomic
def state_no_user_change(
    *,
    initiative: Initiative,
    actor: Any,
    reason: str,
    seen_version: int | None = None,
) -> Initiative:
    """The product manager states why users see no change; a designer still has to agree."""
    if not may.manages(actor, initiative):
        raise NotYours("The product manager states that users see no change.")
    if not reason.strip():
        raise NotAllowed("Say why users will see no change.")
    return write(
        initiative,
        seen_version=seen_version,
        no_design_reason=reason.strip(),
        no_design_agreed_by=None,
    )


@transaction.atomic
def agree_no_user_change(*, initiative: Initiative, actor: Any) -> Initiative:
    """A designer agrees with the stated reason."""
    _must_design(actor, initiative)
    if not initiative.no_design_reason.strip():
        raise NotAllowed("The product manager has not stated a reason yet.")
    return write(initiative, seen_version=None, no_design_agreed_by=actor)


def _mockups(initiative: Initiative, actor: Any) -> MockupSet:
    if not (may.designs_for(actor, initiative) or may.manages(actor, initiative)):
        raise NotYours("Mockups are added by the UX designer or the product manager.")
    Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    return MockupSet.objects.get_or_create(initiative=initiative)[0]


def _must_design(actor: Any, initiative: Initiative) -> None:
    if not (may.designs_for(actor, initiative) or may.manages(actor, initiative)):
        who = ", ".join(may.designs_for.who(initiative)) or may.designs_for.label
        raise NotYours(f"The design belongs to {who}.")
