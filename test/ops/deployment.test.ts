import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { gatewaySettingsShape } from '../../programs/settings.js';
import { SUBGRAPH_NAMES } from '../../schema/subgraph-names.js';

/** No container engine is on this machine: what can be compared without one is. */
const ROOT = join(import.meta.dirname, '..', '..');
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const compose = parse(text('compose.yaml'), { merge: true }) as {
  services: Record<string, any>;
  secrets: Record<string, { file: string }>;
  volumes: object;
  configs: Record<string, { file: string }>;
};
const ours = Object.entries(compose.services).filter(([, { image }]) =>
  String(image).startsWith('overblik:'),
);
const example = new Map(
  [...text('.env.example').matchAll(/^# ([A-Z_]+)=(\S*)/gm)].map(([, name, value]) => [name!, value!]),
);
/** The setting a variable states, itself or by its file. */
const settingOf = (name: string) =>
  Object.hasOwn(gatewaySettingsShape.shape, name) ? name : name.replace(/_FILE$/, '');

describe('compose.yaml', () => {
  test('every variable of ours is a setting of .env.example', () => {
    expect(ours.length).toBe(SUBGRAPH_NAMES.length + 3);
    const names = ours.flatMap(([, { environment }]) => Object.keys(environment));
    expect(names.filter((name) => !example.has(settingOf(name)))).toEqual([]);
  });

  test('secrets come from files that are declared, handed over and never in the environment', () => {
    for (const [name, { environment, secrets }] of ours)
      for (const [variable, value] of Object.entries<string>(environment)) {
        const secret = /^\/run\/secrets\/(\w+)$/.exec(value)?.[1];
        expect([name, variable, variable.endsWith('_FILE')]).toEqual([name, variable, secret !== undefined]);
        if (secret !== undefined)
          expect([name, secrets, Object.keys(compose.secrets)]).toEqual([
            name,
            expect.arrayContaining([secret]),
            expect.arrayContaining([secret]),
          ]);
      }
    for (const [name, { file }] of Object.entries(compose.secrets)) expect(file).toBe(`./secrets/${name}`);
  });

  test('each subgraph listens at its usual port, and the gateways reach it there', () => {
    for (const name of SUBGRAPH_NAMES) {
      const setting = `SUBGRAPH_${name.toUpperCase()}`;
      const port = example.get(`${setting}_PORT`);
      expect(String(compose.services[name].environment[`${setting}_PORT`])).toBe(port);
      expect(compose.services[name].command.at(-1)).toBe(name);
      for (const gateway of ['gateway-1', 'gateway-2'])
        expect(compose.services[gateway].environment[`${setting}_URL`]).toBe(
          `http://${name}:${port}/graphql`,
        );
    }
  });

  test('the gateways publish their ports to this machine alone', () => {
    for (const gateway of ['gateway-1', 'gateway-2']) {
      const { ports, environment } = compose.services[gateway];
      expect([environment.PORT, environment.OPERATIONS_PORT].map(String)).toEqual([
        example.get('PORT'),
        '4090',
      ]);
      expect(ports.map((port: string) => port.replace(/^127\.0\.0\.1:\d+:/, ''))).toEqual(['4000', '4090']);
    }
    for (const name of SUBGRAPH_NAMES) expect(compose.services[name].ports).toBeUndefined();
  });

  test('every process of ours is without rights it does not need; every volume and file exists', () => {
    for (const [name, service] of ours)
      expect([name, service.read_only, service.cap_drop, service.security_opt]).toEqual([
        name,
        true,
        ['ALL'],
        ['no-new-privileges:true'],
      ]);
    for (const { file } of Object.values(compose.configs)) expect(existsSync(join(ROOT, file))).toBe(true);
    const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((volume: string) => volume.split(':')[0]),
    );
    expect(mounted.filter((source) => !source.startsWith('.')).sort()).toEqual(
      Object.keys(compose.volumes).sort(),
    );
  });
});

describe('Dockerfile', () => {
  const lines = text('Dockerfile').split('\n');
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  test('it opens the ports of .env.example, runs as nobody special and states settings alone', () => {
    expect(of('EXPOSE')).toEqual([`${example.get('PORT')} 4090`]);
    expect(of('USER')).toEqual(['node']);
    const stated = of('ENV').flatMap((line) => [...line.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name!));
    expect(stated.filter((name) => !example.has(name))).toEqual([]);
    expect(of('VOLUME')).toEqual([/DATA_DIR=(\S+)/.exec(of('ENV').join(' '))?.[1]]);
  });

  test('its images are pinned, and nothing of an installation goes into it', () => {
    for (const image of of('FROM')) expect(image).toMatch(/^node:\d+\.\d+\.\d+-/);
    expect(text('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['.env', 'data', '.git', 'node_modules']),
    );
  });
});

test('the systemd unit starts what the package has, and does not try wrong settings again', () => {
  const unit = text('ops/overblik.service');
  expect(unit).toContain('RestartPreventExitStatus=78');
  const [, program] = /^ExecStart=.*\/dist\/(programs\/\w+)\.js$/m.exec(unit)!;
  expect(existsSync(join(ROOT, `${program}.ts`))).toBe(true);
  const [, stated] = /^Environment=(.*)$/m.exec(unit)!;
  expect(stated!.split(' ').filter((setting) => !example.has(setting.split('=')[0]!))).toEqual([]);
});
