import { useMutation, type UseMutationState } from 'urql';
import {
  PreviewChange,
  ProposeChange,
  type ContentPartsFragment,
  type PreviewChangeMutation,
} from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import { Differences } from './differences.js';
import { Impact } from './impact.js';
import { ContentView } from './content-view.js';
import type { Item } from './governed-item.js';

interface DraftPartProps {
  readonly item: Item;
  readonly onEdit: () => void;
  readonly onDone: (outcome: 'DONE' | 'STALE' | null) => void;
}

/** A draft: what it would change, and the steps on. A mapping's effect must have been seen before it is proposed. */
export function DraftPart({ item, onEdit, onDone }: DraftPartProps) {
  const { t } = useWords();
  const [preview, ask] = useMutation(PreviewChange);
  const [, propose] = useMutation(ProposeChange);
  const { error, run } = useChange(onDone);
  const { draft, kind, key, revision } = item;
  if (!draft) return null;
  const target = { kind, key, revision };
  const hasEffect = kind === 'MAPPING';
  const isSeen = !hasEffect || draft.previewedAt !== null || preview.data?.previewChange != null;
  return (
    <section className="section-card case-panel" aria-labelledby="draft">
      <h2 id="draft">{t('mappingDraft')}</h2>
      <Drafted draft={draft} before={item.current?.content ?? null} />
      {isSeen ? null : <p>{t('previewNeeded')}</p>}
      <p className="actions">
        {hasEffect ? (
          <button
            type="button"
            className="button button-secondary"
            disabled={preview.fetching}
            onClick={() => void ask({ target })}
          >
            {t('previewDraft')}
          </button>
        ) : null}
        <button
          type="button"
          className="button button-primary"
          disabled={!isSeen}
          onClick={() =>
            void run(
              propose({ target }).then((result) => ({
                error: result.error,
                outcome: result.data?.proposeChange?.outcome,
              })),
            )
          }
        >
          {t('propose')}
        </button>
        <button type="button" className="button button-secondary" onClick={onEdit}>
          {t('editDraft')}
        </button>
      </p>
      <Previewed preview={preview} />
      {error ? <ProblemMessage error={error} /> : null}
    </section>
  );
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
      <p className="quiet">{t('draftBy', { by, date: time(draft.at), why: draft.why ?? '–' })}</p>
      {draft.rejectedWhy ? <p>{t('draftRejected', { why: draft.rejectedWhy })}</p> : null}
      <ContentView content={draft.content} />
      <h3>{t('versionChange')}</h3>
      <Differences before={before} after={draft.content} />
    </>
  );
}

/** Whom a mapping would touch, once it has been asked for. */
function Previewed({ preview }: { readonly preview: UseMutationState<PreviewChangeMutation> }) {
  const { t } = useWords();
  const { fetching, data, error } = preview;
  return (
    <>
      {fetching ? <p role="status">{t('loading')}</p> : null}
      {data?.previewChange ? <Impact preview={data.previewChange} /> : null}
      {error ? <ProblemMessage error={error} /> : null}
    </>
  );
}
