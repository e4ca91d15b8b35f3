"""Akoma Ntoso 3.0 as the United Nations uses it (AKN4UN), as `docs/akn.md` describes.

In: the bytes of an XML file from any program. Out: a Document, and in the other direction the text of a valid file.
Elements are read and made with lxml; no module outside knows a name of the standard.
"""
