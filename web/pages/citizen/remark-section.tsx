import { useMutation } from 'urql';
import { DeleteRemark } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import type { Windows } from '../../session/windows.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { useLookUpContext } from './look-up.js';
import type { Person } from './person.js';
import { RemarkForm } from './remark-form.js';
import { Nothing, SectionCard } from './section-card.js';

/** So many have room without scrolling, as a rule. */
const FEW = 3;

interface RemarkSectionProps {
  readonly id: string;
  readonly part: Person['remarks'];
  readonly name: string;
  readonly windows: Windows | undefined;
}

/** Remarks come before everything else: whoever opens a person should not miss one. */
export function RemarkSection({ id, part, name, windows }: RemarkSectionProps) {
  const { t, date } = useWords();
  const { section, retry } = part;
  const remarks = section?.remarks ?? [];
  const mayWrite = useHasRole('remark-write');
  return (
    <SectionCard
      id="remarks"
      title={t('remarks')}
      part={part}
      count={section?.remarks?.length}
      beside={
        mayWrite ? <RemarkForm citizenId={id} citizenName={name} windows={windows} onWritten={retry} /> : null
      }
    >
      {remarks.length === 0 && section?.outcome !== 'AVAILABLE' ? (
        <Nothing outcome={section?.outcome} />
      ) : null}
      <div className="remarks-scroll" tabIndex={remarks.length > FEW ? 0 : undefined}>
        <ul className="remarks nobullet-list">
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
      </div>
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
