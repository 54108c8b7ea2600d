import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import type { Installation } from '../../subgraphs/access/installation/read-installation.js';
import type { AuthorityRecord, ProviderRecord, SystemRecord } from '../../subgraphs/access/source/records.js';
import { type ContentInFile, contentsOf } from './contents.js';
import { type Fault, SetupFaults } from './fault.js';
import { KEY_RULE, type SetupFile } from './file-shape.js';

/** What a file asks for, checked. */
export interface Wanted {
  readonly authorities: readonly AuthorityRecord[];
  readonly providers: readonly ProviderRecord[];
  readonly systems: readonly SystemRecord[];
  readonly contents: readonly ContentInFile[];
}

/**
 * Checks a file against itself and the store, by the rules that check what administrators write.
 * @param kleNumbers every KLE number the installation has or begins with
 * @throws SetupFaults with every fault
 */
export function checkFile(
  file: SetupFile,
  installation: Installation,
  kleNumbers: readonly string[],
  now: Date,
): Wanted {
  const faults: Fault[] = [];
  const systems = (file.systems ?? []).map((system, i) => systemOf(system, `systems.${i}`, faults));
  const known = [
    ...systems,
    ...installation.systems.filter(({ _id }) => !systems.some((system) => system._id === _id)),
  ];
  const context = { installation, systems: known, kleNumbers, now, faults };
  const contents = file.authorities.flatMap((authority, i) =>
    contentsOf(authority, `authorities.${i}`, context),
  );
  const authorities = file.authorities.map(({ cvr, name, municipalityCode, domain }) => ({
    ...{ _id: cvr, name, municipalityCode: municipalityCode ?? null, domain: domain ?? null },
  }));
  const providers = file.authorities.flatMap(({ cvr, identityProviders = [] }) =>
    identityProviders.map(({ entityId, sloUrl, ...rest }) => ({
      _id: entityId,
      sloUrl: sloUrl ?? null,
      cvr,
      ...rest,
    })),
  );
  findDoubles(file, contents, faults);
  if (faults.length > 0) throw new SetupFaults(faults);
  return { authorities, providers, systems, contents };
}

type SystemInFile = NonNullable<SetupFile['systems']>[number];

function systemOf(system: SystemInFile, path: string, faults: Fault[]): SystemRecord {
  const keys = system.keys.map((key, i) => {
    const read = publicJwkOf(key);
    if (read === undefined) faults.push({ path: `${path}.keys.${i}`, rule: KEY_RULE });
    return read ?? {};
  });
  const { id, code, name, takesNotes = false } = system;
  return { _id: id, code, name, keys, takesNotes, active: true };
}

/** @returns the key as JWK; undefined for a private key, another curve or no key */
function publicJwkOf(given: SystemInFile['keys'][number]): JWK | undefined {
  try {
    const { kid } = given;
    // A public key can be made of a private one: nobody is led to send that around.
    if ('pem' in given && given.pem.includes('PRIVATE KEY')) return undefined;
    const key =
      'pem' in given
        ? createPublicKey(given.pem.replaceAll(String.raw`\n`, '\n'))
        : createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: given.x, y: given.y }, format: 'jwk' });
    const { kty, crv, x, y } = key.export({ format: 'jwk' });
    if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) return undefined;
    return { kty, crv, x, y, alg: 'ES256', kid };
  } catch {
    return undefined;
  }
}

/** Adds a fault for each thing the file says twice. */
function findDoubles(file: SetupFile, contents: readonly ContentInFile[], faults: Fault[]): void {
  const named = (path: string, name: string) => ({ path, name });
  const lists = [
    file.authorities.map(({ cvr }, i) => named(`authorities.${i}.cvr`, cvr)),
    file.authorities.flatMap(({ identityProviders = [] }, i) =>
      identityProviders.map((provider, n) =>
        named(`authorities.${i}.identityProviders.${n}.entityId`, provider.entityId),
      ),
    ),
    (file.systems ?? []).map(({ id }, i) => named(`systems.${i}.id`, id)),
    contents.map(({ path, name: { kind, cvr, key } }) => named(path, `${kind}|${cvr}|${key}`)),
  ];
  for (const list of lists) {
    const seen = new Set<string>();
    for (const { path, name } of list) {
      if (seen.has(name)) faults.push({ path, rule: 'only once in the file' });
      seen.add(name);
    }
  }
}
