import '../../../programs/no-telemetry.js';
import { readFileSync, writeFileSync } from 'node:fs';
import type { SubgraphTransport } from '../../../gateway/transport/transport.js';
import { gatewaySettingsShape } from '../../../programs/settings.js';
import { startGatewayProcess } from '../../../programs/wiring/gateway-process.js';
import { keyOf } from './stub-key.js';

/** Asks Overblik a question and writes down what each subgraph answered on the way, for `stub.ts`. */
const [questionFile, answersFile] = process.argv.slice(2);
const answers: Record<string, string> = {};

function recording(transport: SubgraphTransport): SubgraphTransport {
  return {
    ...transport,
    async execute(body, identity, signal, log) {
      const answer = await transport.execute(body, identity, signal, log);
      answers[keyOf(transport.name, body)] = JSON.stringify(answer);
      return answer;
    },
  };
}

const running = await startGatewayProcess(gatewaySettingsShape.parse(process.env), {
  onSeedProgress: () => undefined,
  wrapTransport: recording,
});
await running.prepared;
const question = JSON.parse(readFileSync(questionFile!, 'utf8')) as {
  readonly headers: Record<string, string>;
  readonly body: string;
};
const answer = await fetch(`${running.url}/graphql`, { method: 'POST', ...question });
if (!answer.ok) throw new Error(`the question was answered with ${answer.status}`);
await answer.text();
await running.close();
writeFileSync(answersFile!, JSON.stringify(answers));
console.log(`answers at ${answersFile}`);
process.exit(0);
