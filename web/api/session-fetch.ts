/** Called when a request met a session that is over. */
type OnEnded = () => void;

let renewing: Promise<boolean> | undefined;

/** Requests that meet a run-out token at once renew it once. */
function renewed(): Promise<boolean> {
  renewing ??= fetch('/session/refresh', { method: 'POST', credentials: 'same-origin' })
    .then((response) => response.ok)
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

/**
 * @returns a `fetch` under the session: a token that has run out is renewed once and the request sent again. A session that is over is
 * called, and the answer handed on as it is
 */
export function sessionFetch(onEnded: OnEnded): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.status !== 401) return response;
    const again = (await renewed()) ? await fetch(input, init) : response;
    if (again.status === 401) onEnded();
    return again;
  };
}
