"""The agendas: the map, both sides of a claim, cruxes and changes."""
