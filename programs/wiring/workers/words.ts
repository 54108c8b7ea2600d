import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import type { Readiness } from '../../../gateway/health/readiness.js';
import type { WorkerPlace } from '../common-parts.js';

/** What one process counts and measures, as it travels to the first process. */
export type MetricRow = MetricObjectWithValues<MetricValue<string>>;

/** What the first process asks a worker, and what it is answered. */
export interface Answers {
  readonly readiness: Readiness;
  readonly metrics: readonly MetricRow[];
}

export type Question = keyof Answers;

/** What the first process says to a worker. Both run the same build: nothing of it comes from outside. */
export type ToWorker =
  | { readonly kind: 'begin'; readonly place: WorkerPlace }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  | { readonly kind: 'stop' };

/** What a worker says. It begins when it has said that it is `here`. */
export type FromWorker =
  | { readonly kind: 'here' }
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'prepared' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answers[Question] };
