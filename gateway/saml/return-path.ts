const MAX = 500;

/**
 * Decides on the address as a browser will read it: parsed, with its dot segments resolved, and read once more as it would
 * stand in a redirect.
 * @returns a path of ours to go to after the sign-in; `/` for anything that is none
 */
export function returnPath(given: unknown, publicUrl: string): string {
  if (typeof given !== 'string' || given.length > MAX || !given.startsWith('/')) return '/';
  const path = pathOfOurs(given, publicUrl);
  // What was resolved may itself begin like another site: `/.//host` is `//host`.
  return path !== undefined && pathOfOurs(path, publicUrl) === path ? path : '/';
}

function pathOfOurs(address: string, publicUrl: string): string | undefined {
  if (!URL.canParse(address, publicUrl)) return undefined;
  const { origin, pathname, search } = new URL(address, publicUrl);
  const isOurs = origin === new URL(publicUrl).origin && !pathname.startsWith('//');
  return isOurs ? `${pathname}${search}` : undefined;
}
