"""Exports of an audit: regulator and standard formats, and the signed bundle.

One module a format turns ``ExportInputs`` into files, without reading anything else; ``registry`` lists them. What a
format asks and neither manifest nor evidence holds is *not recorded*, never guessed. Nothing here judges.
"""
