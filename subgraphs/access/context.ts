import type { RequestContext } from '../shared/runtime/request-context.js';
import type { SessionSource } from './sessions/session-source.js';
import type { AccessSource } from './source/access-source.js';
import type { ChoiceSource } from './source/choice-source.js';
import type { LiftSource } from './source/lift-source.js';
import type { SystemSource } from './source/system-source.js';
import type { VersionSource } from './source/version-source.js';

export interface Context extends RequestContext {
  readonly source: AccessSource;
  readonly lifts: LiftSource;
  readonly versions: VersionSource;
  readonly systems: SystemSource;
  readonly sessions: SessionSource;
  readonly choices: ChoiceSource;
}
