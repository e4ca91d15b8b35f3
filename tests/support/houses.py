"""The least that an organization says of itself."""

LEAST = """\
name = "the City"

[languages]
en = {}

[organs.council]
series = "CC"
names = { en = "City Council" }

[symbols]
address = "https://city.example/{symbol}"
"""
