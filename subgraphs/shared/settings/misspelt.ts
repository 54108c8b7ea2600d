import { present } from '../certain/present.js';
/** Names that begin like a setting of ours but are none are most likely typing errors; they stop the start. */
const OUR_PREFIXES =
  /^(SUBGRAPH_|STORE_|AUDIT_|SEED_|INTERNAL_|TRUSTED_|TOKEN_|CURSOR_|SAML_|JUMP_|LINK_|OPERATIONS_|FEED_|OVERBLIK_(?!PROPERTY_RUNS))/;
/** What others call the store's and the broker's address. */
const USUAL_NAMES = /^(MONGO(DB)?_?UR[IL]|MONGO(DB)?_CONNECTION(_STRING)?|AMQP_URI|RABBITMQ_UR[IL])$/;
/** Shorter names are a slip away from many programs' words. */
const MIN_LENGTH = 8;
const MAX_SLIPS = 2;

/**
 * @param known every setting there is
 * @returns whether a name can only be meant for us and is none of ours: spelled wrong, or gone
 */
export function isMisspelt(name: string, known: readonly string[]): boolean {
  if (known.includes(name)) return false;
  return OUR_PREFIXES.test(name) || USUAL_NAMES.test(name) || nearestSetting(name, known) !== undefined;
}

/** @returns the setting a name is a slip or two away from */
export function nearestSetting(name: string, known: readonly string[]): string | undefined {
  if (name.length < MIN_LENGTH) return undefined;
  const near = known
    .filter((setting) => setting.length >= MIN_LENGTH)
    .map((setting) => ({ setting, slips: slipsBetween(name, setting) }))
    .filter(({ slips }) => slips <= MAX_SLIPS);
  return near.sort((a, b) => a.slips - b.slips)[0]?.setting;
}

const at = (row: readonly number[], place: number) => present(row[place], 'a place of the table');

/** @returns how many letters must be added, taken away or exchanged (Levenshtein); more than MAX_SLIPS when it is clear */
function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MAX_SLIPS) return MAX_SLIPS + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return at(row, b.length);
}
