import { Pool } from 'undici';
import type { Front } from './measure.js';

/** Answers that came, and how long each took. */
export interface Load {
  readonly seconds: number;
  /** Milliseconds of each answer, the shortest first. */
  readonly latencies: readonly number[];
  /** Answers that lacked a part: what was too slow is left out of an answer, not failed with it. */
  readonly incomplete: number;
}

const LACKS = /"errors":|"UNAVAILABLE"/;

/** Longer than a busy machine takes with many connections. */
const TIMEOUT_MS = 120_000;

/**
 * Asks a front over so many connections, each anew when its answer is there, and waits for the last ones: no request is
 * left under way, so what was used divides by what was answered. Each connection gets one answer at least.
 * @throws when a request fails
 */
export async function load(
  { name, url, asked: { headers, body } }: Front,
  connections: number,
  seconds: number,
): Promise<Load> {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: TIMEOUT_MS });
  const latencies: number[] = [];
  let incomplete = 0;
  const begun = performance.now();
  const until = begun + seconds * 1000;
  const askOnAndOn = async (): Promise<void> => {
    do {
      const sent = performance.now();
      const answer = await pool.request({ method: 'POST', path, headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${name} answered with ${answer.statusCode}`);
      latencies.push(performance.now() - sent);
      if (LACKS.test(text)) incomplete++;
    } while (performance.now() < until);
  };
  await Promise.all(Array.from({ length: connections }, askOnAndOn));
  const took = (performance.now() - begun) / 1000;
  await pool.close();
  return { seconds: took, latencies: latencies.sort((a, b) => a - b), incomplete };
}
