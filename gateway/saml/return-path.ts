const MAX = 500;

/** @returns a path of ours to go to after the sign-in; `/` for anything that is none. */
export function returnPath(given: unknown, publicUrl: string): string {
  if (
    typeof given !== 'string' ||
    given.length > MAX ||
    !/^\/[^/\\]?/.test(given) ||
    !URL.canParse(given, publicUrl)
  )
    return '/';
  const url = new URL(given, publicUrl);
  return url.origin === new URL(publicUrl).origin ? `${url.pathname}${url.search}` : '/';
}
