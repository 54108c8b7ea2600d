import type { ReactNode } from 'react';
import type { ChangeOutcome, ContentPartsFragment, GovernedKind } from '../../generated/operations.js';
import { AgreementEditor } from './agreement-editor.js';
import { JumpEditor } from './jump-editor.js';
import { MappingEditor } from './mapping-editor.js';
import { SettingsEditor } from './settings-editor.js';

export interface EditorProps {
  /** Null for a new one. */
  readonly itemKey: string | null;
  readonly revision: number;
  /** What is edited; null for a new one. */
  readonly from: ContentPartsFragment | null;
  /** Told the outcome, null when nothing was done, and the key of what was drafted. */
  readonly onDone: (outcome: ChangeOutcome | null, key: string) => void;
}

/** Drafts a content of any kind. Nothing of it holds before it has been proposed, and approved by somebody else. */
export function ContentEditor({ kind, ...props }: EditorProps & { readonly kind: GovernedKind }): ReactNode {
  switch (kind) {
    case 'MAPPING':
      return <MappingEditor {...props} />;
    case 'AGREEMENT':
      return <AgreementEditor {...props} />;
    case 'SETTINGS':
      return <SettingsEditor {...props} />;
    case 'JUMP':
      return <JumpEditor {...props} />;
  }
}
