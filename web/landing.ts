import { ask, currentUser, type Answer } from './ask.js';
import { Windows } from './windows.js';

const main = document.querySelector('main')!;
const { citizen, user, authority } = main.dataset as Record<string, string>;
const form = document.querySelector<HTMLFormElement>('form[data-note]');

/** Says something where it is read out, and keeps the focus where it is. */
function say(text: string): void {
  document.querySelector('[data-said]')!.textContent = text;
}

const renew = document.querySelector<HTMLButtonElement>('[data-renew]');
const windows = new Windows(citizen!, () => void signedInAgain());

/** Whoever signs in again goes on where she was; somebody else does not send another's words. */
async function signedInAgain(): Promise<void> {
  if (renew) renew.hidden = true;
  if ((await currentUser()) === user) say('Du er logget på igen. Send notatet igen.');
  else location.reload();
}

renew?.addEventListener('click', () => {
  const query = new URLSearchParams({ cvr: authority!, return: '/session/renewed' });
  window.open(`/saml/login?${query}`, '_blank');
});

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const dialog = document.querySelector<HTMLDialogElement>('dialog[data-other]')!;
  if (windows.showsAnotherPerson) dialog.showModal();
  else void send(form);
});

document.querySelector('[data-other]')?.addEventListener('close', (event) => {
  if ((event.currentTarget as HTMLDialogElement).returnValue !== 'save') return say('Notatet er ikke sendt.');
  windows.takeOver();
  void send(form!);
});

async function send(note: HTMLFormElement): Promise<void> {
  const fields = new FormData(note);
  const input = {
    citizenId: citizen,
    caseId: note.dataset['note'],
    title: fields.get('title'),
    text: fields.get('text'),
  };
  say('Sender …');
  try {
    const asked = await ask(note.dataset['operation']!, { input });
    if ('answer' in asked) return told(note, asked.answer);
    say('Din session er slut. Notatet står her endnu: log på igen, og send det så.');
    renew!.hidden = false;
    renew!.focus();
  } catch {
    say('Der er ingen forbindelse. Notatet står her endnu: prøv igen.');
  }
}

function told(note: HTMLFormElement, { errors, data }: Answer): void {
  if (errors?.length || !data?.['writeNote'])
    return say(`Notatet er ikke sendt: ${errors?.[0]?.message ?? 'det kan ikke gemmes lige nu'}`);
  note.reset();
  say('Notatet er gemt og venter på fagsystemet.');
}
