/** The logo: a chain link, a play button and radio waves. The same drawing as `public/favicon.svg`. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 64 64" aria-hidden="true">
      <rect class="logo-tile" width="64" height="64" rx="17" />
      <g class="logo-mark">
        <path d="M37 19H25a13 13 0 0 0 0 26h6" />
        <path d="M42 26.500a11 11 0 0 1 0 11M49 21.500a20 20 0 0 1 0 21" />
        <path
          class="logo-play"
          d="M26 26.200c0-1.2 1.3-1.9 2.3-1.200l8.6 5.800c.9.6.9 1.9 0 2.500L28.3 39c-1 .7-2.3 0-2.3-1.200z"
        />
      </g>
    </svg>
  );
}
