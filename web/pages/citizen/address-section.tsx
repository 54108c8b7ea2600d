import { useState } from 'react';
import { CitizenProtectedAddress } from '../../generated/operations.js';
import { usePeriod } from '../../parts/period.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import type { Person } from './person.js';
import { SectionCard } from './section-card.js';

/** Where the person lives; a protected address stands behind a click that is logged. */
export function AddressSection({ id, part }: { readonly id: string; readonly part: Person['address'] }) {
  const { t, date } = useWords();
  const period = usePeriod();
  const { current, history, upcoming, visibility } = part.section ?? {};
  return (
    <SectionCard id="address" title={t('address')} part={part}>
      {visibility === 'PROTECTED' ? <ProtectedAddress id={id} /> : null}
      {visibility === 'NOT_REGISTERED' ? <p>{t('addressNone')}</p> : null}
      {current ? (
        <p>
          {current.line}{' '}
          <span className="quiet">
            {current.municipality?.name} {t('since', { date: date(current.validFrom) })}
          </span>
        </p>
      ) : null}
      {upcoming?.map((address) => (
        <p key={`${address.validFrom ?? ''}${address.line ?? ''}`}>
          {t('addressFrom', { date: date(address.validFrom) })} {address.line}
        </p>
      ))}
      {history?.length ? (
        <details>
          <summary>
            {t('formerAddresses')} ({history.length})
          </summary>
          <ul>
            {history.map((address) => (
              <li key={`${address.validFrom ?? ''}${address.line ?? ''}`}>
                {address.line} <span className="quiet">{period(address.validFrom, address.validTo)}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </SectionCard>
  );
}

function ProtectedAddress({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [isWanted, setWanted] = useState(false);
  const [{ data, error, fetching }, again] = useLookUp(CitizenProtectedAddress, { id }, !isWanted);
  const address = data?.citizen?.protectedAddress;
  return (
    <div className="protected">
      <p>{t('addressProtected')}</p>
      {isWanted ? null : (
        <button type="button" className="button button-secondary" onClick={() => setWanted(true)}>
          {t('showAddress')}
        </button>
      )}
      <p role="status">
        {fetching ? t('loading') : null}
        {address ? `${address.line ?? ''}, ${address.municipality?.name ?? ''}` : null}
      </p>
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
    </div>
  );
}
