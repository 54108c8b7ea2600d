import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { useQuery } from 'urql';
import {
  GovernedItem,
  type ChangeOutcome,
  type ContentPartsFragment,
  type GovernedKind,
} from '../../generated/operations.js';
import { usePageTitle } from '../../parts/page-title.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useHasRole } from '../../session/caller.js';
import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';
import { ContentEditor } from './content-editor.js';
import { ContentView } from './content-view.js';
import { DraftPart } from './draft-part.js';
import { EndPart } from './end-part.js';
import { nameOfContent } from './named-content.js';
import { itemPath, KINDS, listPath } from './item-paths.js';
import { ProposalPart } from './proposal-part.js';
import { Versions } from './versions.js';
import type { Item } from './governed-item.js';

interface ItemPageProps {
  readonly kind?: GovernedKind;
  readonly itemKey?: string;
}

/** One thing under change control: what holds, what is under way, and what held before. Without a key a new one is begun. */
export function ItemPage({ kind: given, itemKey }: ItemPageProps) {
  const [search] = useSearchParams();
  const kind = given ?? KINDS.find((known) => known === search.get('kind')) ?? 'MAPPING';
  const key = itemKey ?? search.get('key');
  return key === null ? (
    <NewItem key={kind} kind={kind} />
  ) : (
    <KnownItem key={key} kind={kind} itemKey={key} />
  );
}

function NewItem({ kind }: { readonly kind: GovernedKind }) {
  const { t } = useWords();
  usePageTitle(t(`new_${kind}`));
  const [, go] = useLocation();
  return (
    <>
      <h1>{t(`new_${kind}`)}</h1>
      <ContentEditor
        kind={kind}
        itemKey={null}
        revision={0}
        from={null}
        onDone={(outcome, key) => {
          if (outcome === 'DONE') go(itemPath(kind, key));
        }}
      />
    </>
  );
}

function KnownItem({ kind, itemKey }: { readonly kind: GovernedKind; readonly itemKey: string }) {
  const { t } = useWords();
  usePageTitle(t(`items_${kind}`));
  const [{ data, fetching, error }, ask] = useQuery({
    query: GovernedItem,
    variables: { kind, key: itemKey },
  });
  const [isEditing, setEditing] = useState(false);
  const [said, setSaid] = useState('');
  const again = () => ask({ requestPolicy: 'network-only' });
  const item = data?.governedItem;
  if (error && !item) return <ProblemMessage error={error} onRetry={again} />;
  if (!item) return <p role="status">{fetching ? t('loading') : t('mappingMissing')}</p>;
  const done = (outcome: ChangeOutcome | null) => {
    setSaid(outcome === 'STALE' ? t('changeStale') : outcome === 'DONE' ? t('changeSaved') : '');
    setEditing(false);
    again();
  };
  return (
    <>
      <ItemHead kind={kind} item={item} />
      <p role="status">{said}</p>
      {isEditing ? (
        <ContentEditor
          kind={kind}
          itemKey={itemKey}
          revision={item.revision}
          from={latestOf(item)}
          onDone={done}
        />
      ) : (
        <ItemParts item={item} onEdit={() => setEditing(true)} onDone={done} />
      )}
    </>
  );
}

/** What is edited: the draft, where there is one. */
function latestOf({ draft, proposal, current }: Item): ContentPartsFragment | null {
  return draft?.content ?? proposal?.content ?? current?.content ?? null;
}

/** The name of what is looked at; of the settings there is one alone. */
function ItemHead({ kind, item }: { readonly kind: GovernedKind; readonly item: Item }) {
  const { t } = useWords();
  if (kind === 'SETTINGS') return <h1>{t('items_SETTINGS')}</h1>;
  const name = nameOfContent(item.current?.content) ?? nameOfContent(latestOf(item));
  return (
    <>
      <p>
        <Link href={listPath(kind)}>{t(`items_${kind}`)}</Link>
      </p>
      <h1>{name ?? <code>{item.key}</code>}</h1>
      <p className="quiet">
        <code>{item.key}</code>
      </p>
    </>
  );
}

interface PartProps {
  readonly item: Item;
  readonly onEdit: () => void;
  readonly onDone: (outcome: ChangeOutcome | null) => void;
}

/** What is under way, what holds, and what held before. */
function ItemParts({ item, onEdit, onDone }: PartProps) {
  return (
    <>
      {item.proposal ? <ProposalPart item={item} onDone={onDone} /> : null}
      {item.draft ? <DraftPart item={item} onEdit={onEdit} onDone={onDone} /> : null}
      <InForce item={item} onEdit={onEdit} onDone={onDone} />
      <Versions item={item} onDone={onDone} />
    </>
  );
}

function InForce({ item, onEdit, onDone }: PartProps) {
  const { t, time } = useWords();
  const administers = useHasRole('access-administer');
  const { current } = item;
  const by = useUserNames([current?.approvedBy])(current?.approvedBy);
  return (
    <section className="section-card" aria-labelledby="in-force">
      <h2 id="in-force">{t('inForce')}</h2>
      {current ? (
        <>
          <p className="quiet">
            {t('inForceVersion', {
              number: current.number,
              date: time(current.activeFrom),
              by,
            })}
          </p>
          <ContentView content={current.content} />
          {item.kind === 'AGREEMENT' && administers ? (
            <div className="actions">
              <EndPart item={item} onDone={onDone} />
            </div>
          ) : null}
        </>
      ) : (
        <p>{t('notInForce')}</p>
      )}
      {item.draft || item.proposal || !administers ? null : (
        <button type="button" className="button button-secondary" onClick={onEdit}>
          {t('edit')}
        </button>
      )}
    </section>
  );
}
