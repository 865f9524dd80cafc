"""Forms about people: the door, one's own settings, roles."""

from accounts.forms.door import ForgottenForm, SignInForm
from accounts.forms.own import SettingsForm
from accounts.forms.places import CloseForm, LineForm, StartLineForm, SubTeamForm, TeamForm
from accounts.forms.roles import MembershipForm
from accounts.forms.telling import TellingForm
from accounts.forms.tokens import ServiceTokenForm, TokenForm, TokenNameForm

__all__ = [
    "CloseForm",
    "ForgottenForm",
    "LineForm",
    "MembershipForm",
    "ServiceTokenForm",
    "SettingsForm",
    "SignInForm",
    "StartLineForm",
    "SubTeamForm",
    "TeamForm",
    "TellingForm",
    "TokenForm",
    "TokenNameForm",
]
