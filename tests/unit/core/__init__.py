"""The rules, each by itself: no store, no platform, no clock but the test's."""
