import { useState } from 'react';
import { useMutation } from 'urql';
import { AddFavourite, RemoveFavourite } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { useLookUpContext } from './look-up.js';

/** The user's own word on the person: among the favourites or not. */
export function Favourite({ id, initially }: { readonly id: string; readonly initially: boolean }) {
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
