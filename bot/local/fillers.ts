/** The Playground's team must have more people than the world may have for it. Those made up to fill it are nobody. */
import type { Messenger } from '../features/ports.ts';

const mark = 'nobody-';

export const filler = (_: unknown, n: number) => ({
  id: `29:${mark}${n}`,
  oid: `${mark}${n}`,
  name: `Nobody ${n}`,
});

/** The same, but it does not see them in any conversation. */
export const withoutFillers = (messenger: Messenger): Messenger => ({
  ...messenger,
  async members(conversation) {
    const read = await messenger.members(conversation);
    if (read.outcome !== 'read') return read;
    return { ...read, members: read.members.filter(({ person }) => !person?.startsWith(mark)) };
  },
});
