"""The web server: health, metrics and the routes others mount on it.

Composed by bots. The only home of aiohttp.web and prometheus_client; never touches
an inquiry.
"""
