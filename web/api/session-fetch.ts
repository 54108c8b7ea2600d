/** Called when a request met a session that is over. */
type OnEnded = () => void;

/** A request that there was no room for is sent again so many times, each after the time that the gateway asks for. */
const BUSY_TRIES = 3;
/** Whoever is asked to wait longer reads so instead. */
const LONGEST_WAIT_MS = 5000;

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
 * called, and the answer handed on as it is. What the gateway had no room for, and so did nothing of, is sent again a little later
 */
export function sessionFetch(onEnded: OnEnded): typeof fetch {
  return async (input, init) => {
    const response = await whenThereIsRoom(input, init);
    if (response.status !== 401) return response;
    const again = (await renewed()) ? await whenThereIsRoom(input, init) : response;
    if (again.status === 401) onEnded();
    return again;
  };
}

async function whenThereIsRoom(...request: Parameters<typeof fetch>): Promise<Response> {
  let response = await fetch(...request);
  for (let tries = 0; tries < BUSY_TRIES; tries++) {
    const wait = waitOf(response);
    if (wait === undefined || !(await isBusy(response))) return response;
    await new Promise((resolve) => setTimeout(resolve, wait));
    response = await fetch(...request);
  }
  return response;
}

/** @returns milliseconds to wait; undefined for an answer that is one, and for a wait that is too long. */
function waitOf({ status, headers }: Response): number | undefined {
  const seconds = headers.get('retry-after');
  if (status !== 503 || seconds === null || !/^\d+$/.test(seconds)) return undefined;
  const wait = Number(seconds) * 1000;
  return wait > LONGEST_WAIT_MS ? undefined : wait;
}

/**
 * @returns whether the gateway itself says that it did nothing. A proxy before it may ask for a wait too, and then nobody knows what
 * a change has come to: it is not sent twice
 */
async function isBusy(response: Response): Promise<boolean> {
  return /"code":\s?"BUSY"/.test(await response.clone().text());
}
