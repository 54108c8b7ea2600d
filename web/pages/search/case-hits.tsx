import { Link } from 'wouter';
import { useQuery } from 'urql';
import { SearchCases } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';

/** Cases by number; each opens on the page of its first person. */
export function CaseHits({ caseNumber }: { readonly caseNumber: string }) {
  const { t, word } = useWords();
  const [{ data, fetching, error }, retry] = useQuery({ query: SearchCases, variables: { caseNumber } });
  if (error) return <ProblemMessage error={error} onRetry={() => retry({ requestPolicy: 'network-only' })} />;
  if (fetching) return <p role="status">{t('loading')}</p>;
  const cases = data?.searchCases?.edges.map(({ node }) => node) ?? [];
  if (cases.length === 0) return <p role="status">{t('searchNoneCase')}</p>;
  return (
    <ul className="hits">
      {cases.map(({ id, title, state, sourceSystem, parties, caseNumber: number }) => {
        const person = parties?.find(({ citizen }) => citizen)?.citizen;
        const about = `${title ?? '–'} (${number ?? '–'})`;
        return (
          <li key={id}>
            {person ? <Link href={`/citizens/${person.id}?case=${id}`}>{about}</Link> : about}
            <span className="quiet">
              {' '}
              {word('state', state)}, {sourceSystem?.name ?? '–'}
              {person?.name ? `, ${person.name}` : ''}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
