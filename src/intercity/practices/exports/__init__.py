"""Practices as files: tables with their schema, a spreadsheet to fill in, linked data."""

from intercity.practices.exports.jsonld import article
from intercity.practices.exports.spreadsheet import template
from intercity.practices.exports.tables import datapackage, package_parts, package_state, write_package

__all__ = ["article", "datapackage", "package_parts", "package_state", "template", "write_package"]
