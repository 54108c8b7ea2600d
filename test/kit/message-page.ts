/** @returns the number that a page of the gateway's asks its reader to quote. */
export function referenceOf(page: string): string {
  const found = /Oplys dette nummer[^<]*<code>([\w-]+)<\/code>/.exec(page)?.[1];
  if (found === undefined) throw new Error('the page has no number to quote');
  return found;
}

/** @returns the page without that number, to be compared with another. */
export const withoutReference = (page: string): string => page.replace(referenceOf(page), '');
