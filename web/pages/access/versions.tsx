import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';
import { ContentView } from './content-view.js';
import { Differences } from './differences.js';
import type { Item } from './governed-item.js';
import { UndoPart } from './undo-part.js';

interface VersionsProps {
  readonly item: Item;
  readonly onDone: (outcome: 'DONE' | 'STALE') => void;
}

/** What held before, newest first, each unfolded to what it changed of the one before it; the newest can be undone here. */
export function Versions({ item, onDone }: VersionsProps) {
  const { t, word, time } = useWords();
  const versions = item.versions ?? [];
  const nameOf = useUserNames(versions.map(({ approvedBy }) => approvedBy));
  if (versions.length === 0) return null;
  const [newest] = versions;
  return (
    <section className="section-card" aria-labelledby="versions">
      <h2 id="versions">{t('versions')}</h2>
      {versions.map((version) => {
        const before = versions.find(({ number }) => number === version.number - 1);
        return (
          <details key={version.number} className="version">
            <summary>
              {t('versionLine', {
                number: version.number,
                state: word('version', version.state),
                by: nameOf(version.approvedBy),
                at: time(version.approvedAt),
              })}
              {version.why ? <span className="quiet"> {version.why}</span> : null}
            </summary>
            {version.undoneWhy ? <p>{version.undoneWhy}</p> : null}
            {before ? (
              <Differences
                before={before.content}
                after={version.content}
                heads={[
                  t('versionNamed', { number: before.number }),
                  t('versionNamed', { number: version.number }),
                ]}
              />
            ) : (
              <ContentView content={version.content} />
            )}
            {version === newest && version.state !== 'UNDONE' ? (
              <UndoPart item={item} before={before?.number} onDone={onDone} />
            ) : null}
          </details>
        );
      })}
    </section>
  );
}
