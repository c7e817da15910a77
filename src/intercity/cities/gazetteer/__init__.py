"""Places of the world by name: what a city is called, where it lies, how many live there.

All places of 15,000 people or more, and the capitals smaller than that. Smaller places have their names in
the scripts of their own country, those of 100,000 people or more all names that GeoNames has. The data come with the
package, so nothing is asked of the network; `make gazetteer` builds them again.

Data: GeoNames (https://www.geonames.org), licensed CC BY 4.0; every page that shows them shows `ATTRIBUTION`.
"""

from __future__ import annotations

from intercity.cities.gazetteer.places import ATTRIBUTION, Place, countries, find, place

__all__ = ["ATTRIBUTION", "Place", "countries", "find", "place"]
