const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;
const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const segments = (value: number): string => `${value.toFixed(2)} segments`;
const times = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ×`;

/** Texts of `make bench`. */
export const benchTexts = {
  usage:
    'make bench ARGS="--only pipeline --runs 3 --quick": the pipeline, the sources, the edge, the memory or the store alone; so many runs of a job (default: 1), with a source of 60 MB instead of 300 MB, and a tenth of the library',
  preparing: (bytes: number) => `making a source of about ${megabytes(bytes)}`,
  measuringJob: (run: number, runs: number) => `run ${run} of ${runs}: Linkcast`,
  measuringByHand: (run: number, runs: number) => `run ${run} of ${runs}: yt-dlp and ffmpeg by hand`,
  measuringDirectLink: (run: number, runs: number) => `run ${run} of ${runs}: a link to a file`,
  measuringLive: 'a live source',
  measuringList: (entries: number) => `a list of ${entries} videos`,
  measuringMemory: (jobs: number) => `memory: ${jobs} jobs at once`,
  measuringRate: (round: number, rounds: number) => `round ${round} of ${rounds}: open and private segments`,
  measuringSlowClients: (clients: number) => `${clients} slow clients`,
  measuringReload: 'reloads under load',
  measuringBareMemory: 'memory of the whole stack, without a name and a token',
  measuringFullMemory: 'memory of the whole stack, with both',
  preparingFolders: (items: number) => `making a library of ${items} folders`,
  measuringStore: (database: string) => `the store on ${database}`,
  stopped: 'stopped; everything that was started is gone',

  head: { figure: '', ours: 'Linkcast', byHand: 'by hand', ratio: 'ratio', target: 'target', verdict: '' },
  edgeHead: { figure: '', ours: 'private', byHand: 'open', ratio: 'ratio', target: 'target', verdict: '' },
  memoryHead: { figure: '', ours: 'bare', byHand: 'name, token', ratio: '', target: 'target', verdict: '' },
  storeHead: { figure: '', ours: 'SQLite', byHand: 'PostgreSQL', ratio: '', target: 'target', verdict: '' },
  met: 'met',
  missed: 'MISSED',
  rows: {
    playable: 'playable after the start of the job',
    sooner: 'times sooner than by hand',
    ready: 'ready after the last byte was sent',
    processor: 'processor time, all programs',
    verification: '… of it the verification, in % of the rest',
    scrub: 'scrub, part of a processor',
    ownProcessor: '… of it yt-app itself',
    memory: (jobs: number) => `yt-app resident, ${jobs} jobs at once`,
    idleMemory: '… before them',
    bareMemory: 'whole stack, idle, without a name and a token',
    fullMemory: 'whole stack, idle, with both',
    memoryGrowth: (jobs: number) => `our own processes more, ${jobs} jobs at once`,
    sharedNode: 'Node, shared with this bench',
    direct: 'a link to a file on loopback, from POST to playable',
    list: (entries: number) => `a list of ${entries} videos is listed`,
    live: 'delay that is added to a live source',
    storeCalls: {
      list: 'p95 of GET /api/media',
      oneLetter: '… search with one letter',
      oneWord: '… with one word',
      threeWords: '… with three words',
      station: 'p95 of GET /api/station',
      claim: 'p95 of a claim',
    },
    health: (requests: number) => `slowest GET /healthz beside ${requests} parallel requests`,
    backup: 'backup',
    backupSlowest: '… slowest GET /api/media meanwhile',
    burst: (jobs: number) => `${jobs} parallel POST /api/jobs`,
    burstDelay: '… p99 of the event-loop delay meanwhile',
    storeStart: 'start with all rows, until the first answer',
    restart: (items: number, jobs: number) => `kill -9 to the first answer, ${items} items, ${jobs} waiting jobs`,
    rebuild: 'rows rebuilt from folders, while the API answers',
    rate: 'segments a second',
    slowClients: (clients: number) => `slowest answer beside ${clients} slow clients`,
    reload: (requests: number, reloads: number) => `failed of ${requests} requests during ${reloads} reloads`,
  },
  seconds,
  milliseconds,
  megabytes,
  segments,
  times,
  percent,
  perSecond: (value: number) => `${value.toFixed(0)}/s`,
  atMost: (limit: string) => `≤ ${limit}`,
  atLeast: (limit: string) => `≥ ${limit}`,
  below: (limit: string) => `< ${limit}`,

  notes: {
    runs: (runs: number, bytes: number, bytesPerSecond: number) =>
      `${runs === 1 ? '1 run' : `medians of ${runs} runs`}; ${megabytes(bytes)}, picture and sound apart, at ${megabytes(bytesPerSecond)}/s`,
    byHand: 'by hand: yt-dlp -f bv,ba (no merging), then ffmpeg -c copy to HLS, one after the other',
    verification: 'verification: done once more on the ready item, with its ffmpeg, without the sandbox',
    scrub: (bytesPerSecond: number) =>
      `scrub: processor time for 64 MB at its rate of ${megabytes(bytesPerSecond)}/s, divided by the time that they take; 100 GB take ${(100e9 / bytesPerSecond / 3600).toFixed(1)} h`,
    idle: (share: number) =>
      `an idle yt-app takes ${(share * 100).toFixed(1)} % of a processor; it is part of its processor time`,
    memory: (bytesPerSecond: number) =>
      `memory: the most of VmRSS, looked up every 250 ms, with a source of ${megabytes(bytesPerSecond)}/s`,
    direct: (runs: number) => `link to a file: median of ${runs} runs, eight seconds apart; list: one run`,
    live: 'live: from the playlist of the source to ours, median of eight segments of 2 s',
    wholeMemory: (bytesPerSecond: number) =>
      `proportional set sizes of all processes of make local, half a minute after the start; jobs: the most of all Node processes together, every 500 ms, with a source of ${megabytes(bytesPerSecond)}/s`,
    edge: (rounds: number, bytes: number) =>
      `medians of ${rounds} rounds, 16 connections over plain HTTP, ${megabytes(bytes)} a segment; open: the same files with ACCESS=public`,
    store: (items: number, jobs: number) =>
      `${items} items, ${jobs} jobs of 50 people and 49 hosts; five times 200 calls of each kind, one after another, over HTTP, with code that is compiled: the median of the five p95`,
    load: (before: string, after: string, processors: number) =>
      `load of the machine before and after: ${before}, ${after}; ${processors} processors`,
  },
};
