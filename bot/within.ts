/**
 * What is given up after so many milliseconds: its signal tells it so, and nobody waits for one that does not listen.
 * Once it has ended nothing of it is kept. `AbortSignal.timeout` with a listener is, with all that the request held, until
 * its time is over.
 *
 * @throws {DOMException} named TimeoutError, and what `run` throws
 */
export async function within<T>(limit: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const reason = new DOMException('late', 'TimeoutError');
    controller.abort(reason);
    late.reject(reason);
  }, limit).unref();
  try {
    return await Promise.race([run(controller.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
