import { useState } from 'react';
import { useMutation } from 'urql';
import {
  AddFavourite,
  CitizenCprNumber,
  RemoveFavourite,
  type CitizenHeaderQuery,
} from '../../generated/operations.js';
import { CopyButton } from '../../parts/copy-button.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { useLookUp, useLookUpContext } from './look-up.js';
import { ageOn } from '../../../subgraphs/shared/days/calendar.js';
import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';

type Citizen = NonNullable<CitizenHeaderQuery['citizen']>;

/** Who it is. The personal number is masked until it is asked for, which is a look-up of its own. */
export function IdentityHeader({ citizen }: { readonly citizen: Citizen }) {
  const { t, word, date, time } = useWords();
  return (
    <header className="identity">
      <h1>{citizen.name ?? '–'}</h1>
      {citizen.name === null ? null : <CopyButton text={citizen.name} label={t('copyName')} />}
      {citizen.isFavourite === null ? null : <Favourite id={citizen.id} initially={citizen.isFavourite} />}
      <ul className="badges nobullet-list">
        {citizen.badges?.map((badge) => (
          <li key={badge} className="badge badge-warning">
            {word('badge', badge)}
          </li>
        ))}
      </ul>
      <dl className="facts">
        <CprNumber id={citizen.id} masked={citizen.maskedCprNumber} />
        <Fact name={t('born')}>
          {date(citizen.birthDate)}
          {citizen.birthDate
            ? ` (${t('yearsOld', { age: ageOn(citizen.birthDate, danishDay(new Date())) })})`
            : ''}
        </Fact>
        <Fact name={t('civilStatus')}>{word('civil', citizen.civilStatus)}</Fact>
        <Fact name={t('status')}>
          {word('status', citizen.status)}
          {citizen.statusSince ? ` ${t('since', { date: date(citizen.statusSince) })}` : ''}
        </Fact>
        <Fact name={t('municipality')}>{citizen.municipality?.name ?? '–'}</Fact>
        {citizen.maskedFormerCprNumbers?.length ? (
          <Fact name={t('formerCprNumbers')}>{citizen.maskedFormerCprNumbers.join(', ')}</Fact>
        ) : null}
      </dl>
      <p className="quiet">
        {citizen.sourceSystem?.name}. {t('registerAsOf', { date: time(citizen.registerAsOf) })}
      </p>
    </header>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function CprNumber({ id, masked }: { readonly id: string; readonly masked: string | null }) {
  const { t } = useWords();
  const [isWanted, setWanted] = useState(false);
  const [{ data, error }, again] = useLookUp(CitizenCprNumber, { id }, !isWanted);
  const whole = data?.citizen?.cprNumber;
  return (
    <Fact name={t('cprNumber')}>
      <span>{whole ?? masked ?? '–'}</span>{' '}
      {isWanted ? null : (
        <button type="button" className="plain" onClick={() => setWanted(true)}>
          {t('showCpr')}
        </button>
      )}
      {whole ? <CopyButton text={whole} label={t('copyCpr')} /> : null}
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
    </Fact>
  );
}

/** The user's own word on the person: among the favourites or not. */
function Favourite({ id, initially }: { readonly id: string; readonly initially: boolean }) {
  const { t } = useWords();
  const context = useLookUpContext();
  const [isFavourite, setFavourite] = useState(initially);
  const [added, add] = useMutation(AddFavourite);
  const [removed, remove] = useMutation(RemoveFavourite);
  const error = added.error ?? removed.error;
  const toggle = async () => {
    const { error: failed } = await (isFavourite ? remove({ id }, context) : add({ id }, context));
    if (!failed) setFavourite(!isFavourite);
  };
  return (
    <>
      <button type="button" className="plain" aria-pressed={isFavourite} onClick={() => void toggle()}>
        <span aria-hidden="true">{isFavourite ? '★' : '☆'}</span> {t('favourite')}
      </button>
      {error ? <ProblemMessage error={error} /> : null}
    </>
  );
}
