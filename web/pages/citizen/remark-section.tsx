import { CitizenRemarks } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import { SectionCard } from './section-card.js';

/** Remarks come before everything else: whoever opens a person should not miss one. */
export function RemarkSection({ id }: { readonly id: string }) {
  const { t, date } = useWords();
  const [{ data, fetching, error }, again] = useLookUp(CitizenRemarks, { id });
  const section = data?.citizen?.remarks;
  const remarks = section?.remarks ?? [];
  return (
    <SectionCard
      id="remarks"
      title={t('remarks')}
      fetching={fetching}
      error={error}
      section={section}
      count={section?.remarks?.length}
      onRetry={() => again({ requestPolicy: 'network-only' })}
    >
      {remarks.length === 0 ? <p>{t('none')}</p> : null}
      <ul className="remarks">
        {remarks.map((remark) => (
          <li key={remark.id}>
            <strong>{remark.type}</strong>: {remark.text}
            {remark.validTo ? (
              <span className="quiet"> ({t('remarkUntil', { date: date(remark.validTo) })})</span>
            ) : null}
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
