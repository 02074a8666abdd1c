import { isHealthProbe } from './isHealthProbe';

describe('isHealthProbe', () => {
  it.each([
    ['INFO:     10.244.0.1:35840 - "GET /health HTTP/1.1" 200 OK', true],
    ['INFO:     10.244.0.1:35840 - "GET /health/ready HTTP/1.1" 200 OK', true],
    ['INFO:     10.244.0.1:35840 - "GET /health/ready HTTP/1.1" 503', false],
    ['INFO:     10.244.0.1:35840 - "GET /healthy HTTP/1.1" 200 OK', false],
    ['INFO:     10.244.0.1:35840 - "POST /health HTTP/1.1" 200 OK', false],
    ['INFO:     10.244.0.1:35840 - "GET /login HTTP/1.1" 200 OK', false],
    ['', false],
  ])('of %s: %s', (line, expected) => {
    expect(isHealthProbe(line)).toBe(expected);
  });
});
