import { useState } from 'react';
import { useQuery } from 'urql';
import { KleBranches, type KleBranchesQuery } from '../../generated/operations.js';
import { ProblemMessage } from '../problem-message.js';
import { useWords } from '../../text/text.js';

type Branch = NonNullable<KleBranchesQuery['kleBranches']>[number];

interface KleTreeProps {
  /** Called with the pattern that was chosen: a number, or everything under a group. */
  readonly onChoose: (pattern: string) => void;
}

/** The classification, opened level by level; what lies under a group is asked for when it is opened. */
export function KleTree({ onChoose }: KleTreeProps) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('kleTree')}</summary>
      {isOpen ? <Level under={null} onChoose={onChoose} /> : null}
    </details>
  );
}

function Level({ under, onChoose }: KleTreeProps & { readonly under: string | null }) {
  const { t } = useWords();
  const [{ data, fetching, error }, again] = useQuery({ query: KleBranches, variables: { under } });
  if (error) return <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (fetching) return <p role="status">{t('loading')}</p>;
  return (
    <ul className="tree nobullet-list">
      {data?.kleBranches?.map((branch) => (
        <li key={branch.number}>
          <BranchLine branch={branch} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
}

function BranchLine({
  branch: { number, title, isLeaf },
  onChoose,
}: KleTreeProps & { readonly branch: Branch }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const pattern = isLeaf ? number : `${number}.*`;
  const choose = (
    <button
      type="button"
      className="plain"
      aria-label={t('kleChoose', { number: pattern })}
      onClick={() => onChoose(pattern)}
    >
      {pattern}
    </button>
  );
  if (isLeaf)
    return (
      <>
        {choose} {title}
      </>
    );
  return (
    <>
      {choose}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {number} {title}
        </summary>
        {isOpen ? <Level under={number} onChoose={onChoose} /> : null}
      </details>
    </>
  );
}
