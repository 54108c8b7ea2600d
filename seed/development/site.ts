import type { SignIn } from './identity-provider.js';

/** A seeded story as the directory tells of it. */
export interface DirectoryStory {
  readonly slug: string;
  readonly citizenId: string;
  readonly cpr: string;
  readonly name: string;
  readonly shows: string;
  /** CVR numbers of other authorities the person has a tie to: a former home, a case or a benefit. */
  readonly ties: readonly string[];
}

/** Everything that exists in development only. */
export interface DevelopmentSite {
  readonly signIns: readonly SignIn[];
  readonly stories: readonly DirectoryStory[];
  /** Where metrics and the reasons of readiness are answered; known once it listens. */
  readonly operationsUrl: () => string;
  /** Texts of the queries the start page offers to copy, by title. */
  readonly examples: readonly {
    readonly title: string;
    readonly query: string;
    readonly variables: string;
  }[];
}
