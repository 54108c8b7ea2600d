import { createHash } from 'node:crypto';

/** @returns the id of a stored operation: `sha256:<hex>` of its text. */
export function operationId(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
