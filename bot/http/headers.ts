/** What every answer tells a browser, so that nothing in it can be run, framed, guessed at or kept (THREATS I6). */
import type { OutgoingHttpHeaders } from 'node:http';

const usual = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
} as const satisfies OutgoingHttpHeaders;

/** Of everything that is no page. */
export const answerHeaders = {
  ...usual,
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const satisfies OutgoingHttpHeaders;

/** Where Teams shows a page of ours (learn.microsoft.com, tab-requirements). */
const teams = 'https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft';

/**
 * Of a page.
 *
 * @param nonce of its own styles, new with every answer
 * @param forms whether the page may send forms here
 */
export function pageHeaders(nonce: string, forms = false): OutgoingHttpHeaders {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    // Where teams-js asks which hosts it may trust.
    "connect-src 'self' https://res.cdn.office.net",
    "base-uri 'none'",
    `form-action ${forms ? "'self'" : "'none'"}`,
    `frame-ancestors ${teams}`,
    "require-trusted-types-for 'script'",
  ];
  return { ...usual, 'content-security-policy': policy.join('; ') };
}
