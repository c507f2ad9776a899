import { encode } from 'uqr';
import { qrPath } from './qr-path.ts';

/** Width of the light margin in modules, which readers need (ISO/IEC 18004). */
const MARGIN = 4;

interface QrCodeProps {
  readonly text: string;
  /** Names the picture for screen readers. */
  readonly label: string;
}

/** A QR code, dark on light in both colour schemes. Its colours are attributes: the Content Security Policy forbids inline styles. */
export function QrCode({ text, label }: QrCodeProps) {
  const { data, size } = encode(text, { ecc: 'M', border: MARGIN });
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={qrPath(data)} fill="#000" />
    </svg>
  );
}
