"""The API of KPIs."""
