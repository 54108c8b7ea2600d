import { useMutation } from 'urql';
import { CitizenRemarks, DeleteRemark } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import type { Windows } from '../../session/windows.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { useLookUp, useLookUpContext } from './look-up.js';
import { RemarkForm } from './remark-form.js';
import { Nothing, SectionCard } from './section-card.js';

interface RemarkSectionProps {
  readonly id: string;
  readonly name: string;
  readonly windows: Windows | undefined;
}

/** Remarks come before everything else: whoever opens a person should not miss one. */
export function RemarkSection({ id, name, windows }: RemarkSectionProps) {
  const { t, date } = useWords();
  const [{ data, fetching, error }, again] = useLookUp(CitizenRemarks, { id });
  const section = data?.citizen?.remarks;
  const remarks = section?.remarks ?? [];
  const mayWrite = useHasRole('remark-write');
  const retry = () => again({ requestPolicy: 'network-only' });
  return (
    <SectionCard
      id="remarks"
      title={t('remarks')}
      fetching={fetching}
      error={error}
      section={section}
      count={section?.remarks?.length}
      onRetry={retry}
      beside={
        mayWrite ? <RemarkForm citizenId={id} citizenName={name} windows={windows} onWritten={retry} /> : null
      }
    >
      {remarks.length === 0 ? <Nothing outcome={section?.outcome} /> : null}
      <ul className="remarks">
        {remarks.map((remark) => (
          <li key={remark.id}>
            <strong>{remark.type}</strong>: {remark.text}
            {remark.validTo ? (
              <span className="quiet"> ({t('remarkUntil', { date: date(remark.validTo) })})</span>
            ) : null}
            {mayWrite ? <DeleteButton id={remark.id} type={remark.type ?? '–'} onDeleted={retry} /> : null}
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

interface DeleteButtonProps {
  readonly id: string;
  readonly type: string;
  readonly onDeleted: () => void;
}

/** Takes a remark away; another authority's stays, and the list then says so by still having it. */
function DeleteButton({ id, type, onDeleted }: DeleteButtonProps) {
  const { t } = useWords();
  const context = useLookUpContext();
  const [{ fetching, error }, remove] = useMutation(DeleteRemark);
  const act = async () => {
    const { error: failed } = await remove({ id }, context);
    if (!failed) onDeleted();
  };
  return (
    <>
      <button type="button" className="plain" disabled={fetching} onClick={() => void act()}>
        {t('remarkDelete', { type })}
      </button>
      {error ? <ProblemMessage error={error} /> : null}
    </>
  );
}
