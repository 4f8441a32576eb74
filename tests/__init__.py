"""The tests: unit, contract, emulators, e2e, property, faults, benchmarks, shape."""
