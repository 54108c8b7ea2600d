import { expect, test } from '@jest/globals';
import { DevelopmentIdentityProvider } from '../../../seed/development/identity-provider.js';
import { developmentSamlKeys } from '../../../seed/development/saml-keys.js';
import { startDevelopmentProvider } from '../../../seed/development/saml-provider.js';
import { startKsd } from '../../../seed/development/ksd/server.js';
import { SIGN_INS } from '../../../seed/development/sign-ins.js';
import { newKey } from '../../../subgraphs/shared/settings/keys.js';
import { temporaryDirectory } from '../../kit/store.js';

test('what signs in during development, and the stand-in for KSD, refuse to exist in production', async () => {
  const { path, remove } = temporaryDirectory();
  const provider = async (production: boolean, port = 0) =>
    startDevelopmentProvider({
      port,
      keys: await developmentSamlKeys(path),
      signIns: SIGN_INS,
      names: {},
      production,
      serviceUrl: () => 'http://127.0.0.1:1',
      now: () => new Date(),
    });
  await expect(provider(true)).rejects.toThrow('production');
  const running = await provider(false);
  try {
    // A port that is taken is reported by its setting.
    await expect(provider(false, Number(new URL(running.url).port))).rejects.toThrow('SAML_DEVELOPMENT_PORT');
  } finally {
    await running.close();
    remove();
  }
  const key = await newKey();
  expect(() => new DevelopmentIdentityProvider(key, 'overblik', true)).toThrow('production');
  const ksd = {
    port: 0,
    overblikUrl: 'http://127.0.0.1:1',
    key,
    identityKey: key,
    ticketAudience: 'overblik-feed',
    tokenAudience: 'overblik',
    production: true,
  };
  await expect(startKsd(ksd)).rejects.toThrow('production');
});
