import { SIGN_INS } from '../../seed/development/sign-ins.js';
import { Agent, hidden } from './agent.js';
import type { Stack } from './stack.js';

/** Goes to the identity provider and signs in there. @returns the response it gives for the service */
export function responseFor(
  stack: Pick<Stack, 'url'>,
  agent: Agent,
  signIn: string,
  back = '/',
): Promise<string> {
  const { cvr } = SIGN_INS.find(({ name }) => name === signIn)!;
  return responseAt(agent, `${stack.url}/saml/login?${new URLSearchParams({ cvr, return: back })}`, signIn);
}

/** @param login the address of a sign-in that Overblik has led to */
export async function responseAt(agent: Agent, login: string, signIn: string): Promise<string> {
  const begun = await agent.send(login);
  if (begun.status !== 303) throw new Error(`sign-in answered ${begun.status}: ${await begun.text()}`);
  const there = await agent.send(begun.to);
  const first = await there.text();
  if (first.includes('SAMLResponse')) return hidden(first, 'SAMLResponse');
  const chosen = await agent.send(begun.to, { form: { as: signIn } });
  return hidden(await chosen.text(), 'SAMLResponse');
}

/** Brings a response to the service, as the identity provider's page makes a browser do. */
export function bring(stack: Pick<Stack, 'url'>, agent: Agent, response: string): ReturnType<Agent['send']> {
  return agent.send(`${stack.url}/saml/acs`, { form: { SAMLResponse: response } });
}

/** Signs in by SAML, as a browser does. @returns the agent with its session, and where it was sent */
export async function signInBySaml(
  stack: Pick<Stack, 'url'>,
  signIn: string,
  { agent = new Agent(), back = '/' }: { readonly agent?: Agent; readonly back?: string } = {},
): Promise<{ readonly agent: Agent; readonly to: string }> {
  const response = await responseFor(stack, agent, signIn, back);
  const answer = await agent.send(`${stack.url}/saml/acs`, {
    form: { SAMLResponse: response, RelayState: 'https://evil.example/' },
  });
  if (answer.status !== 303) throw new Error(`acs answered ${answer.status}: ${await answer.text()}`);
  return { agent, to: answer.to };
}

/** Asks a question by session, as our own page does. */
export async function askBySession(
  stack: Pick<Stack, 'url'>,
  agent: Agent,
  query: string,
  variables: object = {},
  headers: Record<string, string> = { origin: stack.url },
): Promise<{ readonly status: number; readonly body: any }> {
  const response = await agent.send(`${stack.url}/graphql`, { json: { query, variables }, headers });
  return { status: response.status, body: await response.json() };
}
