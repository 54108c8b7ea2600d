import type DataLoader from 'dataloader';
import type { Collections, Names, Row, systemOf } from '../names.js';
import type { PlainRights, User } from './rights.js';
import type { PlainName } from './type-defs.js';

export interface SourceStatus {
  readonly sourceSystem: ReturnType<typeof systemOf>;
  readonly state: string;
  readonly asOf: Date;
}

/** What lives for one request of one subgraph. */
export interface PlainContext {
  readonly user: User;
  readonly payments: DataLoader<string, Row[]>;
  /** Read once for all sections of the request. */
  readonly sources: () => Promise<SourceStatus[]>;
}

/** What a subgraph is built from. */
export interface PlainParts {
  readonly of: Collections;
  readonly names: Names;
  readonly rights: PlainRights;
  /** Writes durably whom a user has looked up. */
  readonly log: (user: User, citizenId: string, part: PlainName) => Promise<void>;
}

export interface Reference {
  readonly id: string;
}
/** Fields that every section has. */
export const went = {
  outcome: () => 'AVAILABLE',
  sources: (_: unknown, __: unknown, { sources }: PlainContext) => sources(),
};
