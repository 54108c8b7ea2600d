/** A user agent that keeps cookies by host, follows nothing by itself, and says where its requests come from. */
export class Agent {
  readonly #cookies = new Map<string, Map<string, string>>();

  cookies(url: string): Map<string, string> {
    const { host } = new URL(url);
    const known = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, known);
    return known;
  }

  async send(
    url: string,
    { form, json, headers = {}, method }: SendOptions = {},
  ): Promise<Response & { readonly to: string }> {
    const jar = this.cookies(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const text = json === undefined ? undefined : JSON.stringify(json);
    const body = form ? new URLSearchParams(form).toString() : text;
    const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
    const response = await fetch(url, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        ...(cookie !== '' && { cookie }),
        ...(body !== undefined && { 'content-type': type }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split('; ');
      const at = pair!.indexOf('=');
      const value = pair!.slice(at + 1);
      const gone = value === '' || attributes.some((attribute) => /^Max-Age=0$/i.test(attribute));
      if (gone) jar.delete(pair!.slice(0, at));
      else jar.set(pair!.slice(0, at), value);
    }
    const location = response.headers.get('location');
    return Object.assign(response, { to: location === null ? '' : new URL(location, url).href });
  }
}

export interface SendOptions {
  readonly form?: Record<string, string>;
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
  readonly method?: string;
}

/** @returns the value of an input in a page. */
export function hidden(page: string, name: string): string {
  const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1];
  if (found === undefined) throw new Error(`the page has no ${name}`);
  return found;
}
