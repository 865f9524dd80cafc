"""Starting and stopping Gateline's processes: bootstrap, embedded servers, supervisor, commands.

Knows neither Django nor an app; what it runs, it runs as other processes.
"""
