import { gzipSync } from 'node:zlib';

export interface AssetsMeasured {
  /** What the first page needs, as gzip would send it. */
  readonly scriptGzipKb: number;
  readonly styleGzipKb: number;
  /** The encoding the server really uses. */
  readonly sentAs: string;
  /** Largest single asset as sent. */
  readonly largestKb: number;
}

const kb = (bytes: number): number => Math.round(bytes / 102.4) / 10;

/** Scripts and styles that index.html names, with what those scripts import at once. */
export async function measureAssets(url: string): Promise<AssetsMeasured> {
  const html = await (await fetch(url)).text();
  const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path!);
  const asked = new Set(named);
  const contents = new Map<string, string>();
  let largest = 0;
  let sentAs = 'identity';
  for (const path of asked) {
    const response = await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'br, gzip' } });
    sentAs = response.headers.get('content-encoding') ?? sentAs;
    largest = Math.max(largest, Number(response.headers.get('content-length') ?? 0));
    const text = await response.text();
    contents.set(path, text);
    // Static imports come with it; dynamic ones wait until they are needed.
    if (path.endsWith('.js'))
      for (const [, name] of text.matchAll(/(?:^|[;}\s])import(?:[^"'();]*?from)?["']\.\/([^"']+\.js)["']/g))
        asked.add(`/assets/${name}`);
  }
  const gzipped = (extension: string) =>
    kb(
      [...contents]
        .filter(([path]) => path.endsWith(extension))
        .reduce((sum, [, text]) => sum + gzipSync(text, { level: 9 }).length, 0),
    );
  return {
    scriptGzipKb: gzipped('.js'),
    styleGzipKb: gzipped('.css'),
    sentAs,
    largestKb: kb(largest),
  };
}
