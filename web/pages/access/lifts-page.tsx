import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery } from 'urql';
import { Lifts, ReviewLift, type LiftsQuery, type LiftVerdict } from '../../generated/operations.js';
import { ChoiceField } from '../../parts/fields/choice-field.js';
import { TextField } from '../../parts/fields/text-field.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePageTitle } from '../../parts/page-title.js';
import { usePages } from '../../parts/pages-of.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';

type LiftRow = NonNullable<LiftsQuery['lifts']>['edges'][number]['node'];

const PAGE = 50;
const VERDICTS: readonly LiftVerdict[] = ['JUSTIFIED', 'NOT_JUSTIFIED'];

/** Lifts by break-glass that await a review, and those that have had it. */
export function LiftsPage() {
  const { t } = useWords();
  usePageTitle(t('lifts'));
  const [awaiting, setAwaiting] = useState(true);
  const [reload, setReload] = useState(0);
  return (
    <>
      <h1>{t('lifts')}</h1>
      <p>{t('liftsIntro')}</p>
      <div className="check">
        <input
          type="checkbox"
          id="awaiting"
          checked={awaiting}
          onChange={(event) => setAwaiting(event.target.checked)}
        />
        <label htmlFor="awaiting">{t('liftsAwaiting')}</label>
      </div>
      <LiftList
        key={`${String(awaiting)}${reload}`}
        awaiting={awaiting}
        onReviewed={() => setReload(reload + 1)}
      />
    </>
  );
}

function LiftList({ awaiting, onReviewed }: { readonly awaiting: boolean; readonly onReviewed: () => void }) {
  const { t } = useWords();
  const pages = usePages<LiftRow>();
  const [{ data, fetching, error }, again] = useQuery({
    query: Lifts,
    variables: { awaitingReview: awaiting, first: PAGE, after: pages.after },
  });
  const lifts = data?.lifts;
  const { rows, more } = pages.rows(lifts && { ...lifts, totalCount: null });
  if (error && !lifts)
    return <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (fetching && !lifts) return <p role="status">{t('loading')}</p>;
  if (rows.length === 0) return <p>{t('none')}</p>;
  return (
    <>
      {rows.map((lift) => (
        <LiftCard key={lift.id} lift={lift} onReviewed={onReviewed} />
      ))}
      <MoreRows shown={rows.length} total={null} more={more} fetching={fetching} />
    </>
  );
}

function LiftCard({ lift, onReviewed }: { readonly lift: LiftRow; readonly onReviewed: () => void }) {
  const { t, time, word } = useWords();
  const user = useUserNames([lift.user])(lift.user);
  return (
    <section className="section-card" aria-label={t('liftOf', { user })}>
      <h2>{t('liftOf', { user })}</h2>
      <p>{lift.reason}</p>
      <p className="quiet">
        {lift.unit?.name ?? '–'}, {time(lift.from)} – {time(lift.until)}. <code>{lift.citizenId}</code>
      </p>
      {lift.verdict === null ? (
        <>
          <p>{t('liftReviewBy', { date: time(lift.reviewBy) })}</p>
          <ReviewForm id={lift.id} onReviewed={onReviewed} />
        </>
      ) : (
        <p>
          <strong>{word('verdict', lift.verdict)}</strong> {lift.note}{' '}
          <span className="quiet">{lift.reviewedBy}</span>
        </p>
      )}
    </section>
  );
}

function ReviewForm({ id, onReviewed }: { readonly id: string; readonly onReviewed: () => void }) {
  const { t, word } = useWords();
  const [{ fetching, error }, review] = useMutation(ReviewLift);
  const [verdict, setVerdict] = useState<LiftVerdict>('JUSTIFIED');
  const [note, setNote] = useState('');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const { data } = await review({ id, verdict, note });
    if (data?.reviewLift) onReviewed();
  };
  return (
    <form onSubmit={(event: SubmitEvent) => void submit(event)}>
      <ChoiceField
        label={t('liftVerdict')}
        value={verdict}
        options={VERDICTS.map((option) => [option, word('verdict', option)] as const)}
        onChange={(value) => setVerdict(VERDICTS.find((option) => option === value) ?? verdict)}
      />
      <TextField label={t('liftNote')} value={note} minLength={10} maxLength={255} onChange={setNote} />
      <p className="actions">
        <button type="submit" className="button button-primary" disabled={fetching}>
          {t('liftReview')}
        </button>
      </p>
      {error ? <ProblemMessage error={error} /> : null}
    </form>
  );
}
