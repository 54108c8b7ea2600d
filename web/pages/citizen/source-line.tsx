import type { SourceFragment } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import type { Person } from './person.js';
import { haveCome, sumSources } from './sources.js';

/** Says once, for the whole page, what is missing or old. Details are there on demand. */
export function SourceLine({ person }: { readonly person: Person }) {
  const { t, time } = useWords();
  const { all, behind } = sumSources(Object.values(person));
  const line = ({ sourceSystem, state, asOf }: SourceFragment) =>
    `${sourceSystem.name}: ${t(`source_${state}`, { date: asOf ? time(asOf) : t('never') })}`;
  if (!haveCome(Object.values(person))) return <p className="source-line quiet">{t('loading')}</p>;
  const counted = t('sourcesCurrent', { current: all.length - behind.length, count: all.length });
  return (
    <details className={`source-line ${behind.length === 0 ? 'quiet' : 'behind-sources'}`}>
      <summary>
        {behind.length === 0 ? null : <span aria-hidden="true">⚠ </span>}
        {[counted, ...behind.map(line)].join('. ')}
      </summary>
      <ul>
        {all.map((source) => (
          <li key={source.sourceSystem.code}>{line(source)}</li>
        ))}
      </ul>
    </details>
  );
}
