import { describe, expect, test } from '@jest/globals';
import { modeOf, productionDemands, requireDevelopment } from '../../programs/mode.js';
import { gatewaySettingsShape, productionProblems } from '../../programs/settings.js';
import { SUBGRAPH_NAMES } from '../../schema/subgraph-names.js';

type Given = Readonly<Record<string, string>>;
const settings = (given: Given) => gatewaySettingsShape.parse(given);
const mode = (given: Given) => modeOf(settings(given));

/** Each alone takes the program out of "a loopback address with the embedded store it made itself". */
const REAL: readonly Given[] = [
  { MONGODB_URI: 'mongodb://127.0.0.1:27017' },
  { MONGODB_URI: 'mongodb://db.example.test/' },
  { MONGODB_URI: 'mongodb+srv://db.example.test/' },
  { AUDIT_MONGODB_URI: 'mongodb://127.0.0.1:27017' },
  { STORE_EMBEDDED_IN_PRODUCTION: 'yes' },
  ...['0.0.0.0', '::', '10.1.2.3', '192.168.1.7', 'fe80::1', '::ffff:10.1.2.3', 'overblik.example.test'].map(
    (HOST) => ({ HOST }),
  ),
  // What only looks like this machine.
  ...[
    'localhost.example.test',
    '127.0.0.1.example.test',
    '127.1',
    '0x7f000001',
    'notlocalhost',
    '128.0.0.1',
  ].map((HOST) => ({ HOST })),
  ...[
    'https://overblik.example.test',
    'http://10.1.2.3:4000',
    'https://127.0.0.1.example.test',
    'https://localhost@overblik.example.test',
  ].map((PUBLIC_URL) => ({ PUBLIC_URL })),
  { AMQP_URL: 'amqp://broker.example.test' },
  ...['127.0.0.1', '10.1.0.0/16'].map((TRUSTED_PROXIES) => ({ TRUSTED_PROXIES })),
  ...SUBGRAPH_NAMES.map((name) => ({
    [`SUBGRAPH_${name.toUpperCase()}_URL`]: 'http://127.0.0.1:4001/graphql',
  })),
];
/** Said, and still nobody else's concern. */
const OWN: readonly Given[] = [
  {},
  { DATA_DIR: '/somewhere', PORT: '0', SEED_CITIZENS: '0', LOG_LEVEL: 'debug' },
  ...['127.0.0.1', '127.8.9.10', '::1', 'localhost', 'LOCALHOST', 'overblik.localhost'].map((HOST) => ({
    HOST,
  })),
  ...[
    'http://127.0.0.1:4000',
    'http://localhost:4000',
    'http://[::1]:4000',
    'https://overblik.localhost',
  ].map((PUBLIC_URL) => ({ PUBLIC_URL })),
  { AMQP_URL: 'amqp://localhost:5672' },
];
const NODE_ENVS = [undefined, 'development', 'test', 'staging', 'production'];
const STATED = [undefined, 'development', 'production'] as const;

/** The rule as the documentation has it, said once more. */
function expected(stated: (typeof STATED)[number], node: string | undefined, real: boolean) {
  if (stated !== undefined) return stated;
  return node === 'production' || real ? 'production' : 'development';
}

describe('the mode, over every combination', () => {
  const rows = STATED.flatMap((stated) =>
    NODE_ENVS.flatMap((node) =>
      [...REAL.map((given) => ({ given, real: true })), ...OWN.map((given) => ({ given, real: false }))].map(
        ({ given, real }) => ({
          given: {
            ...given,
            ...(stated && { OVERBLIK_MODE: stated }),
            ...(node && { NODE_ENV: node }),
          },
          want: expected(stated, node, real),
        }),
      ),
    ),
  );
  test.each(rows)('$given is $want', ({ given, want }) => {
    expect(mode(given)).toBe(want);
    const demand = () => requireDevelopment(settings(given), 'the seed');
    if (want === 'development') expect(demand).not.toThrow();
    else expect(demand).toThrow('OVERBLIK_MODE: the seed exists in development only');
  });
  test('two of them mean production as one does, and only the word opens them', () => {
    for (const real of REAL)
      for (const other of REAL) {
        expect(mode({ ...real, ...other })).toBe('production');
        expect(mode({ ...real, ...other, NODE_ENV: 'development' })).toBe('production');
        expect(mode({ ...real, ...other, OVERBLIK_MODE: 'development' })).toBe('development');
      }
  });
  test.each(['Development', 'dev', 'test', 'prod', ' development', 'true'])(
    'OVERBLIK_MODE=%s is no mode',
    (word) => {
      expect(gatewaySettingsShape.safeParse({ OVERBLIK_MODE: word }).success).toBe(false);
    },
  );
});

describe('towards another machine a development tool needs the stated mode', () => {
  const at = (given: Given, url: string) => () => requireDevelopment(settings(given), 'the tool', [url]);
  test.each(['https://overblik.example.test', 'http://10.0.0.1:4000', 'nonsense'])('%s', (url) => {
    expect(at({}, url)).toThrow('the mode must be stated');
    expect(at({ OVERBLIK_MODE: 'development' }, url)).not.toThrow();
  });
  test('this machine is no other', () => expect(at({}, 'http://127.0.0.1:4000')).not.toThrow());
});

describe('what production demands', () => {
  const NEEDED = [
    'MONGODB_URI',
    'INTERNAL_SIGNING_KEY',
    'AUDIT_SIGNING_KEY',
    'CURSOR_KEY',
    'TRUSTED_ISSUERS',
  ];
  const names = (given: Given) =>
    productionProblems(settings(given)).map((problem) => problem.slice(0, problem.indexOf(':')));
  test('each missing one is named', () => {
    expect(names({}).sort()).toEqual([...NEEDED].sort());
    expect(names({ MONGODB_URI: 'mongodb://127.0.0.1' })).not.toContain('MONGODB_URI');
    expect(names({ STORE_EMBEDDED_IN_PRODUCTION: 'yes' })).not.toContain('MONGODB_URI');
  });
  test('who did not state the mode learns what made it production', () => {
    const { problems } = productionDemands(settings({ HOST: '0.0.0.0', MONGODB_URI: 'mongodb://x' }), [
      'X: y',
    ]);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^OVERBLIK_MODE: not stated, and MONGODB_URI, HOST mean production/);
    expect(productionDemands(settings({ OVERBLIK_MODE: 'production' }), ['X: y']).problems).toEqual(['X: y']);
  });
});
