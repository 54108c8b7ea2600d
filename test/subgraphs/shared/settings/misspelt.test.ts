import { expect, test } from '@jest/globals';
import { gatewaySettingsShape } from '../../../../programs/settings.js';
import { settingOfFile } from '../../../../subgraphs/shared/settings/from-files.js';
import { isMisspelt, nearestSetting } from '../../../../subgraphs/shared/settings/misspelt.js';

const KNOWN = Object.keys(gatewaySettingsShape.shape);

test.each([
  ['MONGO_URI', 'MONGODB_URI'],
  ['PUBLIC_URI', 'PUBLIC_URL'],
  ['CURSOR_KYE', 'CURSOR_KEY'],
  ['ADDRESS_REQUESTS_PER_MINUT', 'ADDRESS_REQUESTS_PER_MINUTE'],
])('%s is taken for a slip of %s', (name, meant) => {
  expect([isMisspelt(name, KNOWN), nearestSetting(name, KNOWN)]).toEqual([true, meant]);
});

test('no setting is taken for another, and other programs’ names are let be', () => {
  expect(KNOWN.filter((name) => isMisspelt(name, KNOWN))).toEqual([]);
  const others = [
    ...[
      'PATH',
      'HOME',
      'HOSTNAME',
      'LANG',
      'TZ',
      'PWD',
      'USER',
      'SHLVL',
      'NODE_OPTIONS',
      'NODE_VERSION',
      'HOSTS',
      'PORTS',
    ],
    ...[
      'KUBERNETES_SERVICE_HOST',
      'KUBERNETES_PORT',
      'MONGO_INITDB_ROOT_USERNAME',
      'npm_config_cache',
      'LOG_DIR',
    ],
  ];
  expect(others.filter((name) => isMisspelt(name, KNOWN))).toEqual([]);
});

test('a setting that ends in _FILE itself names no file of another', () => {
  const { shape } = gatewaySettingsShape;
  expect(settingOfFile(shape, 'CURSOR_KEY_FILE')).toBe('CURSOR_KEY');
  expect(settingOfFile(shape, 'AUDIT_ANCHOR_FILE')).toBeUndefined();
  expect(settingOfFile(shape, 'AUDIT_ANCHOR_FILE_FILE')).toBe('AUDIT_ANCHOR_FILE');
  expect(settingOfFile(shape, 'constructor_FILE')).toBeUndefined();
});
