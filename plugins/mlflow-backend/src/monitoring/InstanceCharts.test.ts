import { BadDayProxy, Day } from '../__testUtils__/BadDayProxy';
import { prometheusOf } from '../__testUtils__/monitoring';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { createPlatformFetch, PlatformFetch } from '../systems/http';
import { InstanceCharts } from './InstanceCharts';

const real = prometheusOf(sandboxPlatformConfig());
const http = createPlatformFetch();
const ref = { platform: 'lab', name: 'nobody-has-this' };
const NOW = new Date();
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

let proxy: BadDayProxy;
let asked: string[];

const counted: PlatformFetch = (input, init) => {
  asked.push(String(input));
  return http.fetch(input, init);
};

const platform = (token?: string) => ({
  name: 'lab',
  fetch: counted,
  config: { prometheus: { ...real, url: proxy.url, token } },
});

beforeEach(async () => {
  asked = [];
  proxy = await BadDayProxy.listen(real.url);
});

afterEach(() => proxy.close());
afterAll(() => http.close());

it('says so where the platform names no Prometheus', async () => {
  const answer = await new InstanceCharts().read(
    { ...platform(), config: {} },
    ref,
  );

  expect(answer).toEqual({
    state: 'notConfigured',
    message: expect.stringContaining('mlflow.platforms.lab.prometheus.url'),
    series: [],
  });
});

it('says so where Prometheus does not know the instance', async () => {
  expect(await new InstanceCharts().read(platform(), ref)).toMatchObject({
    state: 'notScraped',
    message: expect.stringContaining('no target for nobody-has-this'),
  });
});

it('asks once for all who look at the same time, and shortly after', async () => {
  const charts = new InstanceCharts();
  await Promise.all([1, 2, 3].map(() => charts.read(platform(), ref, NOW)));
  await charts.read(platform(), ref, later(14));
  expect(asked).toHaveLength(4);

  await charts.read(platform(), { ...ref, name: 'another' }, later(14));
  expect(asked).toHaveLength(8);

  await charts.read(platform(), ref, later(16));
  expect(asked).toHaveLength(12);
});

const DAYS: [string, Day, RegExp][] = [
  ['is silent', 'silent', /did not answer in time\. Check .*prometheus\.url/],
  ['cuts the line', 'cut', /did not answer\. Check .*prometheus\.url/],
  ['wants a token', { status: 401 }, /does not let .* in\. Renew .*\.token/],
  ['leads elsewhere', { status: 302 }, /answered 302\. Check/],
  ['fails', { status: 500 }, /answered 500\. Check .*, and look into its log/],
  ['is something else', { status: 200 }, /is no Prometheus|did not answer/],
];

it.each(DAYS)(
  'tells what to do when it %s, and works again',
  async (_, day, sentence) => {
    const charts = new InstanceCharts({ deadlineMs: 1_000 });
    proxy.day = day;
    const answer = await charts.read(platform('t0ken'), ref, NOW);

    expect(answer).toMatchObject({ state: 'unanswered', series: [] });
    expect(answer.message).toMatch(/^Prometheus: /);
    expect(answer.message).toMatch(sentence);
    expect(answer.message).not.toMatch(/t0ken|s3cr3t/);

    proxy.day = 'good';
    expect(await charts.read(platform(), ref, later(16))).toMatchObject({
      state: 'notScraped',
    });
  },
);
