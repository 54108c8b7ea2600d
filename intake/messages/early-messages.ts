import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import type { EarlyMessage } from '../../subgraphs/shared/ports/shapes.js';
import { envelopeShape } from './envelope.js';
import { awaits } from './surroundings.js';
import { type MessageParts, takeMessage } from './take-message.js';

/** @returns a registered system; null for none, undefined when it cannot be read now. */
export type SystemById = (id: string) => Promise<DeliveringSystem | null | undefined>;

const PAGE = 500;

/**
 * Takes up messages that came before whom they are about, where somebody has arrived since. The sender's agreement is looked at as it
 * is now; one whose system is gone is let go of. One that fails holds up no other and is tried again.
 * @returns how many were taken up; throws the first failure when all have been tried
 */
export async function takeUpEarly(
  parts: MessageParts & { readonly systemById: SystemById },
): Promise<number> {
  let taken = 0;
  const failures: unknown[] = [];
  for (let after: string | null = null; ;) {
    const page: EarlyMessage[] = await parts.ports.alerts.early(after, PAGE);
    for (const message of await arrived(parts, page))
      try {
        if (await takeUp(parts, message)) taken++;
      } catch (error) {
        failures.push(error);
      }
    if (page.length < PAGE) break;
    after = present(page.at(-1), 'the last message of a page').id;
  }
  if (failures.length > 0) throw failures[0];
  return taken;
}

/** @returns those that name somebody who is known by now, or a case for which nothing more is awaited. One look-up for all numbers of a page. */
async function arrived({ ports }: MessageParts, page: readonly EarlyMessage[]): Promise<EarlyMessage[]> {
  if (page.length === 0) return [];
  const known = await ports.citizens.resolve([...new Set(page.flatMap(({ keys }) => keys))]);
  const found: EarlyMessage[] = [];
  for (const message of page) {
    const { keys, caseId } = message;
    const byCase = async () => {
      const sides = caseId === null ? [] : await ports.cases.sides({ caseId });
      return sides.some(({ primary }) => primary.length > 0) || (keys.length === 0 && !awaits(sides));
    };
    if (keys.some((key) => known.has(key)) || (await byCase())) found.push(message);
  }
  return found;
}

async function takeUp(
  parts: MessageParts & { readonly systemById: SystemById },
  { id, systemId, text }: EarlyMessage,
): Promise<boolean> {
  const system = await parts.systemById(systemId);
  const read = envelopeShape.safeParse(JSON.parse(text));
  // What cannot be read now stays until it can, or until its time is over.
  if (system === undefined || !read.success) return false;
  const result = system && (await takeMessage(parts, system, read.data));
  if (result?.result === 'waiting') return false;
  await parts.ports.alerts.settleEarly(id);
  return result !== null;
}
