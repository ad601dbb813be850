/** The little that must be known to answer when nothing else is: on disk, for a start that finds the rest broken. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const lastKnown = z.object({
  /** Who is called, and how. */
  dutyFunction: z.object({ name: z.string().min(1), number: z.string().min(3) }),
  /** The bot as the sender of messages. */
  bot: z.object({ id: z.string(), name: z.string() }),
  tenantId: z.string(),
});
export type LastKnown = z.infer<typeof lastKnown>;

const fileIn = (dataDir: string) => join(dataDir, 'lastKnown.json');

/** `undefined` when it was never written, or cannot be read. */
export async function readLastKnown(dataDir: string): Promise<LastKnown | undefined> {
  try {
    return lastKnown.parse(JSON.parse(await readFile(fileIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Written when it has changed; whole or not at all. */
export async function keepLastKnown(
  dataDir: string,
  { dutyFunction, bot, tenantId }: LastKnown,
): Promise<void> {
  const now = lastKnown.parse({ dutyFunction, bot, tenantId });
  const before = await readLastKnown(dataDir);
  if (JSON.stringify(before) === JSON.stringify(now)) return;
  await mkdir(dataDir, { recursive: true });
  const draft = `${fileIn(dataDir)}.${randomUUID().slice(0, 8)}`;
  await writeFile(draft, JSON.stringify(now), { mode: 0o600 });
  await rename(draft, fileIn(dataDir));
}
