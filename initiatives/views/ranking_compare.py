"""Two rankings of a line beside each other."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from initiatives.forms.ranking import CompareForm
from initiatives.queries.periods import compare_rankings, rankings_of_line


class RankingCompareView(LoginRequiredMixin, View):
    """What moved between two periods; the newest two unless others are named."""

    def get(self, request: HttpRequest, line: str, **kwargs: Any) -> HttpResponse:
        rankings = rankings_of_line(request.user, line)
        if not rankings:
            raise Http404
        newest = rankings[:2]
        told = {"before": newest[-1].pk, "after": newest[0].pk}
        named = {name: request.GET[name] for name in told if request.GET.get(name)}
        form = CompareForm({**told, **named}, rankings=rankings)
        found = None
        if form.is_valid():
            before, after = form.cleaned_data["before"], form.cleaned_data["after"]
            found = compare_rankings(before, after)
        context = {
            "line": rankings[0].line,
            "form": form,
            "found": found,
            "only_one": len(rankings) < 2,
            "newest": rankings[0],
        }
        status = 200 if found else 422
        return render(request, "ranking/compare.html", context, status=status)
