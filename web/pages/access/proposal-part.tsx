import { useCallback, useEffect } from 'react';
import { useMutation } from 'urql';
import { PreviewProposal, WithdrawChange, type ContentPartsFragment } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useCaller, useHasRole } from '../../session/caller.js';
import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import { DecisionPart } from './decision-part.js';
import { Differences } from './differences.js';
import { Impact } from './impact.js';
import type { Item } from './governed-item.js';

interface ProposalPartProps {
  readonly item: Item;
  readonly onDone: (outcome: 'DONE' | 'STALE') => void;
}

/**
 * A proposal on one screen: who proposes it and why, what it changes, whom it touches, and the decision. What is approved is what is
 * shown (its digest). Whoever proposed it is not offered to approve it; the server decides all the same.
 */
export function ProposalPart({ item, onDone }: ProposalPartProps) {
  const { t } = useWords();
  const me = useCaller();
  const approves = useHasRole('access-approve');
  const administers = useHasRole('access-administer');
  const { proposal } = item;
  if (!proposal) return null;
  const isOwn = [proposal.proposedBy, proposal.draftedBy].includes(me?.user ?? '');
  return (
    <section className="section-card proposal" aria-labelledby="proposal">
      <h2 id="proposal">{t('mappingProposed')}</h2>
      <Proposed proposal={proposal} before={item.current?.content ?? null} />
      {item.kind === 'MAPPING' ? <ProposedImpact item={item} /> : null}
      {approves && !isOwn ? <DecisionPart item={item} proposal={proposal} onDone={onDone} /> : null}
      {approves && !isOwn ? null : <p>{t('approveByOther')}</p>}
      {administers ? <Withdraw item={item} onDone={onDone} /> : null}
    </section>
  );
}

interface ProposedProps {
  readonly proposal: NonNullable<Item['proposal']>;
  /** What holds now; null when nothing does. */
  readonly before: ContentPartsFragment | null;
}

/** What is proposed, by whom and why, and what it changes. */
function Proposed({ proposal, before }: ProposedProps) {
  const { t, time } = useWords();
  const { proposedBy, at, why, content } = proposal;
  const by = useUserNames([proposedBy])(proposedBy);
  return (
    <>
      <p>{t('proposalBy', { by, date: time(at), why: why ?? '–' })}</p>
      <Differences before={before} after={content} heads={[t('inForce'), t('mappingProposed')]} />
    </>
  );
}

/** Whom a proposal would touch: asked for as it is looked at, so that nobody decides without having seen it. */
function ProposedImpact({ item: { kind, key, revision } }: { readonly item: Item }) {
  const { t } = useWords();
  const [{ fetching, data, error }, ask] = useMutation(PreviewProposal);
  const again = useCallback(() => void ask({ target: { kind, key, revision } }), [ask, kind, key, revision]);
  useEffect(again, [again]);
  return (
    <>
      {fetching ? (
        <p role="status" aria-busy="true">
          {t('loading')}
        </p>
      ) : null}
      {data?.previewProposal ? <Impact preview={data.previewProposal} /> : null}
      {error ? <ProblemMessage error={error} onRetry={again} /> : null}
    </>
  );
}

function Withdraw({ item: { kind, key, revision }, onDone }: ProposalPartProps) {
  const { t } = useWords();
  const [, withdraw] = useMutation(WithdrawChange);
  const { error, run } = useChange(onDone);
  const act = () =>
    withdraw({ target: { kind, key, revision } }).then((result) => ({
      error: result.error,
      outcome: result.data?.withdrawChange?.outcome,
    }));
  return (
    <div className="actions">
      <button type="button" className="button button-secondary" onClick={() => void run(act())}>
        {t('withdraw')}
      </button>
      {error ? <ProblemMessage error={error} /> : null}
    </div>
  );
}
