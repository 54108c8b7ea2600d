import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';
import { Differences } from './differences.js';
import type { Item } from './governed-item.js';

/** What held before, each version as what it changed from the one before it. */
export function Versions({ item }: { readonly item: Item }) {
  const { t, word, time } = useWords();
  const versions = item.versions ?? [];
  const nameOf = useUserNames(versions.map(({ approvedBy }) => approvedBy));
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
                    {nameOf(version.approvedBy)} <span className="quiet">{time(version.approvedAt)}</span>
                  </td>
                  <td>{version.why}</td>
                  <td>
                    <Differences before={before?.content ?? null} after={version.content} />
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
