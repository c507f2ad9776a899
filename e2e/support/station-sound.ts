/** Long enough to be in one place of one file only. */
const SAMPLE_BYTES = 1024;

/** Listens until a piece of the stream is a piece of the file, byte for byte. Fails after so many seconds. */
export async function hearFile(streamUrl: string, fileUrl: string, seconds: number): Promise<void> {
  const file = Buffer.from(await (await fetch(fileUrl)).arrayBuffer());
  const signal = AbortSignal.timeout(seconds * 1000);
  const { body } = await fetch(streamUrl, { signal });
  if (!body) throw new Error('the station sent nothing');
  let heard = Buffer.alloc(0);
  for await (const chunk of body) {
    heard = Buffer.concat([heard, chunk as Uint8Array]); // what fetch gives
    while (heard.length >= SAMPLE_BYTES) {
      if (file.includes(heard.subarray(0, SAMPLE_BYTES))) return;
      heard = heard.subarray(SAMPLE_BYTES);
    }
  }
  throw new Error('the station ended without that file');
}
