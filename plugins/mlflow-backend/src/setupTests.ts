// The tests ask real systems, on a machine that may be busy. A limit in
// package.json counts only when this package is tested alone.
jest.setTimeout(60_000);
