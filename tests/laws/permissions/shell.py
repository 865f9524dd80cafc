"""Pages of the shell: palette, theme, style guide."""

from tests.laws.permissions import Row

ROWS = [
    Row("health_live", {"anonymous": 200, "*": 200}),
    Row("health_ready", {"anonymous": 200, "*": 200}),
    Row("palette", {"anonymous": 302, "*": 200}),
    Row("metrics", {"anonymous": 404, "*": 404}),
    Row("policy_report", {"anonymous": 400, "*": 400}, method="post"),
    Row("set_theme", {"anonymous": 302, "*": 302}, method="post", data={"theme": "dark"}),
    Row("search", {"anonymous": 302, "*": 200}),
    Row("styleguide", {"anonymous": 302, "*": 200}),
    Row("styleguide_screen", {"anonymous": 302, "*": 200}, kwargs={"name": "ranking"}),
]
