import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useQuery } from 'urql';
import { Mapping, type MappingQuery } from '../../generated/operations.js';
import { usePageTitle } from '../../parts/page-title.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { Differences } from './differences.js';
import { DraftPart } from './draft-part.js';
import { MappingContent } from './mapping-content.js';
import { MappingEditor } from './mapping-editor.js';
import { ProposalPart } from './proposal-part.js';
import { UndoPart } from './undo-part.js';

export type Item = NonNullable<MappingQuery['governedItem']>;

/** One mapping: what holds, what is under way, and what held before. Without a URI a new one is begun. */
export function MappingPage() {
  const [search] = useSearchParams();
  const uri = search.get('uri');
  return uri === null ? <NewMapping /> : <KnownMapping key={uri} uri={uri} />;
}

function NewMapping() {
  const { t } = useWords();
  usePageTitle(t('newMapping'));
  return (
    <div className="wide">
      <h1>{t('newMapping')}</h1>
      <MappingEditor uri={null} revision={0} from={null} onDone={() => undefined} />
    </div>
  );
}

function KnownMapping({ uri }: { readonly uri: string }) {
  const { t } = useWords();
  usePageTitle(t('mappings'));
  const [{ data, fetching, error }, ask] = useQuery({ query: Mapping, variables: { key: uri } });
  const [isEditing, setEditing] = useState(false);
  const [said, setSaid] = useState('');
  const again = () => ask({ requestPolicy: 'network-only' });
  const item = data?.governedItem;
  if (error && !item) return <ProblemMessage error={error} onRetry={again} />;
  if (!item) return <p role="status">{fetching ? t('loading') : t('mappingMissing')}</p>;
  const done = (outcome: 'DONE' | 'STALE' | null) => {
    setSaid(outcome === 'STALE' ? t('changeStale') : outcome === 'DONE' ? t('changeSaved') : '');
    setEditing(false);
    again();
  };
  const mapping = item.current?.content.mapping ?? null;
  const name = mapping?.name ?? item.draft?.content.mapping?.name ?? uri;
  return (
    <div className="wide">
      <p>
        <Link href="/access">{t('mappings')}</Link>
      </p>
      <h1>{name}</h1>
      <p className="quiet">
        <code>{uri}</code>
      </p>
      <p role="status">{said}</p>
      {isEditing ? (
        <MappingEditor
          uri={uri}
          revision={item.revision}
          from={item.draft?.content.mapping ?? mapping}
          onDone={done}
        />
      ) : (
        <>
          {item.proposal ? <ProposalPart item={item} onDone={done} /> : null}
          {item.draft ? <DraftPart item={item} onEdit={() => setEditing(true)} onDone={done} /> : null}
          <InForce item={item} onEdit={() => setEditing(true)} onDone={done} />
          <Versions item={item} />
        </>
      )}
    </div>
  );
}

interface PartProps {
  readonly item: Item;
  readonly onEdit: () => void;
  readonly onDone: (outcome: 'DONE' | 'STALE' | null) => void;
}

function InForce({ item, onEdit, onDone }: PartProps) {
  const { t, time } = useWords();
  const { current } = item;
  return (
    <section className="section-card" aria-labelledby="in-force">
      <h2 id="in-force">{t('inForce')}</h2>
      {current?.content.mapping ? (
        <>
          <p className="quiet">
            {t('inForceVersion', {
              number: current.number,
              date: time(current.activeFrom),
              by: current.approvedBy ?? '–',
            })}
          </p>
          <MappingContent mapping={current.content.mapping} />
          <UndoPart item={item} onDone={onDone} />
        </>
      ) : (
        <p>{t('notInForce')}</p>
      )}
      {item.draft || item.proposal ? null : (
        <button type="button" className="button button-secondary" onClick={onEdit}>
          {t('edit')}
        </button>
      )}
    </section>
  );
}

function Versions({ item }: { readonly item: Item }) {
  const { t, word, time } = useWords();
  const versions = item.versions ?? [];
  if (versions.length === 0) return null;
  return (
    <section className="section-card" aria-labelledby="versions">
      <h2 id="versions">{t('versions')}</h2>
      <div className="scrolls" tabIndex={0} role="group" aria-label={t('versions')}>
        <table className="table table--compact">
          <thead>
            <tr>
              <th scope="col">{t('versionNumber')}</th>
              <th scope="col">{t('versionState')}</th>
              <th scope="col">{t('versionBy')}</th>
              <th scope="col">{t('versionWhy')}</th>
              <th scope="col">{t('versionChange')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => {
              const before = versions.find(({ number }) => number === version.number - 1);
              return (
                <tr key={version.number}>
                  <td>{version.number}</td>
                  <td>
                    {word('version', version.state)} {version.undoneWhy}
                  </td>
                  <td>
                    {version.approvedBy} <span className="quiet">{time(version.approvedAt)}</span>
                  </td>
                  <td>{version.why}</td>
                  <td>
                    <Differences
                      before={before?.content.mapping ?? null}
                      after={version.content.mapping ?? null}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
