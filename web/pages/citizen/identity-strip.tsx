import { useState } from 'react';
import { ageOn } from '../../../subgraphs/shared/days/calendar.js';
import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';
import { CitizenCprNumber, type CitizenHeaderQuery } from '../../generated/operations.js';
import { CopyButton } from '../../parts/copy-button.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { Favourite } from './favourite.js';
import { HitWalk } from './hit-walk.js';
import { useLookUp } from './look-up.js';
import type { Person } from './person.js';

type Citizen = NonNullable<CitizenHeaderQuery['citizen']>;

interface IdentityStripProps {
  readonly citizen: Citizen;
  readonly address: Person['address'];
}

/** Who it is, always in sight. The personal number is masked until it is asked for, which is a look-up of its own. */
export function IdentityStrip({ citizen, address }: IdentityStripProps) {
  const { t, word, date } = useWords();
  const { name, birthDate, maskedFormerCprNumbers: former } = citizen;
  return (
    <header className="identity">
      <div className="identity-row">
        <h1>{name ?? '–'}</h1>
        <ul className="badges nobullet-list">
          {citizen.badges?.map((badge) => (
            <li key={badge} className="badge badge-warning">
              {word('badge', badge)}
            </li>
          ))}
        </ul>
        {birthDate === null ? null : <strong>{ageText(citizen, birthDate, t)}</strong>}
        <CprNumber id={citizen.id} masked={citizen.maskedCprNumber} />
        {name === null ? null : <CopyButton text={name} label={t('copyName')} />}
        {citizen.isFavourite === null ? null : <Favourite id={citizen.id} initially={citizen.isFavourite} />}
        <HitWalk id={citizen.id} />
      </div>
      <div className="identity-row">
        <span>{word('civil', citizen.civilStatus)}</span>
        <span className="quiet">
          {t('born')} {date(birthDate)}
        </span>
        <NotResident citizen={citizen} />
        <span className="quiet">{citizen.municipality?.name}</span>
        {former?.length ? (
          <span className="quiet">
            {t('formerCprNumbers')}: {former.join(', ')}
          </span>
        ) : null}
        <CurrentAddress address={address} />
        <span className="quiet">
          {citizen.sourceSystem?.name}: {t('registerAsOf', { date: date(registerDay(citizen)) })}
        </span>
      </div>
    </header>
  );
}

/** Says what the register has of a person who does not live in the country, and since when. */
function NotResident({ citizen: { status, statusSince } }: Pick<IdentityStripProps, 'citizen'>) {
  const { t, word, date } = useWords();
  if (status === 'RESIDENT' || status === null) return null;
  return (
    <span>
      {word('status', status)}
      {statusSince ? ` ${t('since', { date: date(statusSince) })}` : ''}
    </span>
  );
}

/** @returns the day the register delivered the person last; null when it is not known */
const registerDay = ({ registerAsOf }: Citizen) =>
  registerAsOf === null ? null : danishDay(new Date(registerAsOf));

/** The age of whoever is dead is the age at death. */
function ageText(citizen: Citizen, birthDate: string, t: ReturnType<typeof useWords>['t']): string {
  const died = citizen.status === 'DEAD' ? citizen.statusSince : null;
  const age = ageOn(birthDate, died ?? danishDay(new Date()));
  return t(died === null ? 'yearsOld' : 'yearsOldAtDeath', { age });
}

/** Where the person lives, as soon as it has come; what is protected is shown nowhere but in its own section. */
function CurrentAddress({ address: { section } }: Pick<IdentityStripProps, 'address'>) {
  const { t } = useWords();
  const line = section?.current?.line;
  if (section?.visibility === 'PROTECTED') return <span>{t('addressProtected')}</span>;
  if (!line) return <span>{section ? t('addressNone') : null}</span>;
  return (
    <span>
      {line} <CopyButton text={line} label={t('copyAddress')} />
    </span>
  );
}

function CprNumber({ id, masked }: { readonly id: string; readonly masked: string | null }) {
  const { t } = useWords();
  const [isWanted, setWanted] = useState(false);
  const [{ data, error }, again] = useLookUp(CitizenCprNumber, { id }, !isWanted);
  const whole = data?.citizen?.cprNumber;
  return (
    <span>
      <span className="visually-hidden">{t('cprNumber')}: </span>
      {whole ?? masked ?? '–'}{' '}
      {isWanted ? null : (
        <button type="button" className="plain" onClick={() => setWanted(true)}>
          {t('showCpr')}
        </button>
      )}
      {whole ? <CopyButton text={whole} label={t('copyCpr')} /> : null}
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
    </span>
  );
}
