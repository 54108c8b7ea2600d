import { badInput } from '../../shared/errors/coded-error.js';
import type { Context } from '../context.js';

const MAX_SUBJECT = 255;

/** Ends every session of a user of the own authority; every gateway refuses them within seconds. */
export function endSessionsOf(context: Context, subject: string): Promise<number> {
  if (subject === '' || subject.length > MAX_SUBJECT) throw badInput('subject', '1 to 255 characters');
  const about = { event: 'sessions-ended' as const, criteria: [{ name: 'subject', value: subject }] };
  return context.guard.change('access-administer', about, (permit) =>
    context.sessions.endAllOf(permit, subject, context.now()),
  );
}
