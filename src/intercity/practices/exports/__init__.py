"""Practices as files: tables with their schema, a spreadsheet to fill in, linked data."""

from intercity.practices.exports.jsonld import article
from intercity.practices.exports.spreadsheet import template
from intercity.practices.exports.tables import datapackage, write_package

__all__ = ["article", "datapackage", "template", "write_package"]
