/** An answer of the server, as far as a page that writes looks at it. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** What a call ends in: an answer, or a session that is over. */
export type Asked = { readonly answer: Answer } | { readonly sessionEnded: true };

async function post(path: string, body?: unknown): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/**
 * Runs a stored operation under the session. A token that has run out is renewed once; a session that is over is told,
 * and nothing of the caller's is lost. @throws when the server cannot be reached
 */
export async function ask(documentId: string, variables: Record<string, unknown>): Promise<Asked> {
  const body = { documentId, variables };
  let response = await post('/graphql', body);
  if (response.status === 401) {
    const renewed = await post('/session/refresh');
    if (!renewed.ok) return { sessionEnded: true };
    response = await post('/graphql', body);
  }
  if (response.status === 401) return { sessionEnded: true };
  return { answer: (await response.json()) as Answer };
}

/** @returns a word for the user of the session, the same for as long as it is the same user; null without a session. */
export async function currentUser(): Promise<string | null> {
  const response = await fetch('/session', { credentials: 'same-origin' });
  if (!response.ok) return null;
  const { user } = (await response.json()) as { readonly user: string };
  return user;
}
