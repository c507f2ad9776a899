import type { HlsConfig, LoaderContext } from 'hls.js';

/**
 * Aborts a range request that is answered with the whole file. HTTP allows that answer when `If-Range` does not match;
 * a cache that holds ranges of an older version of the file adds that header, and drops them on that answer. hls.js
 * would append the file as if it were the range, and the timeline would hold data that no playlist lists.
 */
export function refuseWholeFile(xhr: XMLHttpRequest, { rangeEnd }: Pick<LoaderContext, 'rangeEnd'>): void {
  if (!rangeEnd) return;
  xhr.addEventListener('readystatechange', () => {
    if (xhr.readyState === XMLHttpRequest.HEADERS_RECEIVED && xhr.status === 200) xhr.abort();
  });
}

type LoadPolicy = HlsConfig['fragLoadPolicy'];

/** Extends a load policy to retry requests without a response, which hls.js treats as refused by CORS. */
export function retryWithoutAnswer(policy: LoadPolicy): LoadPolicy {
  const { errorRetry } = policy.default;
  if (!errorRetry) return policy;
  const shouldRetry: NonNullable<typeof errorRetry.shouldRetry> = (_retry, count, _isTimeout, response, wouldRetry) =>
    wouldRetry || (response?.code === 0 && count < errorRetry.maxNumRetry);
  return { default: { ...policy.default, errorRetry: { ...errorRetry, shouldRetry } } };
}
