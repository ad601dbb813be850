/**
 * The floor that the product is measured against: a bare botbuilder and restify bot that does only the storing and
 * posting that no bot can leave out which promises that a report is never lost. One transaction stores the report and
 * its two messages, one marks them as being sent, two posts go out, and one transaction records that they did.
 * No rules, no sealing, no cards to keep up to date, no answer to a fault.
 */
import { createHash } from 'node:crypto';
import { TableClient, type TransactionAction } from '@azure/data-tables';
import {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Request,
} from 'botbuilder';
import restify from 'restify';

const { PORT = '', STORAGE_CONNECTION = '' } = process.env;
const table = TableClient.fromConnectionString(STORAGE_CONNECTION, 'floor', {
  allowInsecureConnection: true,
  retryOptions: { maxRetries: 0 },
});
await table.createTable();
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());

const card = (title: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: title, wrap: true }] },
});

interface Report {
  partitionKey: string;
  id: string;
  serviceUrl: string;
}

const messages = ['alarm', 'triage'] as const;
const dueKey = (id: string, message: string) => `due|${id}|${message}`;

async function store({ partitionKey, id }: Report, answers: unknown): Promise<void> {
  const json = JSON.stringify(answers);
  await table.submitTransaction([
    ['create', { partitionKey, rowKey: `report|${id}`, json }],
    ...messages.map(
      (message): TransactionAction => [
        'create',
        { partitionKey, rowKey: dueKey(id, message), json: JSON.stringify({ message }) },
      ],
    ),
  ]);
}

async function deliver({ partitionKey, id, serviceUrl }: Report): Promise<void> {
  const rows = messages.map((message) => ({ partitionKey, rowKey: dueKey(id, message) }));
  await table.submitTransaction(
    rows.map((row): TransactionAction => ['update', { ...row, state: 'sending' }, 'Merge']),
  );
  const post = async (conversation: string, summary: string) => {
    const response = await fetch(`${serviceUrl}/v3/conversations/${conversation}/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', summary, attachments: [card(summary)] }),
    });
    return ((await response.json()) as { id: string }).id;
  };
  const [alarm, triage] = await Promise.all([
    post('a:Tove', `Larm ${id}. Öppna Teams.`),
    post('channel', `Ärende ${id}`),
  ]);
  await table.submitTransaction([
    ...rows.map((row): TransactionAction => ['delete', row]),
    ['update', { partitionKey, rowKey: `report|${id}`, alarm, triage }, 'Merge'],
  ]);
}

server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
  await adapter.process(request as Request, response, async (context) => {
    const { value, serviceUrl } = context.activity;
    const answers = value.action.data;
    const hash = createHash('sha256').update(answers.nonce).digest();
    // Six of 36 letters: of 16, two reports of one run may get the same number, and the second is never taken.
    const number = hash.readBigUInt64BE().toString(36).slice(-6).toUpperCase();
    const id = `H26-${number.slice(0, 3)}-${number.slice(3)}`;
    const report = { partitionKey: `s${hash.readUInt8(8) % 8}`, id, serviceUrl };
    await store(report, answers);
    const body = { statusCode: 200, type: card('').contentType, value: card(`Rapport ${id}`).content };
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
    deliver(report).catch((error: unknown) => process.stderr.write(`floor: ${error}\n`));
  });
});
server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
  response.send(200, { ok: true });
});
server.listen(Number(PORT), '127.0.0.1');
