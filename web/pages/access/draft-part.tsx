import { useCallback, useEffect } from 'react';
import { useMutation, type UseMutationState } from 'urql';
import {
  PreviewChange,
  ProposeChange,
  type ContentPartsFragment,
  type PreviewChangeMutation,
} from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useHasRole } from '../../session/caller.js';
import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import { Differences } from './differences.js';
import { Impact } from './impact.js';
import type { Item } from './governed-item.js';

interface DraftPartProps {
  readonly item: Item;
  readonly onEdit: () => void;
  readonly onDone: (outcome: 'DONE' | 'STALE' | null) => void;
}

/** A draft on one screen: what it would change, whom it would touch, and the steps on. A mapping's effect must have been seen before it is proposed. */
export function DraftPart({ item, onEdit, onDone }: DraftPartProps) {
  const { t } = useWords();
  const administers = useHasRole('access-administer');
  const { preview, again } = useDraftPreview(item, administers);
  const [, propose] = useMutation(ProposeChange);
  const { error, run } = useChange(onDone);
  const { draft, kind, key, revision } = item;
  if (!draft) return null;
  const isSeen = kind !== 'MAPPING' || preview.data?.previewChange != null;
  const act = () =>
    propose({ target: { kind, key, revision } }).then((result) => ({
      error: result.error,
      outcome: result.data?.proposeChange?.outcome,
    }));
  return (
    <section className="section-card proposal" aria-labelledby="draft">
      <h2 id="draft">{t('mappingDraft')}</h2>
      <Drafted draft={draft} before={item.current?.content ?? null} />
      <Previewed preview={preview} onRetry={again} />
      {administers ? (
        <p className="actions">
          <button
            type="button"
            className="button button-primary"
            disabled={!isSeen}
            onClick={() => void run(act())}
          >
            {t('propose')}
          </button>
          <button type="button" className="button button-secondary" onClick={onEdit}>
            {t('editDraft')}
          </button>
        </p>
      ) : null}
      {error ? <ProblemMessage error={error} /> : null}
    </section>
  );
}

/** Asks for the effect of a mapping's draft as it is looked at. @returns how far that has come, and how to ask again */
function useDraftPreview({ draft, kind, key, revision }: Item, administers: boolean) {
  const [preview, ask] = useMutation(PreviewChange);
  const isAsked = administers && draft !== null && kind === 'MAPPING';
  const again = useCallback(() => {
    if (isAsked) void ask({ target: { kind, key, revision } });
  }, [ask, isAsked, kind, key, revision]);
  useEffect(again, [again]);
  return { preview, again };
}

interface DraftedProps {
  readonly draft: NonNullable<Item['draft']>;
  /** What holds now; null when nothing does. */
  readonly before: ContentPartsFragment | null;
}

/** What has been written, by whom and why, and what it would change. */
function Drafted({ draft, before }: DraftedProps) {
  const { t, time } = useWords();
  const by = useUserNames([draft.by])(draft.by);
  return (
    <>
      <p>{t('draftBy', { by, date: time(draft.at), why: draft.why ?? '–' })}</p>
      {draft.rejectedWhy ? <p>{t('draftRejected', { why: draft.rejectedWhy })}</p> : null}
      <Differences before={before} after={draft.content} heads={[t('inForce'), t('mappingDraft')]} />
    </>
  );
}

interface PreviewedProps {
  readonly preview: UseMutationState<PreviewChangeMutation>;
  readonly onRetry: () => void;
}

/** Whom a mapping would touch, once it is known. */
function Previewed({ preview, onRetry }: PreviewedProps) {
  const { t } = useWords();
  const { fetching, data, error } = preview;
  return (
    <>
      {fetching ? (
        <p role="status" aria-busy="true">
          {t('loading')}
        </p>
      ) : null}
      {data?.previewChange ? <Impact preview={data.previewChange} /> : null}
      {error ? <ProblemMessage error={error} onRetry={onRetry} /> : null}
    </>
  );
}
