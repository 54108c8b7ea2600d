import type { ApolloServerPlugin } from '@apollo/server';
import { codedError } from '../../subgraphs/shared/errors/coded-error.js';
import type { LookUpLimit } from '../limits/look-up-limit.js';
import type { GatewayContext } from '../request-context.js';
import { askedLookUps } from './asked-look-ups.js';

/**
 * Holds users to the look-ups an hour that their municipality has chosen. One too many is refused before anything is looked up; the
 * refusal is in the log, where it raises an alarm.
 */
export function lookUpLimit(limit: LookUpLimit, now: () => Date): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async didResolveOperation({ document, operation, contextValue, request, response }) {
          if (!operation) return;
          const asked = askedLookUps(document, operation, request.variables ?? {});
          if (asked.size === 0) return;
          const { caller, lookUpsPerHour, lookupId } = contextValue;
          const user = { cvr: caller.cvr, subject: caller.subject, perHour: lookUpsPerHour };
          const wait = await limit.take(user, lookupId, asked).catch(() => {
            throw codedError('ACCESS_UNAVAILABLE');
          });
          if (wait === undefined) return;
          await noteRefusal(contextValue, now());
          response.http.headers.set('retry-after', String(wait));
          throw codedError('LOOK_UPS_EXCEEDED', {
            field: 'query',
            rule: `at most ${lookUpsPerHour} look-ups an hour; go on in ${wait} seconds`,
          });
        },
      }),
  };
}

function noteRefusal(
  { caller, log, lookupId, requestId, ...context }: GatewayContext,
  at: Date,
): Promise<void> {
  return log.append([
    {
      at,
      cvr: caller.cvr,
      user: caller.subject,
      unit: caller.unit,
      event: 'limit-reached',
      decision: 'REFUSE',
      permission: 'none',
      ruleCode: 'LOOK_UPS_EXCEEDED',
      operation: context.operationName,
      purpose: context.purpose,
      lookupId,
      requestId,
      citizenId: null,
      objects: [],
      kle: [],
      rights: [],
      criteria: [],
      alarms: ['LOOK_UPS'],
    },
  ]);
}
