import { useMutation, type CombinedError } from 'urql';
import {
  AssignAlerts,
  CompleteAlerts,
  GiveAlertsBack,
  TakeAlerts,
  type AlertRefusal,
} from '../../generated/operations.js';
import { useCaller } from '../../session/caller.js';
import type { InboxAlert } from './inbox-rows.js';

/** What can be done to alerts. */
export type Act = 'take' | 'giveBack' | 'complete' | 'assign';

/** What takes an act back. A completed alert stays completed: the graph opens none again. */
export const UNDOES: Readonly<Record<Act, Act | null>> = {
  take: 'giveBack',
  assign: 'giveBack',
  giveBack: 'take',
  complete: null,
};

interface Changed {
  readonly id: string;
  readonly done: boolean | null;
  readonly reason: AlertRefusal | null;
}

/** What came of an act. */
export interface Handled {
  readonly act: Act;
  /** Ids of those it was done to. */
  readonly done: readonly string[];
  readonly left: readonly Changed[];
  /** What those it was done to have become. */
  readonly change: Partial<InboxAlert>;
  /** Set when the server did not decide. */
  readonly error: CombinedError | undefined;
}

/** @returns what does an act to alerts: `to` is the id of the colleague who is to have them. */
export function useHandling(): (act: Act, ids: readonly string[], to?: string) => Promise<Handled> {
  const me = useCaller()?.user ?? null;
  const [, take] = useMutation(TakeAlerts);
  const [, giveBack] = useMutation(GiveAlertsBack);
  const [, complete] = useMutation(CompleteAlerts);
  const [, assign] = useMutation(AssignAlerts);
  return async (act, ids, to = '') => {
    switch (act) {
      case 'take': {
        const { data, error } = await take({ ids });
        return handled(act, data?.takeAlerts, { state: 'IN_PROGRESS', assignee: me }, error);
      }
      case 'giveBack': {
        const { data, error } = await giveBack({ ids });
        return handled(act, data?.giveAlertsBack, { state: 'NEW', assignee: null }, error);
      }
      case 'complete': {
        const { data, error } = await complete({ ids });
        return handled(act, data?.completeAlerts, { state: 'COMPLETED' }, error);
      }
      case 'assign': {
        const { data, error } = await assign({ ids, to });
        return handled(act, data?.assignAlerts, { state: 'IN_PROGRESS', assignee: to }, error);
      }
    }
  };
}

function handled(
  act: Act,
  changes: readonly Changed[] | null | undefined,
  change: Partial<InboxAlert>,
  error: CombinedError | undefined,
): Handled {
  const answered = changes ?? [];
  return {
    act,
    change,
    done: answered.filter(({ done }) => done === true).map(({ id }) => id),
    left: answered.filter(({ done }) => done !== true),
    error: changes ? undefined : error,
  };
}
