import { useState } from 'react';
import { useMutation } from 'urql';
import { ApproveChange, RejectChange, WithdrawChange } from '../../generated/operations.js';
import { TextField } from '../../parts/fields/text-field.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { WithReason } from '../../parts/with-reason.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import { Differences } from './differences.js';
import { ContentView } from './content-view.js';
import type { Item } from './governed-item.js';
import { danishMoment } from '../../../subgraphs/shared/days/danish-clock.js';

interface ProposalPartProps {
  readonly item: Item;
  readonly onDone: (outcome: 'DONE' | 'STALE') => void;
}

/** A proposal, for somebody else to approve or reject. The server decides who may; what is approved is what is shown (its digest). */
export function ProposalPart({ item, onDone }: ProposalPartProps) {
  const { t, time } = useWords();
  const [, approve] = useMutation(ApproveChange);
  const [, reject] = useMutation(RejectChange);
  const [, withdraw] = useMutation(WithdrawChange);
  const { error, run } = useChange(onDone);
  const [from, setFrom] = useState('');
  const { proposal, kind, key, revision } = item;
  if (!proposal) return null;
  const target = { kind, key, revision };
  const { digest } = proposal;
  const activeFrom = from === '' ? null : danishMoment(from).toISOString();
  return (
    <section className="section-card case-panel" aria-labelledby="proposal">
      <h2 id="proposal">{t('mappingProposed')}</h2>
      <p className="quiet">
        {t('proposalBy', {
          by: proposal.proposedBy ?? '–',
          date: time(proposal.at),
          why: proposal.why ?? '–',
        })}
      </p>
      <ContentView content={proposal.content} />
      <h3>{t('versionChange')}</h3>
      <Differences before={item.current?.content ?? null} after={proposal.content} />
      <TextField
        label={t('approveFrom')}
        type="datetime-local"
        required={false}
        value={from}
        onChange={setFrom}
      />
      <div className="actions">
        <button
          type="button"
          className="button button-primary"
          onClick={() =>
            void run(
              approve({ target, digest, activeFrom }).then((told) => ({
                error: told.error,
                outcome: told.data?.approveChange?.outcome,
              })),
            )
          }
        >
          {t('approve')}
        </button>
        <WithReason
          label={t('reject')}
          onGiven={(why) =>
            void run(
              reject({ target, why }).then((told) => ({
                error: told.error,
                outcome: told.data?.rejectChange?.outcome,
              })),
            )
          }
        />
        <button
          type="button"
          className="button button-secondary"
          onClick={() =>
            void run(
              withdraw({ target }).then((told) => ({
                error: told.error,
                outcome: told.data?.withdrawChange?.outcome,
              })),
            )
          }
        >
          {t('withdraw')}
        </button>
      </div>
      {error ? <ProblemMessage error={error} /> : null}
    </section>
  );
}
