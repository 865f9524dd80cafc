"""Which language a text is written in, and how PostgreSQL reads that language.

`detect` counts the short words every sentence needs. It is cheap (the first 20,000 letters) and
may be wrong for a text of a few words, so the authors can say the language themselves.
"""

import re
from collections import Counter

from django.utils.translation import gettext_lazy as _

from rfc.text.prose import prose

DEFAULT, OTHER = "en", "other"
LOOKED_AT = 20_000
FEWEST_WORDS = 4

# code: (name, PostgreSQL's text search configuration)
LANGUAGES = {
    "en": (_("English"), "english"),
    "de": (_("German"), "german"),
    "fr": (_("French"), "french"),
    "es": (_("Spanish"), "spanish"),
    "it": (_("Italian"), "italian"),
    "pt": (_("Portuguese"), "portuguese"),
    "nl": (_("Dutch"), "dutch"),
    "sv": (_("Swedish"), "swedish"),
    "da": (_("Danish"), "danish"),
    "no": (_("Norwegian"), "norwegian"),
    OTHER: (_("Another language"), "simple"),
}
CHOICES = [(code, name) for code, (name, _config) in LANGUAGES.items()]

# The commonest short words; those that two of these languages share count for both.
_COMMON = {
    "en": "the of and to is that it for was with be this are as not have from by or we which an",
    "de": "der die und das ist nicht ein eine zu den von mit sich auf für im dem des auch wir wird"
    " sind oder bei nach aus werden einen",
    "fr": "le la les et est des une dans que pour pas sur qui du au avec ne ce sont nous par plus"
    " aux cette être",
    "es": "el la los las y es que en una por con para se del no al lo como más pero su son está"
    " nos esta",
    "it": "il lo la gli le e è che di un una per con non si del della nel sono come più dei alla"
    " questo anche",
    "pt": "o os as e é que de um uma para com não se do da em no na por mais dos são como ao nos"
    " está",
    "nl": "de het een en van is dat niet te in op voor met zijn aan er ook als door maar wij wordt"
    " naar deze",
    "sv": "och det att i en är som på för med den av inte till har om ett vi kan från eller ska"
    " detta",
    "da": "og det at i en er som på for med den af ikke til har om et vi kan fra eller skal dette"
    " der være",
    "no": "og det at i en er som på for med den av ikke til har om et vi kan fra eller skal dette"
    " det å være",
}
_SPEAKS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0041-\u024f]")


def detect(text: str) -> str:
    """The code of the language; English when nothing speaks for another one."""
    said = prose(text[:LOOKED_AT]).lower()
    words = _WORD.findall(said)
    if len(_OTHER_SCRIPT.findall(said)) * 2 > sum(map(len, words)):
        return OTHER
    counted = Counter(words)
    scores = {code: sum(counted[word] for word in known) for code, known in _SPEAKS.items()}
    # Scores are compared in the order above, so that a tie stays with the commoner language.
    best = max(scores, key=lambda code: scores[code])
    if scores[best] < FEWEST_WORDS or scores[best] == scores[DEFAULT]:
        return DEFAULT
    return best


def config_of(code: str) -> str:
    """The text search configuration of a language."""
    return LANGUAGES.get(code, LANGUAGES[OTHER])[1]
