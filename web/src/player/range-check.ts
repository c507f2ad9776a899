import type { HlsConfig, LoaderContext } from 'hls.js';

/**
 * Ends a request for a byte range that is answered with the whole file, as HTTP allows when `If-Range` does not match:
 * a cache that holds ranges of an older state of the file adds that header by itself, and forgets them at that answer.
 * hls.js would take the file for the range. Without this the timeline holds what no playlist lists.
 */
export function refuseWholeFile(xhr: XMLHttpRequest, { rangeEnd }: Pick<LoaderContext, 'rangeEnd'>): void {
  if (!rangeEnd) return;
  xhr.addEventListener('readystatechange', () => {
    if (xhr.readyState === XMLHttpRequest.HEADERS_RECEIVED && xhr.status === 200) xhr.abort();
  });
}

type LoadPolicy = HlsConfig['fragLoadPolicy'];

/** Retries a request that ended without an answer, too; hls.js takes it for one that CORS refused, and gives up. */
export function retryWithoutAnswer(policy: LoadPolicy): LoadPolicy {
  const { errorRetry } = policy.default;
  if (!errorRetry) return policy;
  const shouldRetry: NonNullable<typeof errorRetry.shouldRetry> = (_retry, count, _isTimeout, response, wouldRetry) =>
    wouldRetry || (response?.code === 0 && count < errorRetry.maxNumRetry);
  return { default: { ...policy.default, errorRetry: { ...errorRetry, shouldRetry } } };
}
