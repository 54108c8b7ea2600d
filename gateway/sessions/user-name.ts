import { createHash } from 'node:crypto';

/** @returns a word that is the same for the same user and says nothing of the user: a page tells by it who is back. */
export function userWord({ cvr, subject }: { readonly cvr: string; readonly subject: string }): string {
  return createHash('sha256').update(`${cvr}|${subject}`).digest('base64url').slice(0, 16);
}
