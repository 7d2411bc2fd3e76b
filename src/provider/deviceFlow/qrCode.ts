import { correction, generate } from 'lean-qr';
import { toSvg } from 'lean-qr/extras/svg';

/** A QR code (ISO/IEC 18004) as an SVG element, with the quiet zone of four modules that readers want. */
export function qrCode(text: string): SVGElement {
  const svg = toSvg(generate(text, { minCorrectionLevel: correction.M }), document, {
    on: '#000',
    off: '#fff',
    pad: 4,
  });
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}
