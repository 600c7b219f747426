"""An instrument as XLSForm, the way ODK Collect and KoboCollect take it, and back without loss.

What XLSForm has no place for stands in columns named `kawal_…`, which other programs pass over.
"""
