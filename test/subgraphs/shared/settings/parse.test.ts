import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { gatewaySettingsShape } from '../../../../programs/settings.js';
import { SettingsError, parseSettings } from '../../../../subgraphs/shared/settings/parse.js';
import { VALIDATORS_WORDS } from '../../../kit/validators-words.js';

const problems = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    parseSettings(gatewaySettingsShape, environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};

test.each([
  ['PORT', 'four', 'must be a whole number'],
  ['PORT', '1.5', 'must be a whole number'],
  ['PORT', '70000', 'must be at most 65535'],
  ['SUBGRAPH_TIMEOUT_MS', '1', 'must be at least 50'],
  ['OVERBLIK_MODE', 'prod', 'must be development or production'],
  ['LOG_LEVEL', 'loud', 'must be fatal, error, warn, info, debug or silent'],
  ['PUBLIC_URL', 'overblik', 'must be an address, as https://overblik.example.org'],
  ['MONGODB_URI', 'http://store', 'must start with mongodb:// or mongodb+srv://'],
  ['SUBGRAPH_CASE_URL', 'http://localhost', 'unknown setting; is SUBGRAPH_CASES_URL meant?'],
  ['INTERNAL_SIGNING_KEY', '{}', 'must be a private P-256 JWK with kid, as JSON (npm run keys prints one)'],
])('%s=%s: %s', (name, value, rule) => {
  expect(problems({ [name]: value })).toEqual([`${name}: ${rule}`]);
});

test('a setting that must be given and is empty is named as required', () => {
  const shape = z.object({ KSD_URL: z.url() });
  expect(() => parseSettings(shape, { KSD_URL: '' })).toThrow('KSD_URL: required');
});

test('whatever a setting holds, the operator reads our own words and not the value', () => {
  const names = Object.keys(gatewaySettingsShape.shape);
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.json()),
      (name, value) => {
        const secret = `${value}§hidden§`;
        for (const given of [value, secret])
          for (const problem of problems({ [name]: given })) {
            expect(problem).toMatch(new RegExp(`^${name}: `));
            expect(problem).not.toMatch(VALIDATORS_WORDS);
            expect(problem).not.toContain('§hidden§');
          }
      },
    ),
    { numRuns: 2000 },
  );
});
