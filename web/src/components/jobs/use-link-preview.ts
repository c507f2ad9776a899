import { useEffect, useState } from 'preact/hooks';
import type { Probe } from '@linkcast/contracts';
import { safeHref } from '../../format/safe-href.ts';
import { useStores } from '../../stores/stores.ts';

/** The preview of a link, as far as it is known. */
export interface LinkPreview {
  readonly isReading: boolean;
  /** Undefined: not read yet, or it could not be read. Sending the link says why. */
  readonly probe: Probe | undefined;
}

/** A preview with the link that it is of. */
interface ReadPreview extends LinkPreview {
  readonly link: string | undefined;
}

/** Milliseconds without a change of the field after which the link is read. */
const PAUSE_MS = 600;
const NOTHING: ReadPreview = { link: undefined, isReading: false, probe: undefined };

/** Reads what the link in a field offers, once it is no longer changed. */
export function useLinkPreview(text: string): LinkPreview {
  const { jobs } = useStores();
  const [preview, setPreview] = useState(NOTHING);
  const link = linkIn(text);

  useEffect(() => {
    setPreview(NOTHING);
    if (link === undefined) return undefined;
    const stop = new AbortController();
    const read = async () => {
      setPreview({ link, isReading: true, probe: undefined });
      const probe = await jobs.probe(link, stop.signal).catch(() => undefined);
      if (!stop.signal.aborted) setPreview({ link, isReading: false, probe });
    };
    const timer = setTimeout(() => void read(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [link]);
  return preview.link === link ? preview : NOTHING;
}

/** The link in a text that is one; undefined for words, and for a link whose host is not typed yet. */
function linkIn(text: string): string | undefined {
  const link = text.trim();
  const href = safeHref(link);
  return href !== undefined && new URL(href).hostname.includes('.') ? link : undefined;
}
