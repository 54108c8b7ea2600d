import type { ReactNode } from 'react';
import type { GovernedKind } from '../../generated/operations.js';
import { AgreementEditor } from './agreement-editor.js';
import type { EditorProps } from './editor-props.js';
import { JumpEditor } from './jump-editor.js';
import { MappingEditor } from './mapping-editor.js';
import { SettingsEditor } from './settings-editor.js';

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
