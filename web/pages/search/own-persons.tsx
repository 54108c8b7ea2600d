import { Link } from 'wouter';
import { useQuery } from 'urql';
import { OwnPersons, type OwnPersonFragment } from '../../generated/operations.js';
import { moveByArrows } from '../../parts/move-by-arrows.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';

/** The persons the user opened last, and the user's favourites: kept by the server, decided on anew. */
export function OwnPersonLists() {
  const { t } = useWords();
  const mayRead = useHasRole('citizen-read');
  const [{ data, error }, again] = useQuery({ query: OwnPersons, pause: !mayRead });
  if (!mayRead) return null;
  if (error) return <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  return (
    <div className="columns halves">
      <PersonList
        id="favourites"
        title={t('favourites')}
        none={t('favouritesNone')}
        persons={data?.favouriteCitizens}
      />
      <PersonList id="recent" title={t('recent')} none={t('recentNone')} persons={data?.recentCitizens} />
    </div>
  );
}

interface PersonListProps {
  readonly id: string;
  readonly title: string;
  readonly none: string;
  /** Undefined until it is known. */
  readonly persons: readonly OwnPersonFragment[] | null | undefined;
}

function PersonList({ id, title, none, persons }: PersonListProps) {
  const { t, date, word } = useWords();
  return (
    <section className="section-card" aria-labelledby={id} aria-busy={persons === undefined}>
      <h2 id={id}>{title}</h2>
      {persons?.length === 0 ? <p className="quiet">{none}</p> : null}
      {persons === null ? <p className="outcome">{t('outcome_UNAVAILABLE')}</p> : null}
      <ul className="nobullet-list persons" data-arrows>
        {persons?.map(({ id: citizenId, name, birthDate, maskedCprNumber, badges }) => (
          <li key={citizenId}>
            <Link href={`/citizens/${citizenId}`} onKeyDown={moveByArrows}>
              {name ?? '–'}
            </Link>{' '}
            <span className="quiet">{maskedCprNumber ?? date(birthDate)}</span>
            {badges?.map((badge) => (
              <span key={badge} className="badge badge-small">
                {word('badge', badge)}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
