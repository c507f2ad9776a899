// The import rules of docs/architecture.md: parts meet over HTTP and the media volume, never by import.
const LOCAL = '^(packages|yt-app|egress|bot|web|nginx|icecast|ddns|certbot|ops|e2e|bench)/';
const SERVICE = '^(yt-app|egress|bot|nginx|icecast|ddns|certbot)/';
const TEST = '(^|/)test/';

/** A library that one file knows, so that it can be replaced there. */
const knownTo = (library, path) => ({
  name: `${library}-stays-behind-one-file`,
  severity: 'error',
  from: { pathNot: path },
  to: { path: `^node_modules/(@types/)?${library}/` },
});

/**
 * The folders of a part's sources, the lowest first: each imports only itself and those before it. Files beside the
 * folders (`main.ts`, the wiring) stand above all of them; `beside` names those that every folder may import.
 */
const layers = (part, folders, beside = ['config']) =>
  folders.map((folder, index) => ({
    name: `${part}-${folder}-imports-what-is-below`,
    severity: 'error',
    from: { path: `^${part}/src/${folder}/` },
    to: {
      path: `^${part}/src/`,
      pathNot: `^${part}/src/((${folders.slice(0, index + 1).join('|')})/|(${beside.join('|')})\\.ts$)`,
    },
  }));

module.exports = {
  forbidden: [
    ...layers(
      'packages/contracts',
      [
        'problems',
        'library',
        'following',
        'access',
        'profiles',
        'deliveries',
        'installation',
        'jobs',
        'storage',
        'upkeep',
        'endpoints',
        'client',
      ],
      [],
    ),
    ...layers('packages/kit', [
      'config',
      'files',
      'backups',
      'log',
      'network',
      'keys',
      'service',
      'loops',
      'sandbox',
      'programs',
    ]),
    ...layers('ddns', ['time', 'http', 'address', 'dns', 'providers', 'challenges', 'reach', 'name', 'service']),
    ...layers('certbot', ['program', 'certificate', 'challenge', 'attempts', 'keeper', 'rehearse', 'dns-hook']),
    ...layers('egress', ['http', 'destination', 'tickets', 'upstream', 'relay', 'proxy']),
    ...layers(
      'yt-app',
      [
        ...['pipeline', 'database', 'events', 'activity', 'parts', 'egress', 'people', 'access'],
        ...['library/collections', 'library/items', 'library/files', 'library/volume', 'library/recovery', 'library'],
        ...[
          'positions',
          'jobs',
          'uploads',
          'station',
          'upkeep',
          'retention',
          'cookies',
          'profiles',
          'deliveries',
          'work',
          'following',
          'notices',
        ],
        ...['metrics', 'health'],
        ...['http/openapi', 'http/streams', 'http/endpoints', 'http/routes', 'http'],
      ],
      ['random-id', 'secret-token', 'invalid-request', 'page-cursor', 'slices'],
    ),
    {
      name: 'no-circles', // not even of types
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'nothing-missing', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'contracts-import-zod-and-axios-only',
      severity: 'error',
      from: { path: '^packages/contracts/', pathNot: TEST },
      to: { pathNot: '^packages/contracts/|^node_modules/(zod|axios)/' },
    },
    {
      name: 'texts-import-contracts-and-no-library', // browsers load them
      severity: 'error',
      from: { path: '^packages/texts/', pathNot: TEST },
      to: { pathNot: '^packages/(texts|contracts)/' },
    },
    {
      name: 'kit-imports-contracts',
      severity: 'error',
      from: { path: '^packages/kit/', pathNot: TEST },
      to: { path: LOCAL, pathNot: '^packages/(kit|contracts)/' },
    },
    {
      name: 'services-import-contracts-texts-and-kit',
      severity: 'error',
      from: { path: SERVICE, pathNot: TEST },
      to: { path: LOCAL, pathNot: '^($1|packages/(contracts|texts|kit))/' },
    },
    {
      name: 'web-imports-contracts-and-texts',
      severity: 'error',
      from: { path: '^web/', pathNot: TEST },
      to: { path: LOCAL, pathNot: '^(web|packages/(contracts|texts))/' },
    },
    {
      name: 'ops-imports-packages-only',
      severity: 'error',
      from: { path: '^ops/', pathNot: TEST },
      to: { path: LOCAL, pathNot: '^(ops|packages/(contracts|kit|texts))/' },
    },
    {
      name: 'e2e-uses-public-interfaces',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: LOCAL, pathNot: '^(e2e|packages/(contracts|texts|kit|testing))/' },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { pathNot: `${TEST}|^(packages/testing|e2e|bench)/` },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'tests-are-imported-by-tests',
      severity: 'error',
      from: { pathNot: TEST },
      to: { path: TEST },
    },
    ...layers('bot', [
      'telegram',
      'people',
      'requests',
      'status',
      'delivery',
      'notices',
      'reports',
      'retention',
      'following',
      'cookies',
      'jobs',
      'features',
    ]),
    {
      name: 'the-api-runs-no-media-program',
      severity: 'error',
      from: { path: '^yt-app/src/main\\.ts$' },
      to: {
        path: '^yt-app/src/(worker/|pipeline/(programs|run|tracks|check|item|live|download)/|pipeline/[^/]+$)',
        reachable: true,
      },
    },
    ...layers(
      'yt-app',
      [
        'limits',
        'source',
        'plan',
        'hls',
        'programs',
        'releases',
        'run',
        'marks',
        'tracks',
        'check',
        'item',
        'live',
        'download',
      ].map((folder) => `pipeline/${folder}`),
    ),
    {
      name: 'the-worker-imports-the-face-of-the-pipeline',
      severity: 'error',
      from: { path: '^yt-app/src/worker/' },
      to: { path: '^yt-app/src/pipeline/', pathNot: '^yt-app/src/pipeline/pipeline\\.ts$' },
    },
    {
      name: 'the-worker-has-no-database',
      severity: 'error',
      from: { path: '^yt-app/src/worker/' },
      to: { path: '^yt-app/src/(http|health|notices|following|jobs|work|library|access|station|upkeep|database)/' },
    },
    ...layers('web', [
      'language',
      'passkeys',
      'format',
      'connection',
      'uploads',
      'stores',
      'sign-in',
      'player',
      'radio',
      'components/ui',
      'components/passkeys',
      'components/sharing',
      'components/item',
      'components/(account|activity|collection|following|jobs|library|notices|people|player|radio|settings|storage|trash)',
      'pages',
    ]),
    {
      name: 'web-components-of-one-topic-import-no-other',
      severity: 'error',
      from: {
        path: '^web/src/components/(account|activity|collection|following|jobs|library|notices|people|player|radio|settings|storage|trash)/',
      },
      to: {
        path: '^web/src/components/(account|activity|collection|following|jobs|library|notices|people|player|radio|settings|storage|trash)/',
        pathNot: '^web/src/components/$1/',
      },
    },
    knownTo('youtube-dl-exec', '^yt-app/src/pipeline/programs/command-line\\.ts$'),
    knownTo('fluent-ffmpeg', '^yt-app/src/pipeline/programs/command-line\\.ts$'),
    knownTo('ssh2', '^yt-app/src/worker/delivery/sftp-(folder|reads)\\.ts$'),
    knownTo('basic-ftp', '^yt-app/src/worker/delivery/ftp-folder\\.ts$'),
    knownTo('tus-js-client', '^web/src/uploads/file-transfer\\.ts$|/test/'),
    knownTo('uqr', '^web/src/components/ui/qr/qr-code\\.tsx$'),
    knownTo('@simplewebauthn/server', '^yt-app/src/access/passkeys/webauthn\\.ts$'),
    knownTo('nginx-conf', '^nginx/src/directives/conf-block\\.ts$'),
    ...layers('nginx', ['settings', 'directives', 'locations', 'process', 'conf', 'certificate']),
    ...layers('icecast', ['conf', 'tracks', 'programs']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    tsPreCompilationDeps: true, // imports of types count too
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.d.ts'],
    },
  },
};
