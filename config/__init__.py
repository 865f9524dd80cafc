"""The roof (settings, urls, celery) and the cellar (flow, due, web, rest) of Gateline."""
