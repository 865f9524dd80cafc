"""Components as markup: what a person is told, and what the address keeps."""

from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory


def show(source, path="/", **values):
    request = RequestFactory().get(path)
    return Template("{% load ui %}" + source).render(Context({"request": request, **values}))


def test_a_badge_says_its_word_and_an_unknown_kind_is_neutral():
    assert "At risk" in show('{% badge "at_risk" %}')
    odd = show('{% badge "sideways" "Odd" %}')
    assert 'class="badge neutral"' in odd
    assert "Odd" in odd


def test_markup_in_names_is_text():
    shown = show("{% person who %}{% chip who %}", who="<b>Ada</b>")
    assert "<b>" not in shown


def test_nobody_is_said():
    assert "nobody yet" in show("{% person None %}")


def test_an_avatar_is_blue_for_the_person_who_looks():
    me = SimpleNamespace(pk=7, name="Ada Bello")
    assert 'class="av me"' in show("{% avatar me %}", me=me, user=me)


def test_an_icon_that_does_not_exist_is_a_mistake():
    with pytest.raises(LookupError, match="no-such-icon"):
        show('{% icon "no-such-icon" %}')


@pytest.mark.parametrize(
    ("address", "link", "state"),
    [
        ("/?line=pos&page=3", "?line=pos&amp;sort=title", ""),
        ("/?sort=title", "?sort=-title", "ascending"),
        ("/?sort=-title", "?sort=title", "descending"),
    ],
)
def test_a_head_sorts_keeps_the_filters_and_starts_from_the_first_page(address, link, state):
    shown = show('{% sort_head "Title" "title" %}', address)
    assert f'href="{link}"' in shown
    assert (f'aria-sort="{state}"' in shown) if state else ("aria-sort" not in shown)


def test_pages_keep_every_other_parameter():
    page = Paginator(range(214), 50).get_page(2)
    shown = show("{% pages page %}", "/?line=pos&page=2", page=page)
    assert 'href="?line=pos&amp;page=1"' in shown
    assert "51–100 of 214" in shown


class Filter(forms.Form):
    phase = forms.ChoiceField(choices=[("rfc", "RFC"), ("ux", "UX design")], required=False)


def test_an_active_filter_is_a_chip_in_words_that_drops_it_alone():
    address = "/?line=pos&phase=ux&page=2"
    shown = show("{% filter_bar form %}", address, form=Filter({"phase": "ux"}))
    assert "<b>UX design</b>" in shown
    assert 'href="?line=pos"' in shown
    assert '<input type="hidden" name="line" value="pos">' in shown


class Asked(forms.Form):
    title = forms.CharField(help_text="One line.")
    lane = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_refused_field_is_tied_to_its_error_and_the_summary_leads_to_it():
    shown = show("{% form_fields form %}", form=Asked({}))
    assert 'aria-describedby="id_title_help id_title_error"' in shown
    assert 'id="id_title_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'href="#id_title"' in shown
    assert 'href="#id_lane_0"' in shown


def test_an_untouched_form_has_no_summary():
    assert "errors" not in show("{% form_fields form %}", form=Asked())


def step(**changes):
    facts = {
        "name": "start-design", "label": "Start design", "direction": "forward",
        "permitted": True, "belongs_to": "the product manager", "who": ["Ada"], "open": True,
        "requirements": [], "missing": [], "waived": [], "met": [], "note": False, "asks": (),
    }  # fmt: skip
    return SimpleNamespace(**{**facts, **changes})


def test_an_open_step_is_a_form_with_token_and_version():
    shown = show(
        '{% flow_panel steps base_url="/initiatives/INI-1/" version=4 %}',
        steps=[step()],
        csrf_token="secret",
    )
    assert 'action="/initiatives/INI-1/steps/start-design"' in shown
    assert 'name="flow_version" value="4"' in shown
    assert "secret" in shown


def test_a_step_of_somebody_else_says_whose_and_cannot_be_sent():
    shown = show("{% flow_panel steps %}", steps=[step(permitted=False, open=False)])
    assert "This step belongs to the product manager." in shown
    assert "<form" not in shown
    assert 'aria-disabled="true"' in shown


def missing(waivable=True):
    lack = SimpleNamespace(sentence="No baseline.", link="/kpis/KPI-1", mender="The owner can.")
    return SimpleNamespace(
        gate="baseline", label="A baseline", verdict="missing", missing=[lack], waivable=waivable
    )


@pytest.mark.parametrize(
    ("may", "waivable", "offered"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_waiving_is_offered_only_to_who_may_where_it_may(may, waivable, offered):
    need = missing(waivable)
    lacking = step(open=False, requirements=[need], missing=[need])
    shown = show('{% flow_panel steps base_url="/x" can_waive=may %}', steps=[lacking], may=may)
    assert ("/x/waive/baseline" in shown) is offered
    assert "No baseline." in shown
    assert 'href="/kpis/KPI-1"' in shown


def test_a_requirement_that_lacks_two_things_counts_and_is_marked_once():
    need = missing()
    need.missing = [*need.missing, SimpleNamespace(sentence="No target.", link="", mender="")]
    lacking = step(open=False, requirements=[need], missing=[need])
    shown = show('{% flow_panel steps base_url="/x" %}', steps=[lacking])
    assert "No target." in shown
    assert shown.count('class="verdict"') == 1


class Several(forms.Form):
    state = forms.MultipleChoiceField(
        choices=[("asked", "Asked"), ("split", "Split")], required=False
    )


def test_several_choices_fold_out_as_boxes_that_say_what_is_ticked():
    form = Several({"state": ["split"]})
    shown = show("{% filter_bar form %}", "/?state=split", form=form)
    assert '<input type="checkbox" name="state" value="split" checked>Split' in shown
    assert '<input type="checkbox" name="state" value="asked">Asked' in shown
    assert ">Split</summary>" in shown
