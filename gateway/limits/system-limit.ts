import type { FastifyRequest } from 'fastify';
import { MinuteCounts } from './minute-counts.js';

/** Systems times the kinds of what they do; there are some hundreds. */
const MAX_COUNTS = 5000;

/**
 * How much a system may ask of this gateway in a minute. Each way in (feed, messages, tickets, notes) has its own count: a
 * system that delivers its whole past still gets tickets for the caseworkers who jump from it.
 */
export class SystemLimit {
  readonly #counts = new MinuteCounts(MAX_COUNTS);

  /** @param perMinute requests of one system at one way in */
  constructor(private readonly perMinute: number) {}

  /** Counts a request of a system. @returns seconds to wait when it is one too many; undefined when it may go on */
  wait(systemId: string, request: FastifyRequest): number | undefined {
    const [, wayIn = ''] = (request.routeOptions.url ?? '').split('/');
    const { times, leftMs } = this.#counts.count(`${wayIn}|${systemId}`);
    return times > this.perMinute ? Math.ceil(leftMs / 1000) : undefined;
  }
}
