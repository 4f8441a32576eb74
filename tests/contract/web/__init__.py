"""The web server, spoken to over a real socket."""
