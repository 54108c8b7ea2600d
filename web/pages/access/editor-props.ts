import type { ChangeOutcome, ContentPartsFragment } from '../../generated/operations.js';

/** What the editor of any governed content takes. */
export interface EditorProps {
  /** Null for a new one. */
  readonly itemKey: string | null;
  readonly revision: number;
  /** What is edited; null for a new one. */
  readonly from: ContentPartsFragment | null;
  /** Called with the outcome, null when nothing was done, and the key of what was drafted. */
  readonly onDone: (outcome: ChangeOutcome | null, key: string) => void;
}
