import { useState } from 'react';
import { useQuery } from 'urql';
import { GovernedItem, SettingsInForce } from '../../generated/operations.js';
import { usePageTitle } from '../../parts/page-title.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { ContentEditor } from './content-editor.js';
import { ContentView } from './content-view.js';
import { ItemPage } from './item-page.js';

const TARGET = { kind: 'SETTINGS', key: 'settings' } as const;

/** The municipality's settings. Before any have been decided the defaults hold, and the first draft begins with them. */
export function SettingsPage() {
  const { t } = useWords();
  usePageTitle(t('items_SETTINGS'));
  const [{ data, error }, ask] = useQuery({ query: GovernedItem, variables: TARGET });
  const again = () => ask({ requestPolicy: 'network-only' });
  if (error) return <ProblemMessage error={error} onRetry={again} />;
  if (!data) return <p role="status">{t('loading')}</p>;
  return data.governedItem ? <ItemPage kind="SETTINGS" itemKey="settings" /> : <Defaults onDrafted={again} />;
}

function Defaults({ onDrafted }: { readonly onDrafted: () => void }) {
  const { t } = useWords();
  const administers = useHasRole('access-administer');
  const [{ data, error }, again] = useQuery({ query: SettingsInForce });
  const [isEditing, setEditing] = useState(false);
  const settings = data?.settingsInForce;
  const content = settings ? { mapping: null, agreement: null, jump: null, settings } : null;
  return (
    <>
      <h1>{t('items_SETTINGS')}</h1>
      <p>{t('settingsDefaults')}</p>
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
      {content && isEditing ? (
        <ContentEditor
          kind="SETTINGS"
          itemKey="settings"
          revision={0}
          from={content}
          onDone={(outcome) => {
            setEditing(false);
            if (outcome !== null) onDrafted();
          }}
        />
      ) : null}
      {content && !isEditing ? (
        <section className="section-card" aria-labelledby="in-force">
          <h2 id="in-force">{t('inForce')}</h2>
          <ContentView content={content} />
          {administers ? (
            <button type="button" className="button button-secondary" onClick={() => setEditing(true)}>
              {t('edit')}
            </button>
          ) : null}
        </section>
      ) : null}
    </>
  );
}
