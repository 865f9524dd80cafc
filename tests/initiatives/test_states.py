"""The state table: every state × step × role, by the real doorman."""

import pytest
from django.db import transaction

from config.flow.errors import GatesUnmet, NotYours, WrongState
from config.flow.fsm import edges
from config.flow.telling import take_told
from initiatives.lifecycle.initiative import PHASES
from initiatives.models import Initiative
from tests.cast import PARTS
from tests.factories.initiatives import in_phase

PM, BL, TPM = "product_manager", "business_leader", "tpm"
DESIGN = "designer second_designer"

# state         step                 who may take it
GRID = f"""
intake          accept               {PM}
intake          mark-duplicate       {PM}
intake          snooze               {PM}
intake          decline              {PM}
intake          wake                 {PM}
declined        reopen               {PM}
duplicate       reopen               {PM}
discovery       start-rfc            {PM}
discovery       send-back            {PM}
discovery       park                 {PM}
discovery       decline              {PM}
rfc             start-design         {PM}
rfc             skip-design          {PM}
rfc             send-back            {PM}
rfc             park                 {PM}
rfc             decline              {PM}
ux_design       start-deep-dive      {DESIGN}
ux_design       send-back            {DESIGN} {PM}
ux_design       park                 {DESIGN} {PM}
ux_design       decline              {DESIGN} {PM}
deep_dive       mark-sprint-ready    {TPM}
deep_dive       send-back            {TPM} {PM}
deep_dive       park                 {TPM} {PM}
deep_dive       decline              {TPM} {PM}
sprint_ready    start-coding         {BL}
sprint_ready    send-back            {BL} {PM}
sprint_ready    park                 {BL} {PM}
sprint_ready    decline              {BL} {PM}
coding          start-build          {TPM}
coding          send-back            {TPM} {PM}
coding          park                 {TPM} {PM}
build           deploy               {TPM}
build           send-back            {TPM} {PM}
build           park                 {TPM} {PM}
deployment      release              {TPM}
deployment      send-back            {TPM} {PM}
deployment      park                 {TPM} {PM}
monitoring      close                {PM}
monitoring      send-back            {PM}
monitoring      park                 {PM}
parked          resume               {PM}
parked          decline              {PM}
"""
MAY = {
    (state, step): set(who)
    for state, step, *who in (line.split() for line in GRID.strip().splitlines())
}
STEPS = sorted({edge.step for edge in edges(Initiative)})
ROLES = [*PARTS, "administrator"]
TOLD = {"note": "A reason.", "until": "2199-01-01"}


def outcome(initiative, step, person, told):
    """`taken`, `gates`, `not yours` or `wrong state`; whatever happened is rolled back."""
    with transaction.atomic():
        try:
            take_told(initiative, step, actor=person, given=told)
            found = "taken"
        except WrongState:
            found = "wrong state"
        except NotYours:
            found = "not yours"
        except GatesUnmet:
            found = "gates"
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("state", PHASES)
def test_every_step_for_every_role(state, cast):
    initiative = in_phase(cast, state)
    told = {**TOLD, "original": in_phase(cast, "intake", title="Another").key}
    wrong = [
        (step, part, found)
        for step in STEPS
        for part in (ROLES if (state, step) in MAY else (PM, "reader"))
        for found in [outcome(initiative, step, getattr(cast, part), told)]
        if found not in expected(state, step, part)
    ]
    assert wrong == []


def expected(state, step, part):
    """A step that does not start here does not ask who you are."""
    if (state, step) not in MAY:
        return {"wrong state"}
    return {"taken", "gates"} if part in MAY[state, step] else {"not yours"}


def test_the_grid_names_every_edge():
    assert set(MAY) == {(edge.source, edge.step) for edge in edges(Initiative)}


@pytest.mark.parametrize("state", PHASES)
def test_every_state_is_reached_by_steps(state, cast):
    assert in_phase(cast, state).phase == state
