/** Loaded into a storage before it starts (Node with `--expose-gc`): it clears away what is left over when it is told to. */
const { gc } = globalThis;
if (!gc) throw new Error('Node is started without --expose-gc: nothing would be cleared away');
process.on('message', () => {
  gc();
  process.send?.('cleared');
});
// It ends when it has been told to, as if nobody could tell it to clear away.
process.channel?.unref();
