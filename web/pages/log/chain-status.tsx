import { useState } from 'react';
import { useQuery } from 'urql';
import { AuditStatus, type AuditStatusQuery } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';

/** Whether the log is whole. It is walked when it is asked for: a long one takes its time. */
export function ChainStatus() {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  return (
    <section className="section-card" aria-labelledby="chain-status">
      <h2 id="chain-status">{t('chainStatus')}</h2>
      {isAsked ? (
        <Walked />
      ) : (
        <>
          <p>{t('chainIntro')}</p>
          <button type="button" className="button button-secondary" onClick={() => setAsked(true)}>
            {t('chainCheck')}
          </button>
        </>
      )}
    </section>
  );
}

function Walked() {
  const { t, time } = useWords();
  const [{ data, fetching, error }, ask] = useQuery({ query: AuditStatus });
  const again = () => ask({ requestPolicy: 'network-only' });
  const status = data?.auditStatus;
  if (error) return <ProblemMessage error={error} onRetry={again} />;
  if (!status) return <p role="status">{fetching ? t('loading') : t('outcome_NOT_PERMITTED')}</p>;
  const faults = status.faults ?? [];
  const count = status.faultCount ?? 0;
  return (
    <>
      <p role="status">
        <strong>{count === 0 ? t('chainWhole') : t('chainBroken', { count })}</strong>{' '}
        <span className="quiet">
          {t('chainLooked', { count: status.entries ?? 0, date: time(status.at) })}
        </span>
      </p>
      <p className="quiet">
        {status.anchors === null ? t('chainNotAnchored') : t('chainAnchored', { count: status.anchors })}
      </p>
      {faults.length === 0 ? null : (
        <ul>
          {faults.map(({ place, kind }) => (
            <li key={`${place} ${kind}`}>
              {kind && t(`fault_${kind}`)}: <code>{place}</code>
            </li>
          ))}
        </ul>
      )}
      <Chains chains={status.chains ?? []} />
      <button type="button" className="button button-secondary" onClick={again} disabled={fetching}>
        {t('chainCheck')}
      </button>
    </>
  );
}

type Status = NonNullable<AuditStatusQuery['auditStatus']>;

/** The chain of each writer, and how far it is proven. */
function Chains({ chains }: { readonly chains: NonNullable<Status['chains']> }) {
  const { t, time } = useWords();
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={t('chainStatus')}>
      <table className="table table--compact">
        <thead>
          <tr>
            <th scope="col">{t('chainWriter')}</th>
            <th scope="col" className="number">
              {t('chainEntries')}
            </th>
            <th scope="col" className="number">
              {t('chainProven')}
            </th>
            <th scope="col">{t('chainLast')}</th>
          </tr>
        </thead>
        <tbody>
          {chains.map(({ writer, entries, proven, lastAt }) => (
            <tr key={writer}>
              <td>
                <code>{writer}</code>
              </td>
              <td className="number">{entries}</td>
              <td className="number">{proven}</td>
              <td>{time(lastAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
